public import CustomerDomain

/// A rule with how many it gave to.
public struct RuleView: Hashable, Sendable {
    /// The rule.
    public var rule: AssignmentRule
    /// Customers that stand and have it by the rule.
    public var givenCount: Int
    /// Customers that stand and from whom it was taken by hand, so that the rule does not give it again.
    public var barredCount: Int
}

/// What a rule would do now.
public struct RulePreview: Hashable, Sendable {
    /// Of how many the condition holds.
    public var matching = 0
    /// How many would get what it gives.
    public var entering = 0
    /// How many would lose it.
    public var leaving = 0
    /// Of how many the condition holds who have it by hand, and keep it so.
    public var byHand = 0
    /// Of how many it holds who do not get it, because it was taken from them by hand, or because they have as many tags as
    /// anybody may.
    public var passedOver = 0
    /// The first who would get it, oldest customers first.
    public var firstEntering: [CustomerSummary] = []
    /// The first who would lose it, oldest customers first.
    public var firstLeaving: [CustomerSummary] = []
}
