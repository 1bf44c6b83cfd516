import CustomerDomain

/// Writes a state as flat bytes to a sink, a buffer at a time: numbers little-endian, columns and texts behind their counts.
struct ArchiveWriter {
    /// The sink gets pieces of about this size.
    private static let pieceByteCount = 128 << 10
    /// Elements of a column that are copied at a time.
    private static let runCount = 8 << 10

    private let sink: (RawSpan) throws -> Void
    private var buffer = ContiguousArray<UInt8>()

    init(_ sink: @escaping (RawSpan) throws -> Void) {
        self.sink = sink
        buffer.reserveCapacity(2 * Self.pieceByteCount)
    }

    mutating func begin(_ section: ArchiveSection) throws {
        try add(section.rawValue)
        try add(section.version)
    }

    mutating func add(_ number: some FixedWidthInteger & BitwiseCopyable) throws {
        withUnsafeBytes(of: number.littleEndian) { buffer.append(contentsOf: $0) }
        try flushIfFull()
    }

    /// A text that may be absent.
    mutating func add(_ text: String?) throws {
        buffer.appendText(text)
        try flushIfFull()
    }

    mutating func add(_ texts: some Collection<String>) throws {
        try add(UInt64(texts.count))
        for text in texts { try add(text) }
    }

    /// A column of numbers as they lie in memory.
    mutating func add<Number: FixedWidthInteger & BitwiseCopyable>(column: ContiguousArray<Number>) throws {
        // Copied as it lies: there is no Swift for a machine that lies otherwise.
        precondition(Number(littleEndian: 1) == 1)
        try add(UInt64(column.count))
        for start in stride(from: 0, to: column.count, by: Self.runCount) {
            column.withUnsafeBufferPointer { all in
                let run = UnsafeBufferPointer(rebasing: all[start..<min(all.count, start + Self.runCount)])
                buffer.append(contentsOf: UnsafeRawBufferPointer(run))
            }
            try flushIfFull()
        }
    }

    /// A column of numbers that `value` gives.
    @inline(__always)
    mutating func add<Number: FixedWidthInteger & BitwiseCopyable>(
        column count: Int,
        _ value: (Int) -> Number
    ) throws {
        try add(UInt64(count))
        for index in 0..<count { try add(value(index)) }
    }

    /// Byte strings: a column of their sizes, then all their bytes.
    @inline(__always)
    mutating func add(blobs count: Int, _ append: (Int, inout ContiguousArray<UInt8>) -> Void) throws {
        var blob = ContiguousArray<UInt8>()
        try add(column: count) { index in
            blob.removeAll(keepingCapacity: true)
            append(index, &blob)
            return UInt32(blob.count)
        }
        for index in 0..<count {
            append(index, &buffer)
            try flushIfFull()
        }
    }

    /// Byte strings of persons, as ``add(blobs:_:)`` writes them, each sealed where there is something in it.
    mutating func add(
        people count: Int,
        _ seal: PersonSeal,
        _ append: (Int, inout ContiguousArray<UInt8>) -> Void
    ) throws {
        var blob = ContiguousArray<UInt8>()
        try add(column: count) { index in
            blob.removeAll(keepingCapacity: true)
            append(index, &blob)
            return UInt32(blob.isEmpty ? 0 : blob.count + seal.overhead)
        }
        for index in 0..<count {
            blob.removeAll(keepingCapacity: true)
            append(index, &blob)
            guard !blob.isEmpty else { continue }
            let isSealed = try blob.withUnsafeBytes { try seal.seal($0, CustomerOrdinal(UInt32(index)), &buffer) }
            // Of whom nothing is to be known any more, there is nothing but the size.
            if !isSealed { buffer.append(contentsOf: repeatElement(0, count: blob.count + seal.overhead)) }
            try flushIfFull()
        }
    }

    /// Hands over what is left.
    mutating func finish() throws {
        guard !buffer.isEmpty else { return }
        try sink(buffer.span.bytes)
        buffer.removeAll(keepingCapacity: true)
    }

    @inline(__always)
    private mutating func flushIfFull() throws {
        if buffer.count >= Self.pieceByteCount { try finish() }
    }
}
