public import EventSourcing

/// A ``RecordedEvent`` where it lies in a record: what applying an event needs, without a copy of any text.
///
/// Valid only while the bytes that it was read from are.
public struct RecordView {
    /// The event's place in the organization's log.
    public var sequence: SequenceNumber
    /// When the log took it.
    public var recordedAt: Timestamp
    /// When it happened in the business.
    public var occurredAt: Timestamp
    /// Who did it; `nil` for the empty text.
    public var actor: TextView?
    /// The request that did it.
    public var requestID: TextView?
    /// The customer it happened to.
    public var customer: CustomerOrdinal?
    /// How many events the customer has with this one.
    public var customerVersion: UInt32
    /// On the first event of a retryable command.
    public var idempotency: IdempotencyView?
    /// What happened.
    public var event: EventView

    /// A record of these particulars.
    public init(
        sequence: SequenceNumber,
        recordedAt: Timestamp,
        occurredAt: Timestamp,
        actor: TextView?,
        requestID: TextView?,
        customer: CustomerOrdinal?,
        customerVersion: UInt32,
        idempotency: IdempotencyView?,
        event: EventView
    ) {
        self.sequence = sequence
        self.recordedAt = recordedAt
        self.occurredAt = occurredAt
        self.actor = actor
        self.requestID = requestID
        self.customer = customer
        self.customerVersion = customerVersion
        self.idempotency = idempotency
        self.event = event
    }
}

/// What makes a retry known as one, where it lies.
public struct IdempotencyView {
    /// The key that the client chose; `nil` for the empty text.
    public var key: TextView?
    /// What tells the request from another with the same key.
    public var fingerprint: UInt64

    /// A key with the fingerprint of its request.
    public init(key: TextView?, fingerprint: UInt64) {
        self.key = key
        self.fingerprint = fingerprint
    }
}

extension RecordedEvent {
    /// A copy of a record, whose event is copied already.
    public init(_ record: RecordView, event: Event) {
        self.init(
            sequence: record.sequence,
            recordedAt: record.recordedAt,
            occurredAt: record.occurredAt,
            actor: record.actor.map { String($0) } ?? "",
            requestID: record.requestID.map { String($0) },
            customer: record.customer,
            customerVersion: record.customerVersion,
            idempotency: record.idempotency.map {
                Idempotency(key: $0.key.map { String($0) } ?? "", fingerprint: $0.fingerprint)
            },
            event: event
        )
    }
}
