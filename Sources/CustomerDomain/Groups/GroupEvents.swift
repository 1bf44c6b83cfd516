/// What a group is from now on.
public struct GroupUpdated: Hashable, Sendable {
    /// The group.
    public var id: GroupID
    /// Its name, unique in the organization whatever the case.
    public var name: String
    /// What it is for.
    public var description: String?
    /// All else.
    public var terms: GroupTerms

    /// A group of these parts.
    public init(id: GroupID, name: String, description: String? = nil, terms: GroupTerms = GroupTerms()) {
        self.id = id
        self.name = name
        self.description = description
        self.terms = terms
    }
}

/// The customer joined a group, or left it, for a reason that was told.
public struct MembershipChanged: Hashable, Sendable {
    /// The group.
    public var group: GroupOrdinal
    /// Whether the customer is in it now.
    public var joins: Bool
    /// Why; personal.
    public var reason: String?

    /// A change of these parts.
    public init(group: GroupOrdinal, joins: Bool, reason: String?) {
        self.group = group
        self.joins = joins
        self.reason = reason
    }
}

extension Event {
    /// The group that the customer joins or leaves by this event; `nil` for any other.
    public var membership: (group: GroupOrdinal, joins: Bool)? {
        switch self {
        case .groupJoined(let group): (group, true)
        case .groupLeft(let group): (group, false)
        case .membershipChanged(let change): (change.group, change.joins)
        default: nil
        }
    }
}
