public import EventSourcing

/// What an ``Identifier`` names: gives the prefix of its text form.
public protocol IdentifierKind: Sendable {
    /// The lower-case letters before the underscore.
    static var prefix: String { get }
}

/// An identifier that clients see: a UUIDv7 written as a TypeID (`cust_01h455vb4pex5vsknk084sn02q`).
///
/// Source: the public TypeID specification 0.3: prefix, underscore, 26 characters of Crockford base32, the first at most 7.
public struct Identifier<Kind: IdentifierKind>: Hashable, Sendable {
    /// The first 64 bits of the UUID: 48 bits of milliseconds, version, 12 random bits.
    public let high: UInt64
    /// The last 64 bits of the UUID: variant and 62 random bits.
    public let low: UInt64

    /// The identifier of these 128 bits.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A new UUIDv7 (RFC 9562) for this millisecond, from 74 of these random bits.
    public init(at time: Timestamp, random: (UInt64, UInt64)) {
        let milliseconds = UInt64(max(0, time.microseconds) / 1_000) & 0xFFFF_FFFF_FFFF
        high = milliseconds << 16 | 0x7000 | random.0 & 0x0FFF
        low = 0x8000_0000_0000_0000 | random.1 & 0x3FFF_FFFF_FFFF_FFFF
    }
}

extension Identifier: Comparable {
    /// Whether `left` comes before `right`: older identifiers first.
    public static func < (left: Identifier, right: Identifier) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension Identifier: CustomStringConvertible {
    /// The text form; 26 characters after the prefix.
    public var description: String {
        var text = Kind.prefix + "_"
        for index in 0..<26 {
            let digit = bits(from: 125 - index * 5)
            text.unicodeScalars.append(Unicode.Scalar(base32Digits[Int(digit)]))
        }
        return text
    }

    /// The five bits whose lowest has this index; bits above 127 are zero.
    private func bits(from shift: Int) -> UInt64 {
        let value: UInt64
        switch shift {
        case 64...: value = high >> UInt64(shift - 64)
        case 60..<64: value = low >> UInt64(shift) | high << UInt64(64 - shift)
        default: value = low >> UInt64(shift)
        }
        return value & 31
    }
}

extension Identifier: LosslessStringConvertible {
    /// Reads the text form; `nil` for anything but exactly it.
    public init?(_ description: String) {
        let expectedPrefix = Kind.prefix + "_"
        guard description.hasPrefix(expectedPrefix) else { return nil }
        let digits = description.utf8.dropFirst(expectedPrefix.utf8.count)
        guard digits.count == 26 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (index, character) in digits.enumerated() {
            guard let digit = base32Value(of: character), index > 0 || digit < 8 else { return nil }
            high = high << 5 | low >> 59
            low = low << 5 | digit
        }
        self.init(high: high, low: low)
    }
}

private let base32Digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

private func base32Value(of character: UInt8) -> UInt64? {
    base32Digits.firstIndex(of: character).map(UInt64.init)
}
