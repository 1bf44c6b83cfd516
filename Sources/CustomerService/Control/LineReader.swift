/// Lines out of a socket.
struct LineReader {
    private let socket: UnixSocket
    private var buffer: [UInt8] = []

    init(_ socket: UnixSocket) {
        self.socket = socket
    }

    /// The next line without its end; `nil` when the other side has gone, or sends lines without end.
    mutating func next() -> [UInt8]? {
        while true {
            if let end = buffer.firstIndex(of: 0x0A) {
                let line = Array(buffer[..<end])
                buffer.removeSubrange(...end)
                return line
            }
            guard buffer.count <= ControlMessage.lineByteLimit else { return nil }
            let bytes = socket.receive()
            guard !bytes.isEmpty else { return nil }
            buffer += bytes
        }
    }
}
