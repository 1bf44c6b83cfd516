public import CustomerDomain
public import EventSourcing

/// What a retryable request did.
public struct IdempotencyEntry: Hashable, Sendable {
    /// Tells the request from another with the same key.
    public var fingerprint: UInt64
    /// Its first event.
    public var firstSequence: SequenceNumber
    /// How many events it had, all in a row.
    public var eventCount: Int
    /// When the first was recorded.
    public var recordedAt: Timestamp
    /// Whom the first happened to.
    public var customer: CustomerOrdinal?
}
