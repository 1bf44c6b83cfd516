import Foundation

/// The files of this repository, as the tests of its architecture read them.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    struct TextFile: Sendable, CustomStringConvertible {
        /// From the root of the repository.
        let path: String
        let lines: [Substring]

        var description: String { path }
    }

    /// Every text file under these folders (or at these paths) whose name ends so; without build products.
    static func files(under folders: [String], ending endings: [String]) -> [TextFile] {
        folders.flatMap { folder in paths(under: folder) }
            .filter { path in endings.contains { path.hasSuffix($0) } }
            .compactMap(file)
            .sorted { $0.path < $1.path }
    }

    static func file(_ path: String) -> TextFile? {
        guard let text = try? String(contentsOfFile: root + "/" + path, encoding: .utf8) else { return nil }
        return TextFile(path: path, lines: text.split(separator: "\n", omittingEmptySubsequences: false))
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root + "/" + path)
    }

    /// The names in a folder; none when it is not there.
    static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: root + "/" + folder)) ?? []).sorted()
    }

    private static func paths(under folder: String) -> [String] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: root + "/" + folder, isDirectory: &isDirectory) else { return [] }
        guard isDirectory.boolValue else { return [folder] }
        let names = FileManager.default.enumerator(atPath: root + "/" + folder)?.compactMap { $0 as? String } ?? []
        return names.filter { !$0.hasPrefix(".build") && !$0.contains("/.build") && !$0.contains(".venv/") }
            .map { folder + "/" + $0 }
    }
}
