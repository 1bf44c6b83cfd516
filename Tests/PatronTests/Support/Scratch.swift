import Foundation

/// A directory that is gone when the test is over.
final class Scratch: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("patron-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func appending(_ name: String) -> URL { url.appendingPathComponent(name) }
}

/// How many kills the crash tests do: 20, or as many as `PATRON_KILLS` says.
let killCount = ProcessInfo.processInfo.environment["PATRON_KILLS"].flatMap { Int($0) } ?? 20
