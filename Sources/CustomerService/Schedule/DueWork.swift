/// What time did to an organization.
public struct DueWork: Hashable, Sendable {
    /// Lots of store credit that expired.
    public var expiredCredit = 0
    /// Lots of points that expired.
    public var expiredPoints = 0
    /// Lots of points that are pending no longer.
    public var activatedPoints = 0
    /// Customers in another tier.
    public var changedTiers = 0
    /// Customers whose birthday was rewarded.
    public var birthdays = 0
    /// Customers who got a group or a tag by a rule.
    public var enteredByRules = 0
    /// Customers who lost one by a rule.
    public var leftByRules = 0

    /// Nothing.
    public init() {}
}
