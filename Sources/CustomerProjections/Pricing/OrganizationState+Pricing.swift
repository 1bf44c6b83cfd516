public import CustomerDomain
public import EventSourcing

extension OrganizationState {
    /// The rule of this identifier.
    public func pricingRule(_ id: PricingRuleID) -> PricingRule? { pricing.rules.first { $0.id == id } }

    /// All rules, oldest first.
    public var pricingRules: [PricingRule] { pricing.rules }

    /// The rules of a page, oldest first.
    public func pricingRules(page: PageRequest) throws(QueryError) -> Page<PricingRule> {
        try places(pricing.rules.count, page, kind: 40).map { pricing.rules[$0] }
    }

    /// What holds for a customer's orders.
    ///
    /// - Parameters:
    ///   - customer: The customer.
    ///   - currency: The currency of orders; `nil` for the organization's.
    ///   - time: The time of asking.
    /// - Returns: The terms.
    public func pricingTerms(
        of customer: CustomerOrdinal,
        in currency: CurrencyCode?,
        at time: Timestamp
    ) -> PricingTerms {
        PricingTerms(
            groups: groups(of: customer).map { definition(of: $0) },
            rules: pricing.rules,
            currency: currency ?? settings.currency,
            at: time
        )
    }

    /// Store credit that the customer could spend.
    public func spendableCredit(of customer: CustomerOrdinal, in currency: CurrencyCode, at time: Timestamp) -> Int64 {
        openCreditLots(of: customer)
            .reduce(0) { $1.amount.currency == currency && !$1.isDue(at: time) ? $0 + $1.rest : $0 }
    }
}
