public import CustomerDomain
public import EventSourcing

/// What a record says about itself without its event being read.
///
/// Types and versions that this program does not know are fine here, and so are sealed records and husks.
public struct RecordEnvelope: Hashable, Sendable {
    /// What kind of record it is.
    public enum Kind: Hashable, Sendable {
        /// An event.
        case event
        /// What remains of a redacted event: its leaf hash of 32 bytes, which keeps the tree's root.
        case husk(leafHash: [UInt8])
    }

    /// The record's place in the organization's log.
    public var sequence: SequenceNumber
    /// What kind of record it is.
    public var kind: Kind
    /// When the log took it.
    public var recordedAt: Timestamp
    /// When it happened in the business.
    public var occurredAt: Timestamp
    /// The number of the event's type, 0 in husks of which only the hash remains; of later programs too, which have no ``type`` here.
    public var typeNumber: UInt32
    /// The version of the type's stored form.
    public var schemaVersion: UInt32
    /// Who did it.
    public var actor: String
    /// The request that did it.
    public var requestID: String?
    /// The customer it happened to.
    public var customer: CustomerOrdinal?
    /// How many events the customer has with this one.
    public var customerVersion: UInt32
    /// On the first event of a retryable command.
    public var idempotency: Idempotency?
    /// Whether the personal fields are sealed.
    public var isSealed: Bool

    /// An envelope of these particulars.
    public init(
        sequence: SequenceNumber,
        kind: Kind,
        recordedAt: Timestamp,
        occurredAt: Timestamp,
        typeNumber: UInt32,
        schemaVersion: UInt32,
        actor: String,
        requestID: String?,
        customer: CustomerOrdinal?,
        customerVersion: UInt32,
        idempotency: Idempotency?,
        isSealed: Bool
    ) {
        self.sequence = sequence
        self.kind = kind
        self.recordedAt = recordedAt
        self.occurredAt = occurredAt
        self.typeNumber = typeNumber
        self.schemaVersion = schemaVersion
        self.actor = actor
        self.requestID = requestID
        self.customer = customer
        self.customerVersion = customerVersion
        self.idempotency = idempotency
        self.isSealed = isSealed
    }

    /// The event's type, when this program knows it.
    public var type: EventType? { EventType(rawValue: typeNumber) }
}
