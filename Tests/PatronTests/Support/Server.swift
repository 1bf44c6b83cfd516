import Foundation

/// A server of the built program on a free port of 127.0.0.1, with its admin key.
final class Server: Sendable {
    static let key = "test-key-of-the-built-programs-0123456789"

    let program: RunningProgram
    let port: UInt16

    /// Starts a server on `data` and waits until it says that it listens.
    init(data: URL, options: [String] = []) throws {
        program = try Program.patron.start(
            ["serve", "--data", data.path, "--port", "0"] + options,
            environment: ["PATRON_API_KEY": Self.key]
        )
        let deadline = Date().addingTimeInterval(60)
        while true {
            if let line = program.output.split(separator: "\n").first(where: { $0.hasPrefix("listening on http://") }),
                let port = line.split(separator: ":").last.flatMap({ UInt16($0) })
            {
                self.port = port
                return
            }
            guard program.isRunning, Date() < deadline else {
                program.signal(SIGKILL)
                throw ServerError(text: "the server did not start: \(program.errors)")
            }
            usleep(5_000)
        }
    }

    func connect() throws -> HTTPConnection { try HTTPConnection(port: port, key: Self.key) }

    /// Stops the server as an operator does.
    func stop() -> Program.Outcome {
        program.signal(SIGTERM)
        return program.waitForEnd()
    }

    /// Ends the server as a power failure does, as far as a process can see.
    func kill() {
        program.signal(SIGKILL)
        _ = program.waitForEnd()
    }
}

struct ServerError: Error, CustomStringConvertible {
    var text: String
    var description: String { text }
}
