public import CustomerDomain
public import EventSourcing

/// A segment at a glance.
public struct SegmentView: Hashable, Sendable {
    /// The identifier that clients use.
    public var id: SegmentID
    /// The number inside the organization.
    public var ordinal: SegmentOrdinal
    /// The word that programs know it by.
    public var key: String?
    /// What it is.
    public var terms: SegmentTerms
    /// When it was defined, in business time.
    public var createdAt: Timestamp
    /// When it was last changed, in business time.
    public var updatedAt: Timestamp
}

/// A segment of a customer.
public struct SegmentMembership: Hashable, Sendable {
    /// The segment.
    public var segment: SegmentView
    /// Whether the customer is in it now.
    public var isMember: Bool
    /// Whether it is recorded that it is.
    public var isRecorded: Bool
}
