import Crypto

/// Takes values in one after another, each told apart from its neighbors, and gives their SHA-256.
struct StateDigest {
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

    mutating func finish() -> [UInt8] {
        flush()
        return Array(hash.finalize())
    }

    private mutating func flush() {
        buffer.withUnsafeBytes { hash.update(bufferPointer: $0) }
        buffer.removeAll(keepingCapacity: true)
    }
}
