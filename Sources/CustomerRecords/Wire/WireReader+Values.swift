import CustomerDomain
import EventSourcing

// What the protobuf types mean to the domain. A value that no encoder writes is an error, not a default.
extension WireReader {
    /// All that is left as text, where it lies.
    @inline(__always)
    func wholeText(_ bytes: RawSpan) throws(WireError) -> TextView {
        // Of the whole body, because an empty part of it would be nowhere.
        let text = bytes.withUnsafeBytes { body in
            UnsafeBufferPointer(
                start: body.baseAddress.map { ($0 + place).assumingMemoryBound(to: UInt8.self) },
                count: count
            )
        }
        guard isUTF8(text), let view = TextView(unchecked: text) else { throw error(.invalidText) }
        return view
    }

    /// All that is left as text.
    func wholeString(_ bytes: RawSpan) throws(WireError) -> String {
        count == 0 ? "" : String(try wholeText(bytes))
    }

    /// All that is left, copied.
    func wholeBytes(_ bytes: RawSpan) -> [UInt8] {
        bytes.extracting(range).withUnsafeBytes { Array($0) }
    }

    mutating func int64(_ bytes: RawSpan) throws(WireError) -> Int64 {
        Int64(bitPattern: try varint(bytes))
    }

    mutating func sint64(_ bytes: RawSpan) throws(WireError) -> Int64 {
        let value = try varint(bytes)
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func bool(_ bytes: RawSpan) throws(WireError) -> Bool {
        try varint(bytes) != 0
    }

    mutating func uint32(_ bytes: RawSpan) throws(WireError) -> UInt32 {
        let start = self
        guard let value = UInt32(exactly: try varint(bytes)) else { throw start.error(.invalidValue) }
        return value
    }

    /// A case of an enumeration by its number.
    mutating func choice<Choice: RawRepresentable<UInt8>>(_ bytes: RawSpan) throws(WireError) -> Choice {
        let start = self
        guard let number = UInt8(exactly: try varint(bytes)), let choice = Choice(rawValue: number) else {
            throw start.error(.invalidValue)
        }
        return choice
    }

    /// Sixteen bytes, the UUID in network order.
    mutating func identifier<Kind>(_ bytes: RawSpan) throws(WireError) -> Identifier<Kind> {
        let field = try message(bytes)
        guard field.count == 16 else { throw field.error(.invalidValue) }
        let high = bytes.unsafeLoadUnaligned(fromByteOffset: field.place, as: UInt64.self)
        let low = bytes.unsafeLoadUnaligned(fromByteOffset: field.place + 8, as: UInt64.self)
        return Identifier(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low))
    }

    mutating func currency(_ bytes: RawSpan) throws(WireError) -> CurrencyCode {
        CurrencyCode(packed: try letters(bytes, count: 3))
    }

    mutating func country(_ bytes: RawSpan) throws(WireError) -> CountryCode {
        CountryCode(packed: UInt16(truncatingIfNeeded: try letters(bytes, count: 2)))
    }

    /// Capital letters, the first in the highest bits.
    private mutating func letters(_ bytes: RawSpan, count: Int) throws(WireError) -> UInt32 {
        let field = try message(bytes)
        guard field.count == count else { throw field.error(.invalidValue) }
        var packed: UInt32 = 0
        for place in field.range {
            let letter = bytes.unsafeLoad(fromByteOffset: place, as: UInt8.self)
            guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter) else { throw field.error(.invalidValue) }
            packed = packed << 8 | UInt32(letter)
        }
        return packed
    }
}

/// Whether a text is UTF-8; most are ASCII, which is told eight bytes at a time.
@inline(__always)
private func isUTF8(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(text)
    var place = 0
    var bits: UInt64 = 0
    while place + 8 <= raw.count {
        bits |= raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        place += 8
    }
    while place < raw.count {
        bits |= UInt64(raw[place])
        place += 1
    }
    return bits & 0x8080_8080_8080_8080 == 0 || isMultibyteUTF8(text)
}

@inline(never)
private func isMultibyteUTF8(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    // Measured: `String(validating:as:)` looks up generic metadata at run time.
    (try? UTF8Span(validating: text.span)) != nil
}
