public import EventSourcing

/// An event of a customer's history, which is read from the log.
public struct TimelineReference: Hashable, Sendable {
    /// Where the event is.
    public var sequence: SequenceNumber
}
