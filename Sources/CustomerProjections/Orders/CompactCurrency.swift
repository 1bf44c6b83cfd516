import CustomerDomain

/// A currency code in two bytes: five bits for each of its three capital letters.
///
/// Only an archive can have a code that does not fit; it is wide.
struct CompactCurrency: CompactRow {
    private static let capital: UInt32 = 0x40

    private var letters: UInt16

    static var wide: CompactCurrency { CompactCurrency(letters: .max) }

    private init(letters: UInt16) { self.letters = letters }

    @inline(__always)
    init?(_ code: CurrencyCode) {
        let bits = code.packed
        letters = UInt16(bits >> 6 & 0x7C00 | bits >> 3 & 0x3E0 | bits & 0x1F)
        guard value == code else { return nil }
    }

    @inline(__always)
    var isWide: Bool { letters == .max }

    @inline(__always)
    var value: CurrencyCode {
        let bits = UInt32(letters)
        let letters = (bits & 0x7C00) << 6 | (bits & 0x3E0) << 3 | bits & 0x1F
        return CurrencyCode(packed: letters | Self.capital << 16 | Self.capital << 8 | Self.capital)
    }
}
