import Glibc
import LogStorage

/// Why the server did not start, or did not go on.
struct StartFailure: Error {
    /// The exit code: 1 for anything, 2 usage, 3 in use, 4 cannot read.
    var code: Int32
    var message: String

    init(code: Int32, _ message: String) {
        self.code = code
        self.message = message
    }

    init(_ error: any Error) {
        guard let storage = error as? LogStorageError else {
            self.init(code: 1, "\(error)")
            return
        }
        let code: Int32 =
            switch storage.code {
            case .locked: 3
            case .invalidArgument: 2
            default: 4
            }
        self.init(code: code, storage.description)
    }
}

/// Writes a line to standard error.
func printError(_ line: String) {
    write(line + "\n", to: STDERR_FILENO)
}

/// Writes text to a file descriptor, unbuffered, so that a script sees it at once.
func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
    }
}
