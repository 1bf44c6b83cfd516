/// An amount in whole minor units of one currency (cents, pence; yen).
public struct Money: Hashable, Sendable {
    /// The amount in minor units.
    public var minorUnits: Int64
    /// The currency.
    public var currency: CurrencyCode

    /// The amount of `minorUnits` of `currency`.
    public init(minorUnits: Int64, currency: CurrencyCode) {
        self.minorUnits = minorUnits
        self.currency = currency
    }
}

extension Int64 {
    /// This amount divided by a positive count, rounded half away from zero to the unit.
    public func dividedRoundingHalfUp(by count: Int64) -> Int64 {
        let half = count / 2
        let isTieUp = count % 2 == 0 ? 0 : 1
        let (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: UInt64(count))
        let rounded = remainder >= UInt64(half + Int64(isTieUp)) && remainder > 0 ? quotient + 1 : quotient
        return self < 0 ? -Int64(rounded) : Int64(rounded)
    }
}
