import Foundation
import Glibc
import LogStorage

/// A command that prints the master key, such as one that asks a key service.
///
/// Nothing that it prints is ever shown or logged.
struct MasterKeyCommand {
    private static let byteLimit = 64 << 10

    let command: String
    let timeLimit: Duration

    init(_ command: String, timeLimit: Duration = .seconds(30)) {
        self.command = command
        self.timeLimit = timeLimit
    }

    /// Runs it with `/bin/sh`, and returns the keys that it prints, one a line.
    func keys() throws(LogStorageError) -> [MasterKey] {
        guard let keys = MasterKeyFile.keys(in: String(decoding: try output(), as: UTF8.self)) else {
            throw failure("printed no master key: one line, the base 64 of 32 bytes")
        }
        return keys
    }

    private func output() throws(LogStorageError) -> [UInt8] {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardOutput = pipe
        do {
            try process.run()
        } catch {
            throw failure("could not be started: \(error)")
        }
        let deadline = ContinuousClock.now + timeLimit
        defer { end(process) }
        let bytes = try read(pipe.fileHandleForReading.fileDescriptor, until: deadline)
        while process.isRunning {
            guard ContinuousClock.now < deadline else { throw tooSlow }
            usleep(1_000)
        }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw failure("ended with status \(process.terminationStatus)")
        }
        return bytes
    }

    /// Everything up to the end.
    private func read(_ descriptor: Int32, until deadline: ContinuousClock.Instant) throws(LogStorageError) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while bytes.count <= Self.byteLimit {
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = Glibc.poll(&poll, 1, 100)
            guard ContinuousClock.now < deadline else { throw tooSlow }
            guard ready > 0 else { continue }
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count == 0 { return bytes }
            if count > 0 { bytes += piece[..<count] }
        }
        throw failure("printed more than \(Self.byteLimit) bytes")
    }

    /// Leaves no process behind that was not waited for.
    private func end(_ process: Process) {
        guard process.isRunning else { return }
        kill(-process.processIdentifier, SIGKILL)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    private var tooSlow: LogStorageError { failure("did not end within \(timeLimit)") }

    private func failure(_ what: String) -> LogStorageError {
        LogStorageError(.wrongKey, "The master key command \(what); run it yourself to see why")
    }
}
