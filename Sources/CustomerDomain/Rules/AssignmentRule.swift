public import EventSourcing

/// A rule that puts customers into a group, or gives them a tag, as long as something holds of them.
public struct AssignmentRule: Hashable, Sendable {
    /// Its identifier.
    public var id: RuleID
    /// What it gives; never changes, so that what it gave is always the same.
    public var gift: RuleGift
    /// Whom, and how.
    public var terms: RuleTerms
    /// When it was defined, in business time.
    public var createdAt: Timestamp
    /// When it was last changed, in business time.
    public var updatedAt: Timestamp

    /// A rule that was defined at this time.
    public init(_ defined: RuleDefined, at time: Timestamp) {
        id = defined.id
        gift = defined.gift
        terms = defined.terms
        createdAt = time
        updatedAt = time
    }
}

/// What a rule gives.
public enum RuleGift: Hashable, Sendable {
    /// Membership of this group.
    case group(GroupID)
    /// This tag.
    case tag(String)
}

/// Who gets what a rule gives.
public enum RuleCondition: Hashable, Sendable {
    /// Of whom this holds, in the language of ``SegmentQuery``.
    case query(String)
    /// Who is in this segment, by its query.
    case segment(SegmentID)
}

/// What can change of a rule.
public struct RuleTerms: Hashable, Sendable {
    /// Its name, unique in the organization whatever the case.
    public var name: String
    /// What it is for.
    public var description: String?
    /// Who gets it.
    public var condition: RuleCondition
    /// Whether it takes away again what it gave, when the condition does not hold any longer.
    public var takesAway: Bool
    /// Whether it is at work.
    public var isActive: Bool

    /// Terms of these parts.
    public init(
        name: String,
        description: String? = nil,
        condition: RuleCondition,
        takesAway: Bool = false,
        isActive: Bool = true
    ) {
        self.name = name
        self.description = description
        self.condition = condition
        self.takesAway = takesAway
        self.isActive = isActive
    }
}

/// What a rule has to do with a customer.
public enum RuleHold: Hashable, Sendable {
    /// The rule gave it, and nobody did by hand since.
    case given
    /// Somebody took away by hand what the rule gives; so it does not give it any more.
    case barred
}
