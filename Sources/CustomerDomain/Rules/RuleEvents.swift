/// A rule came to be.
public struct RuleDefined: Hashable, Sendable {
    /// Its identifier.
    public var id: RuleID
    /// What it gives.
    public var gift: RuleGift
    /// Whom, and how.
    public var terms: RuleTerms

    /// A definition of these parts.
    public init(id: RuleID, gift: RuleGift, terms: RuleTerms) {
        self.id = id
        self.gift = gift
        self.terms = terms
    }
}

/// A rule gave something to a customer, or took it away.
public struct RuleMove: Hashable, Sendable {
    /// The rule: the reason.
    public var rule: RuleID
    /// What it gives.
    public var gift: RuleGift
    /// Whether the customer has it, or has it not, since then; not where another rule gives it as well.
    public var isChange: Bool

    /// A move of these parts.
    public init(rule: RuleID, gift: RuleGift, isChange: Bool) {
        self.rule = rule
        self.gift = gift
        self.isChange = isChange
    }
}

/// Asks for changes of a rule.
public struct ChangeRule: Hashable, Sendable {
    /// The rule.
    public var id: RuleID
    /// Its name from now on; `nil` to keep.
    public var name: String?
    /// What it is for from now on.
    public var description: Edit<String>
    /// Who gets it from now on; `nil` to keep.
    public var condition: RuleCondition?
    /// Whether it takes away from now on; `nil` to keep.
    public var takesAway: Bool?
    /// Whether it is at work from now on; `nil` to keep.
    public var isActive: Bool?

    /// Asks for these changes.
    public init(
        id: RuleID,
        name: String? = nil,
        description: Edit<String> = .keep,
        condition: RuleCondition? = nil,
        takesAway: Bool? = nil,
        isActive: Bool? = nil
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.condition = condition
        self.takesAway = takesAway
        self.isActive = isActive
    }

    /// The terms after the change.
    public func applied(to terms: RuleTerms) -> RuleTerms {
        RuleTerms(
            name: name ?? terms.name,
            description: description.applied(to: terms.description),
            condition: condition ?? terms.condition,
            takesAway: takesAway ?? terms.takesAway,
            isActive: isActive ?? terms.isActive
        )
    }
}

/// Asks that a rule gives what it gives to some customers, and takes it from others.
public struct ApplyRule: Hashable, Sendable {
    /// The rule.
    public var id: RuleID
    /// Of whom its condition holds.
    public var entering: [CustomerID]
    /// Of whom it holds no longer.
    public var leaving: [CustomerID]

    /// Asks for these moves.
    public init(id: RuleID, entering: [CustomerID] = [], leaving: [CustomerID] = []) {
        self.id = id
        self.entering = entering
        self.leaving = leaving
    }
}

extension Event {
    /// What the customer is given by hand, by this event, and what is taken from it; no rule does either.
    ///
    /// - Parameter groupID: The identifier of a group.
    /// - Returns: The gifts, and whether the customer has them since; `nil` for any other event.
    public func giftsByHand(_ groupID: (GroupOrdinal) -> GroupID?) -> (gifts: [RuleGift], has: Bool)? {
        switch self {
        case .customerTagged(let tags): (tags.map { .tag($0) }, true)
        case .customerUntagged(let tags): (tags.map { .tag($0) }, false)
        default: membership.flatMap { change in groupID(change.group).map { ([.group($0)], change.joins) } }
        }
    }
}
