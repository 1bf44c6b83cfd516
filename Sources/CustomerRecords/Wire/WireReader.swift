import CustomerDomain
import EventSourcing

/// A place in a record's body, and the end of the message that is being read there.
///
/// The bytes come in with each call, because a value that holds a `RawSpan` cannot be written yet. Every access is
/// within `place..<end`, and a reader for an inner message never reaches beyond the outer one: arbitrary bytes lead to
/// a ``WireError``, never to a trap.
struct WireReader {
    /// Offset in the body of the next byte to read.
    private(set) var place: Int
    /// Offset in the body just after the message.
    let end: Int

    /// A reader of `range`, which must lie within the body.
    init(_ range: Range<Int>) {
        place = range.lowerBound
        end = range.upperBound
    }

    /// A reader of a message without fields.
    static let empty = WireReader(0..<0)

    /// How many bytes are left.
    var count: Int { end - place }

    /// What is left, as offsets in the body.
    var range: Range<Int> { place..<end }

    /// The next field's tag, which is its number and wire type (see ``Tag``); `nil` at the end.
    mutating func tag(_ bytes: RawSpan) throws(WireError) -> UInt64? {
        guard place < end else { return nil }
        return try varint(bytes)
    }

    @inline(__always)
    mutating func varint(_ bytes: RawSpan) throws(WireError) -> UInt64 {
        if place < end {
            let byte = bytes.unsafeLoad(fromByteOffset: place, as: UInt8.self)
            if byte < 0x80 {
                place += 1
                return UInt64(byte)
            }
        }
        return try longVarint(bytes)
    }

    private mutating func longVarint(_ bytes: RawSpan) throws(WireError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        var next = place
        while next < end, shift < 70 {
            let byte = bytes.unsafeLoad(fromByteOffset: next, as: UInt8.self)
            next += 1
            // The tenth byte has room for one bit.
            if shift == 63, byte > 1 { throw error(.malformed) }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 {
                place = next
                return value
            }
            shift += 7
        }
        throw error(next == end ? .truncated : .malformed)
    }

    /// The bytes of a length-delimited field, as a reader of their own.
    @inline(__always)
    mutating func message(_ bytes: RawSpan) throws(WireError) -> WireReader {
        let length = try varint(bytes)
        guard length <= UInt64(count) else { throw error(.truncated) }
        let start = place
        place += Int(length)
        return WireReader(start..<place)
    }

    /// A text, where it lies.
    @inline(__always)
    mutating func text(_ bytes: RawSpan) throws(WireError) -> TextView {
        try message(bytes).wholeText(bytes)
    }

    mutating func string(_ bytes: RawSpan) throws(WireError) -> String {
        try message(bytes).wholeString(bytes)
    }

    mutating func fixed64(_ bytes: RawSpan) throws(WireError) -> UInt64 {
        guard count >= 8 else { throw error(.truncated) }
        defer { place += 8 }
        return UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
    }

    /// Moves behind the value of a field that this program does not know.
    mutating func skip(_ tag: UInt64, _ bytes: RawSpan) throws(WireError) {
        guard tag >> 3 > 0, tag >> 3 < 1 << 29 else { throw error(.malformed) }
        switch tag & 7 {
        case 0: _ = try varint(bytes)
        case 1: _ = try fixed64(bytes)
        case 2: _ = try message(bytes)
        case 5:
            guard count >= 4 else { throw error(.truncated) }
            place += 4
        default: throw error(.malformed)
        }
    }

    /// An error at the place that would have been read next.
    func error(_ code: RecordError.Code) -> WireError { WireError(code: code, place: place) }
}

/// The tags of a field, by the type that follows.
enum Tag {
    @inline(__always)
    static func varint(_ number: UInt64) -> UInt64 { number << 3 }
    @inline(__always)
    static func fixed64(_ number: UInt64) -> UInt64 { number << 3 | 1 }
    @inline(__always)
    static func bytes(_ number: UInt64) -> UInt64 { number << 3 | 2 }
}
