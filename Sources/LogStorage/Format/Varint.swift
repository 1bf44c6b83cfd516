/// Length prefixes: seven bits a byte, least first, the high bit on all but the last.
enum Varint {
    /// A length is below 16 MiB, so it takes at most this many bytes.
    static let byteLimit = 4

    static func byteCount(_ value: Int) -> Int {
        value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : 4
    }

    /// Appends a length.
    static func append(_ value: Int, to bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Reads a length at `offset` and moves `offset` past it; `nil` when it is malformed or cut off.
    @inline(__always)
    static func read(_ bytes: RawSpan, at offset: inout Int) -> Int? {
        guard offset < bytes.byteCount else { return nil }
        let first = Int(bytes.number(at: offset, as: UInt8.self))
        offset += 1
        if first < 0x80 { return first }
        var value = first & 0x7f
        for place in 1..<byteLimit {
            guard offset < bytes.byteCount else { return nil }
            let next = Int(bytes.number(at: offset, as: UInt8.self))
            offset += 1
            value |= (next & 0x7f) << (7 * place)
            if next < 0x80 { return next == 0 ? nil : value }
        }
        return nil
    }
}
