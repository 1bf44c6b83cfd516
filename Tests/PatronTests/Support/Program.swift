import Foundation
import Synchronization

/// One of the built executables, run as its user would.
struct Program {
    /// Where the executables are: beside the test bundle.
    static var directory: URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    }

    /// The root of the package.
    static var packageRoot: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
    }

    let url: URL

    static let patron = Program(url: directory.appendingPathComponent("patron"))
    static let patronctl = Program(url: directory.appendingPathComponent("patronctl"))

    /// A program of the system.
    init(path: String) { url = URL(fileURLWithPath: path) }

    private init(url: URL) { self.url = url }

    /// What a program that ended left behind.
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Starts the program.
    func start(
        _ arguments: [String],
        environment: [String: String] = [:],
        input: URL? = nil
    ) throws -> RunningProgram {
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        process.currentDirectoryURL = FileManager.default.temporaryDirectory
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = try input.map { try FileHandle(forReadingFrom: $0) } ?? FileHandle.nullDevice
        return try RunningProgram(process)
    }

    /// Runs the program to its end.
    func run(
        _ arguments: [String],
        environment: [String: String] = [:],
        input: URL? = nil
    ) throws -> Outcome {
        try start(arguments, environment: environment, input: input).waitForEnd()
    }
}

/// A program that runs; its output is collected while it does.
final class RunningProgram: Sendable {
    private struct Collected {
        var output = Data()
        var errors = Data()
    }

    private let process: Process
    private let collected = Mutex(Collected())
    private let readers = DispatchGroup()

    fileprivate init(_ process: Process) throws {
        self.process = process
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        collect(output) { $0.output.append($1) }
        collect(errors) { $0.errors.append($1) }
    }

    private func collect(_ pipe: Pipe, _ append: @escaping @Sendable (inout Collected, Data) -> Void) {
        let handle = pipe.fileHandleForReading
        readers.enter()
        Thread.detachNewThread { [self] in
            while true {
                let data = handle.availableData
                guard !data.isEmpty else { break }
                collected.withLock { append(&$0, data) }
            }
            readers.leave()
        }
    }

    var output: String { collected.withLock { String(decoding: $0.output, as: UTF8.self) } }
    var errors: String { collected.withLock { String(decoding: $0.errors, as: UTF8.self) } }
    var isRunning: Bool { process.isRunning }

    /// Sends a signal to this process, and to no other.
    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits for the end.
    func waitForEnd() -> Program.Outcome {
        process.waitUntilExit()
        readers.wait()
        return Program.Outcome(status: process.terminationStatus, output: output, errors: errors)
    }
}
