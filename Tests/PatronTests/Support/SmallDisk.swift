import Foundation
import Testing

/// A disk of its own with little room: a tmpfs, which only root can mount.
///
/// There is no other honest way to fill a disk that nobody else uses, so where mounting is not allowed tests that need one
/// are skipped, and say so.
final class SmallDisk {
    /// Whether this process may mount.
    static let canMount = (try? SmallDisk(megabytes: 1)) != nil
    /// Why a test is skipped.
    static let skipReason: Comment = "a small disk cannot be mounted here: run as root with CAP_SYS_ADMIN"

    let url: URL
    private let scratch: Scratch

    init(megabytes: Int) throws {
        scratch = try Scratch()
        url = scratch.appending("disk")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try Self.run("/bin/mount", ["-t", "tmpfs", "-o", "size=\(megabytes)m", "none", url.path])
    }

    deinit { try? Self.run("/bin/umount", ["-l", url.path]) }

    private var filler: URL { url.appendingPathComponent("filler") }

    /// Takes all the room there is.
    func fill() throws {
        let descriptor = open(filler.path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard descriptor >= 0 else { throw ServerError(text: "cannot make the filler: \(errno)") }
        defer { close(descriptor) }
        for size in [1 << 20, 4096] {
            let bytes = [UInt8](repeating: 1, count: size)
            while write(descriptor, bytes, size) > 0 {}
        }
    }

    /// Gives it back.
    func free() throws {
        try FileManager.default.removeItem(at: filler)
    }

    /// Runs a program of the system that must succeed.
    static func run(_ path: String, _ arguments: [String]) throws {
        let outcome = try Program(path: path).run(arguments)
        guard outcome.status == 0 else {
            throw ServerError(text: "\(path) \(arguments.joined(separator: " ")) failed: \(outcome.errors)")
        }
    }
}
