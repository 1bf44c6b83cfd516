public import CustomerDomain
public import EventSourcing

/// A group without its members.
public struct GroupView: Hashable, Sendable {
    /// The identifier that clients use.
    public var id: GroupID
    /// The number inside the organization.
    public var ordinal: GroupOrdinal
    /// The name, unique without regard to case.
    public var name: String
    /// What it is for.
    public var description: String?
    /// Key, sort and benefits.
    public var terms: GroupTerms
    /// How many customers that stand are in it.
    public var memberCount: Int
    /// Business time of its creation.
    public var createdAt: Timestamp
    /// Business time of the last change, of itself or of its members.
    public var updatedAt: Timestamp
}
