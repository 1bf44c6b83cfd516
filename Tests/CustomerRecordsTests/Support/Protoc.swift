import Foundation

/// The protobuf compiler of the system.
enum Protoc {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs `protoc` in the package's root, and returns what it prints.
    static func run(_ arguments: [String], input: [UInt8]) throws -> [UInt8] {
        let root = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL
        let folder = FileManager.default.temporaryDirectory.appending(path: "patron-protoc-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files instead of pipes, which would have to be read and written at once.
        let files = ["in", "out", "errors"].map { folder.appending(path: $0) }
        try Data(input).write(to: files[0])
        for file in files[1...] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["protoc"] + arguments
        process.currentDirectoryURL = root
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        // What env says when there is no such program.
        guard process.terminationStatus != 127 else {
            throw Failure(description: "protoc is missing. Type: apt-get install protobuf-compiler")
        }
        guard process.terminationStatus == 0 else {
            let errors = String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
            throw Failure(description: "protoc \(arguments.joined(separator: " ")): \(errors)")
        }
        return Array(try Data(contentsOf: files[1]))
    }

    /// `APIKeyCreated` as `API_KEY_CREATED`.
    static func upperSnakeCase(_ name: String) -> String {
        var text = ""
        let letters = Array(name)
        for (index, letter) in letters.enumerated() {
            let startsWord = index > 0 && letter.isUppercase
            let isInsideAcronym = startsWord && letters[index - 1].isUppercase
            let endsAcronym = isInsideAcronym && index + 1 < letters.count && letters[index + 1].isLowercase
            if startsWord, !isInsideAcronym || endsAcronym { text += "_" }
            text += letter.uppercased()
        }
        return text
    }
}
