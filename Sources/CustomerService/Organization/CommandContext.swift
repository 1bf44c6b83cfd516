public import CustomerDomain
public import EventSourcing

/// What comes with a command besides its scope.
public struct CommandContext: Hashable, Sendable {
    /// The request that asks; kept with every event.
    public var requestID: String?
    /// The address that the request came from; kept only where the organization records that.
    public var origin: String?
    /// When it happened in the business; `nil` for now.
    public var occurredAt: Timestamp?
    /// What makes a retry known as one.
    public var idempotency: Idempotency?
    /// The version that the command's customer must have.
    public var expectedVersion: UInt32?

    /// A context of these parts.
    public init(
        requestID: String? = nil,
        origin: String? = nil,
        occurredAt: Timestamp? = nil,
        idempotency: Idempotency? = nil,
        expectedVersion: UInt32? = nil
    ) {
        self.requestID = requestID
        self.origin = origin
        self.occurredAt = occurredAt
        self.idempotency = idempotency
        self.expectedVersion = expectedVersion
    }
}

/// What a command came to.
public struct CommandResult: Hashable, Sendable {
    /// The events, in order; empty when everything already was as asked.
    public var events: [RecordedEvent]
    /// The organization's last event after the command, or the last of the first attempt of a retry.
    public var sequence: SequenceNumber
    /// Whether this answers a retry with what the first attempt came to.
    public var isReplay: Bool { firstOfReplay != nil }

    /// The first event of the first attempt.
    let firstOfReplay: SequenceNumber?

    init(events: [RecordedEvent], sequence: SequenceNumber, firstOfReplay: SequenceNumber? = nil) {
        self.events = events
        self.sequence = sequence
        self.firstOfReplay = firstOfReplay
    }
}

/// Why a use case did not come to an end.
public enum CommandError: Error, Hashable, Sendable {
    /// The domain refused; nothing changed.
    case rejected(Rejection)
    /// The actor lacks this permission.
    case forbidden(Permission)
    /// Only an admin may.
    case adminOnly
    /// The idempotency key was used for another request.
    case idempotencyKeyReused
    /// The log did not take or keep the events; nothing was acknowledged.
    case unavailable(AppendError)
    /// A record that is in the log could not be read back.
    case unreadable(String)
}
