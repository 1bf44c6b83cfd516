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
        let (quotient, remainder) = quotientAndRemainder(dividingBy: count)
        let isHalfOrMore = remainder.magnitude >= count.magnitude - remainder.magnitude
        return isHalfOrMore ? quotient + signum() : quotient
    }

    /// This times `other`, or the nearest `Int64`.
    public func multipliedSaturating(by other: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
    }

    /// This plus `other`, or the nearest `Int64`.
    public func addingSaturating(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}
