public import EventSourcing

/// An event in its place in the log, with who, when and why.
public struct RecordedEvent: Hashable, Sendable {
    /// The event's place in the organization's log.
    public var sequence: SequenceNumber
    /// When the log took it; never before that of the event before.
    public var recordedAt: Timestamp
    /// When it happened in the business.
    public var occurredAt: Timestamp
    /// Who did it: the identifier of a credential, or of a tool (`patronctl`).
    public var actor: String
    /// The request that did it.
    public var requestID: String?
    /// The address that the request came from, where the organization records that.
    public var origin: String?
    /// The customer it happened to.
    public var customer: CustomerOrdinal?
    /// How many events the customer has with this one; 0 for events of the organization.
    public var customerVersion: UInt32
    /// On the first event of a retryable command.
    public var idempotency: Idempotency?
    /// What happened.
    public var event: Event

    /// An event with these particulars.
    public init(
        sequence: SequenceNumber,
        recordedAt: Timestamp,
        occurredAt: Timestamp,
        actor: String,
        requestID: String? = nil,
        origin: String? = nil,
        customer: CustomerOrdinal? = nil,
        customerVersion: UInt32 = 0,
        idempotency: Idempotency? = nil,
        event: Event
    ) {
        self.sequence = sequence
        self.recordedAt = recordedAt
        self.occurredAt = occurredAt
        self.actor = actor
        self.requestID = requestID
        self.origin = origin
        self.customer = customer
        self.customerVersion = customerVersion
        self.idempotency = idempotency
        self.event = event
    }
}

/// What makes a retry known as one.
public struct Idempotency: Hashable, Sendable {
    /// The key that the client chose; unique with the actor.
    public var key: String
    /// The first 64 bits of the SHA-256 of method, path and body: another request with the same key is refused.
    public var fingerprint: UInt64

    /// A key with the fingerprint of its request.
    public init(key: String, fingerprint: UInt64) {
        self.key = key
        self.fingerprint = fingerprint
    }
}
