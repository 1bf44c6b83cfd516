public import EventSourcing

/// A discount for the members of a group, for a time or for good.
public struct PricingRule: Hashable, Sendable {
    /// Its identifier.
    public var id: PricingRuleID
    /// What it is called.
    public var name: String
    /// Whose members get it.
    public var group: GroupID
    /// How much is taken off.
    public var discount: PriceDiscount
    /// What an order must come to at least, in minor units of the currency.
    public var minimumOrder: Int64?
    /// The currency of the amounts; there when there is one.
    public var currency: CurrencyCode?
    /// From when on it holds; from ever when `nil`.
    public var startsAt: Timestamp?
    /// From when on it holds no longer; never when `nil`.
    public var endsAt: Timestamp?

    /// A rule of these parts.
    public init(
        id: PricingRuleID,
        name: String,
        group: GroupID,
        discount: PriceDiscount,
        minimumOrder: Int64? = nil,
        currency: CurrencyCode? = nil,
        startsAt: Timestamp? = nil,
        endsAt: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.group = group
        self.discount = discount
        self.minimumOrder = minimumOrder
        self.currency = currency
        self.startsAt = startsAt
        self.endsAt = endsAt
    }

    /// Whether it holds at a time.
    public func holds(at time: Timestamp) -> Bool {
        startsAt.map { $0 <= time } ?? true && endsAt.map { time < $0 } ?? true
    }
}

/// What is taken off a price.
public enum PriceDiscount: Hashable, Sendable {
    /// So many hundredths of a percent.
    case percentage(hundredths: Int64)
    /// So many minor units.
    case fixed(Int64)

    /// How much of a total goes, half a minor unit counting as one; never more than the total.
    public func amount(off total: Int64) -> Int64 {
        switch self {
        case .percentage(let hundredths):
            // In two parts, because the product of total and percentage may pass an `Int64`.
            let (whole, rest) = total.quotientAndRemainder(dividingBy: 10_000)
            return whole * hundredths + (rest * hundredths + 5_000) / 10_000
        case .fixed(let amount): return min(amount, total)
        }
    }
}
