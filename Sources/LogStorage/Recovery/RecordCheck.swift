public import EventSourcing

/// What a record must pass besides the checks of the log itself; called for the records of a chunk at a time, on any thread.
public typealias RecordCheck = @Sendable (_ body: RawSpan, _ sequence: SequenceNumber) throws -> Void

/// A record that is as it was written, but did not pass the caller's check.
public struct RejectedRecord: Hashable, Sendable {
    /// Which record.
    public var sequence: SequenceNumber
    /// What the check threw, as text.
    public var reason: String
}
