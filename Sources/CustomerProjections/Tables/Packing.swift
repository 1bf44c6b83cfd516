import CustomerDomain

/// How many bytes the varint of this value takes.
@inline(__always)
func varintByteCount(_ value: Int) -> Int {
    max(1, (UInt.bitWidth - UInt(value).leadingZeroBitCount + 6) / 7)
}

/// Reads a varint and moves `position` behind it.
@inline(__always)
func readVarint(_ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> Int {
    var byte = bytes[position]
    position += 1
    var value = Int(byte & 0x7F)
    var shift = 7
    while byte & 0x80 != 0 {
        byte = bytes[position]
        position += 1
        value |= Int(byte & 0x7F) << shift
        shift += 7
    }
    return value
}

/// Reads an optional text: its byte count plus one, zero for none, then its bytes.
@inline(__always)
func readText(_ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> UnsafeBufferPointer<UInt8>? {
    let count = readVarint(bytes, &position) - 1
    guard count >= 0 else { return nil }
    let text = UnsafeBufferPointer(rebasing: bytes[position..<position + count])
    position += count
    return text
}

/// Whether two texts, which may be absent, are the same.
@inline(__always)
func isText(_ one: UnsafeBufferPointer<UInt8>?, _ other: UnsafeBufferPointer<UInt8>?) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    var index = 0
    guard one.count == other.count else { return false }
    while index < one.count, one[index] == other[index] { index += 1 }
    return index == one.count
}

extension String {
    /// The text of these UTF-8 bytes.
    init(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        self.init(decoding: bytes, as: UTF8.self)
    }
}

extension ContiguousArray<UInt8> {
    /// Appends a varint; the value is not negative.
    @inline(__always)
    mutating func appendVarint(_ value: Int) {
        var rest = UInt(value)
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }

    /// Appends an optional text as ``readText(_:_:)`` reads it.
    @inline(__always)
    mutating func appendText(_ text: String?) {
        guard let text else {
            append(0)
            return
        }
        appendVarint(text.utf8.count + 1)
        append(contentsOf: text.utf8)
    }

    /// Appends an optional text as ``readText(_:_:)`` reads it.
    @inline(__always)
    mutating func appendText(_ text: TextView?) {
        guard let text else {
            append(0)
            return
        }
        appendVarint(text.count + 1)
        append(contentsOf: text.bytes)
    }

    /// Appends the eight bytes of an integer, lowest first.
    @inline(__always)
    mutating func appendFixed(_ value: UInt64) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}

/// Reads what ``appendFixed`` wrote.
@inline(__always)
func readFixed(_ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<8 { value |= UInt64(bytes[position + index]) << UInt64(index * 8) }
    position += 8
    return value
}
