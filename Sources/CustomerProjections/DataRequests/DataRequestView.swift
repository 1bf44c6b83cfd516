public import CustomerDomain
public import EventSourcing

/// A request as the register shows it: nothing personal, so that it outlives its customer's data.
public struct DataRequestView: Hashable, Sendable {
    /// Its identifier.
    public var id: DataRequestID
    /// Who answers for who asked.
    public var customer: CustomerID
    /// What it asks for.
    public var right: DataRight
    /// How it came in.
    public var channel: DataRequestChannel
    /// Where it stands.
    public var status: DataRequestStatus
    /// When it came in, in business time.
    public var openedAt: Timestamp
    /// When it must be done.
    public var dueAt: Timestamp
    /// Whether that is past, and it is still open.
    public var isOverdue: Bool
    /// Who opened it.
    public var openedBy: String
    /// Who approved it.
    public var approvedBy: String?
    /// What happened to it, in the order of the log; texts are there.
    public var events: [SequenceNumber]
}

/// Which requests are asked for; everything that is given must hold.
public struct DataRequestQuery: Hashable, Sendable {
    /// Where they stand.
    public var status: DataRequestStatus?
    /// Whether there is still something to do.
    public var isOpen: Bool?
    /// What they ask for.
    public var right: DataRight?
    /// Who answers for who asked, or was merged into that one.
    public var customer: CustomerID?
    /// Whether they should have been done by now.
    public var isOverdue: Bool?
    /// The part of the result.
    public var page = PageRequest.offset(limit: 20)

    /// All requests.
    public init() {}
}
