/// Lines on standard output or in a file, written in large pieces.
struct EventLines {
    private let output: OutputStream
    private var buffer: [UInt8] = []
    private(set) var count = 0

    init(to output: OutputStream = standardOutput) {
        self.output = output
    }

    mutating func add(_ line: String) throws {
        buffer += line.utf8
        buffer.append(UInt8(ascii: "\n"))
        count += 1
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Writes what is left.
    mutating func flush() throws {
        try output.writeOrThrow(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
