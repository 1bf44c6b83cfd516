import CustomerDomain

// The protobuf wire format, appended. Each field has one place in its message and one form, so equal events have equal
// bytes: fields in the order of their numbers, varints as short as can be, maps sorted.
extension [UInt8] {
    @inline(__always)
    mutating func appendVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    @inline(__always)
    mutating func appendField(_ number: UInt64, varint value: UInt64) {
        appendVarint(Tag.varint(number))
        appendVarint(value)
    }

    @inline(__always)
    mutating func appendField(_ number: UInt64, int64 value: Int64) {
        appendField(number, varint: UInt64(bitPattern: value))
    }

    /// A number that may be negative, zigzag.
    @inline(__always)
    mutating func appendField(_ number: UInt64, sint64 value: Int64) {
        appendField(number, varint: UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    mutating func appendField(_ number: UInt64, fixed64 value: UInt64) {
        appendVarint(Tag.fixed64(number))
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    mutating func appendField(_ number: UInt64, string value: String) {
        appendVarint(Tag.bytes(number))
        appendVarint(UInt64(value.utf8.count))
        append(contentsOf: value.utf8)
    }

    mutating func appendField(_ number: UInt64, bytes value: [UInt8]) {
        appendVarint(Tag.bytes(number))
        appendVarint(UInt64(value.count))
        append(contentsOf: value)
    }

    mutating func appendField<Kind>(_ number: UInt64, identifier: Identifier<Kind>) {
        appendVarint(Tag.bytes(number))
        append(16)
        Swift.withUnsafeBytes(of: (identifier.high.bigEndian, identifier.low.bigEndian)) { append(contentsOf: $0) }
    }

    mutating func appendField(_ number: UInt64, currency: CurrencyCode) {
        appendLetters(number, packed: currency.packed, count: 3)
    }

    mutating func appendField(_ number: UInt64, country: CountryCode) {
        appendLetters(number, packed: UInt32(country.packed), count: 2)
    }

    private mutating func appendLetters(_ number: UInt64, packed: UInt32, count: Int) {
        appendVarint(Tag.bytes(number))
        append(UInt8(count))
        for index in 1...count { append(UInt8(truncatingIfNeeded: packed >> UInt32((count - index) * 8))) }
    }

    /// A case of an enumeration by its number; never zero, so it is always there.
    mutating func appendField(_ number: UInt64, choice: some RawRepresentable<UInt8>) {
        appendField(number, varint: UInt64(choice.rawValue))
    }
}

// Fields that are left out when they say nothing.
extension [UInt8] {
    mutating func appendUnlessEmpty(_ number: UInt64, string value: String) {
        if !value.isEmpty { appendField(number, string: value) }
    }

    mutating func appendUnlessNil(_ number: UInt64, string value: String?) {
        if let value { appendField(number, string: value) }
    }

    mutating func appendUnlessZero(_ number: UInt64, varint value: UInt64) {
        if value != 0 { appendField(number, varint: value) }
    }

    mutating func appendUnlessZero(_ number: UInt64, sint64 value: Int64) {
        if value != 0 { appendField(number, sint64: value) }
    }

    mutating func appendIfTrue(_ number: UInt64, _ value: Bool) {
        if value { appendField(number, varint: 1) }
    }
}

// Messages inside of messages.
extension [UInt8] {
    /// Appends what `write` appends as a field, even when that is nothing.
    ///
    /// - Parameters:
    ///   - number: The field's number.
    ///   - likelyLong: Whether 128 bytes or more are likely; a wrong guess moves the content once.
    ///   - write: Appends the content, and does nothing else to the array.
    @inline(__always)
    mutating func appendField(_ number: UInt64, likelyLong: Bool = false, message write: (inout [UInt8]) -> Void) {
        appendVarint(Tag.bytes(number))
        let room = likelyLong ? 2 : 1
        append(0)
        if likelyLong { append(0) }
        let start = count
        write(&self)
        setLength(before: start, room: room)
    }

    /// Appends what `write` appends as a field, and nothing when that is nothing.
    @inline(__always)
    mutating func appendUnlessEmpty(_ number: UInt64, likelyLong: Bool = false, message write: (inout [UInt8]) -> Void)
    {
        let before = count
        appendField(number, likelyLong: likelyLong, message: write)
        // Fields of a record have tags of one byte, so an empty one is tag and length.
        if count == before + 2 { removeLast(2) }
    }

    /// Writes the length of the content since `start` into the `room` before it, which grows or shrinks where the guess
    /// was wrong.
    mutating func setLength(before start: Int, room: Int) {
        let length = UInt64(count - start)
        let width = varintWidth(length)
        if width > room {
            insert(contentsOf: repeatElement(0, count: width - room), at: start)
        } else if width < room {
            removeSubrange(start - room + width..<start)
        }
        var rest = length
        for place in start - room..<start - room + width {
            self[place] = UInt8(truncatingIfNeeded: rest & 0x7F) | (rest >= 0x80 ? 0x80 : 0)
            rest >>= 7
        }
    }
}

/// How many bytes `value` takes as a varint.
func varintWidth(_ value: UInt64) -> Int {
    (70 - (value | 1).leadingZeroBitCount) / 7
}
