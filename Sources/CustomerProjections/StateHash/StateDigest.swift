import Crypto

/// Takes values in one after another, each told apart from its neighbors, and gives their SHA-256.
struct StateDigest {
    /// Elements of a column that are put together at a time.
    private static let runCount = 4 << 10

    private var hash = SHA256()
    private var buffer = ContiguousArray<UInt8>()

    mutating func add(_ number: Int64) {
        buffer.appendFixed(UInt64(bitPattern: number))
        if buffer.count >= 1 << 16 { flush() }
    }

    mutating func add(_ number: UInt64) { add(Int64(bitPattern: number)) }

    mutating func add(_ text: String?) {
        buffer.appendText(text)
        if buffer.count >= 1 << 16 { flush() }
    }

    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        buffer.appendVarint(bytes.count)
        buffer.append(contentsOf: bytes)
        if buffer.count >= 1 << 16 { flush() }
    }

    mutating func add(_ texts: some Collection<String>) {
        add(Int64(texts.count))
        for text in texts { add(text) }
    }

    /// A column of numbers that `value` gives; quicker than one by one.
    @inline(__always)
    mutating func add<Number: FixedWidthInteger & BitwiseCopyable>(column count: Int, _ value: (Int) -> Number) {
        add(Int64(count))
        flush()
        withUnsafeTemporaryAllocation(of: Number.self, capacity: Self.runCount) { run in
            for start in stride(from: 0, to: count, by: Self.runCount) {
                let end = min(count, start + Self.runCount)
                for index in start..<end { run.initializeElement(at: index - start, to: value(index).littleEndian) }
                let bytes = UnsafeRawBufferPointer(UnsafeMutableBufferPointer(rebasing: run[..<(end - start)]))
                hash.update(bufferPointer: bytes)
            }
        }
    }

    /// A column of numbers.
    mutating func add(_ column: ContiguousArray<some FixedWidthInteger & BitwiseCopyable>) {
        column.withUnsafeBufferPointer { column in add(column: column.count) { column[$0] } }
    }

    mutating func finish() -> [UInt8] {
        flush()
        return Array(hash.finalize())
    }

    private mutating func flush() {
        buffer.withUnsafeBytes { hash.update(bufferPointer: $0) }
        buffer.removeAll(keepingCapacity: true)
    }
}
