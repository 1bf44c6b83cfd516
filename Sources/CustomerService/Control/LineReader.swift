/// Lines out of a socket.
struct LineReader {
    private let socket: UnixSocket
    private let byteLimit: Int
    private var buffer: [UInt8] = []

    init(_ socket: UnixSocket, byteLimit: Int = ControlMessage.requestByteLimit) {
        self.socket = socket
        self.byteLimit = byteLimit
    }

    /// The next line without its end; `nil` when the other side has gone, or sends lines without end.
    mutating func next() -> [UInt8]? {
        while true {
            if let end = buffer.firstIndex(of: 0x0A) {
                let line = Array(buffer[..<end])
                buffer.removeSubrange(...end)
                return line
            }
            guard buffer.count <= byteLimit else { return nil }
            let bytes = socket.receive()
            guard !bytes.isEmpty else { return nil }
            buffer += bytes
        }
    }
}
