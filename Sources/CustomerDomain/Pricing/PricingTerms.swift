public import EventSourcing

/// What holds for a customer's orders in one currency at one time, from all its groups and the rules for them.
///
/// A group's benefits hold for orders that come to its minimum, and its amounts only in their own currency. What is best
/// for the customer holds of each kind; discounts do not add up.
public struct PricingTerms: Hashable, Sendable {
    /// The currency of orders; `nil` where the organization has none yet.
    public let currency: CurrencyCode?
    /// The groups, oldest first.
    public let groups: [GroupUpdated]
    /// The discounts: those of the groups, oldest first, then those of rules, oldest first.
    public let offers: [PricingOffer]

    /// What follows from these groups and those of the rules that are for them.
    ///
    /// - Parameters:
    ///   - groups: The customer's groups, oldest first.
    ///   - rules: The organization's rules, oldest first.
    ///   - currency: The currency of orders.
    ///   - time: The time of asking.
    public init(groups: [GroupUpdated], rules: [PricingRule], currency: CurrencyCode?, at time: Timestamp) {
        self.currency = currency
        self.groups = groups
        let ids = Set(groups.map(\.id))
        offers =
            groups.compactMap { PricingOffer($0) }
            + rules.filter { ids.contains($0.group) && $0.holds(at: time) }.map { PricingOffer($0) }
    }

    /// What an order must come to for the benefits of any group to hold; `nil` when no group asks for anything.
    public var minimumOrder: Int64? {
        let minimums = groups.map { minimum(of: $0) }
        if groups.isEmpty || minimums.contains(0) { return nil }
        return minimums.compactMap { $0 }.min()
    }

    /// Orders of more than this ship free; 0 for all, `nil` for none.
    public var freeShippingOver: Int64? { groups.compactMap { freeShipping(of: $0) }.min() }

    /// The longest term of payment.
    public var paymentTermsDays: Int64? { groups.compactMap(\.terms.benefits.paymentTermsDays).max() }

    /// The lists of prices, that of the oldest group first.
    public var priceLists: [String] { groups.compactMap(\.terms.benefits.priceList) }

    /// What else the customer gets.
    public var perks: [GroupPerk] {
        GroupPerk.allCases.filter { perk in groups.contains { $0.terms.benefits.perks.contains(perk) } }
    }

    /// What an order of this total comes to: the offer that takes most off it, of several the first.
    public func quote(total: Int64) -> PricingQuote {
        var quote = PricingQuote(total: total)
        for offer in offers {
            guard offer.holds(total: total, currency: currency) else { continue }
            let amount = offer.discount.amount(off: total)
            if amount > quote.discount { (quote.discount, quote.offer) = (amount, offer) }
        }
        let met = groups.filter { group in minimum(of: group).map { total >= $0 } ?? false }
        quote.meetsMinimumOrder = groups.isEmpty || !met.isEmpty
        quote.shipsFree = met.contains { group in
            freeShipping(of: group).map { $0 == 0 || total > $0 } ?? false
        }
        quote.paymentTermsDays = met.compactMap(\.terms.benefits.paymentTermsDays).max()
        return quote
    }

    /// 0 where the group asks for nothing; `nil` where it asks in another currency.
    private func minimum(of group: GroupUpdated) -> Int64? {
        guard let minimum = group.terms.benefits.minimumOrder, minimum > 0 else { return 0 }
        return group.terms.benefits.currency == currency ? minimum : nil
    }

    private func freeShipping(of group: GroupUpdated) -> Int64? {
        guard let over = group.terms.benefits.freeShippingOver else { return nil }
        return over == 0 || group.terms.benefits.currency == currency ? over : nil
    }
}

/// A discount that a customer may get, and where it comes from.
public struct PricingOffer: Hashable, Sendable {
    /// The rule that gives it; `nil` when it is the group's own.
    public var rule: PricingRuleID?
    /// The group that it is for.
    public var group: GroupID
    /// The name of the rule, or of the group.
    public var name: String
    /// How much is taken off.
    public var discount: PriceDiscount
    /// What an order must come to at least.
    public var minimumOrder: Int64?
    /// The currency of the amounts.
    public var currency: CurrencyCode?

    init?(_ group: GroupUpdated) {
        guard let hundredths = group.terms.benefits.discount else { return nil }
        rule = nil
        self.group = group.id
        name = group.name
        discount = .percentage(hundredths: hundredths)
        minimumOrder = group.terms.benefits.minimumOrder
        currency = group.terms.benefits.currency
    }

    init(_ rule: PricingRule) {
        self.rule = rule.id
        group = rule.group
        name = rule.name
        discount = rule.discount
        minimumOrder = rule.minimumOrder
        currency = rule.currency
    }

    func holds(total: Int64, currency: CurrencyCode?) -> Bool {
        var needsCurrency = minimumOrder ?? 0 > 0
        if case .fixed = discount { needsCurrency = true }
        return !needsCurrency || self.currency == currency && total >= minimumOrder ?? 0
    }
}

/// What an order comes to.
public struct PricingQuote: Hashable, Sendable {
    /// The sum of the order's lines, in minor units.
    public var total: Int64
    /// What is taken off.
    public var discount: Int64 = 0
    /// Why; `nil` when nothing is.
    public var offer: PricingOffer?
    /// Whether it ships free, by its total before the discount.
    public var shipsFree = false
    /// Whether the total is what one of the groups asks for, or there is no group.
    public var meetsMinimumOrder = true
    /// After how many days its invoice is due; `nil` when no group says.
    public var paymentTermsDays: Int64?

    /// What is left to pay.
    public var payable: Int64 { total - discount }

    init(total: Int64) {
        self.total = total
    }
}
