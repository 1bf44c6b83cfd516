public import EventSourcing

/// A moment to look back at, in two times: what was known then, and what had happened by then.
///
/// Both can be given: what was known at one moment about another.
public struct PointInTime: Hashable, Sendable {
    /// Until when events count that were recorded.
    public enum Knowledge: Hashable, Sendable {
        /// All that is durable now.
        case now
        /// Up to this event.
        case sequence(SequenceNumber)
        /// Recorded at this time or before.
        case recorded(Timestamp)
    }

    /// What was known.
    public var knowledge: Knowledge
    /// Until when events count by their business time; `nil` for whenever they happened.
    public var happened: Timestamp?

    /// This moment.
    public init(_ knowledge: Knowledge, happened: Timestamp? = nil) {
        self.knowledge = knowledge
        self.happened = happened
    }
}

/// Why a moment cannot be looked back at.
public enum PastError: Error, Hashable, Sendable {
    /// The log ends before this event, with the other.
    case beyondLog(SequenceNumber, last: SequenceNumber)
    /// The time lies in the future.
    case future
    /// So many already wait for other moments that this one was not made.
    case busy
    /// The log could not be read.
    case unreadable(String)
}
