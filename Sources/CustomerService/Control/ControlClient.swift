/// Asks the server that holds a data directory; used by tools, which block meanwhile.
public struct ControlClient {
    private let socket: UnixSocket

    /// Connects to the server of a data directory.
    ///
    /// - Throws: ``ControlFailure`` (`notConnected`) when none listens there.
    public init(directory data: String) throws(ControlFailure) {
        socket = try UnixSocket.connect(to: ControlServer.path(inDirectory: data))
    }

    /// Asks, and returns what it came to; ending this process cancels it.
    ///
    /// - Parameters:
    ///   - request: What to do.
    ///   - progress: Called for each line of progress.
    /// - Returns: What it came to.
    /// - Throws: ``ControlFailure``: the server's, or `notConnected` when the connection broke first.
    public func ask(
        _ request: ControlRequest,
        progress: (ControlProgress) -> Void = { _ in }
    ) throws(ControlFailure) -> ControlResult {
        // A server that refuses at once closes before it reads; its answer still arrives.
        _ = socket.send(request.line)
        var lines = LineReader(socket, byteLimit: ControlMessage.answerByteLimit)
        while let line = lines.next() {
            switch ControlMessage(line: line) {
            case .progress(let step)?: progress(step)
            case .result(let result)?: return result
            case .failure(let failure)?: throw failure
            case nil: throw ControlFailure(.badRequest, "the server answered what this release does not understand")
            }
        }
        throw ControlFailure(
            .notConnected,
            "the server went away before it answered; whether \(request.verb) was done is not known"
        )
    }
}
