/// What the server tells of its log to monitoring; whoever opened the log fills it in.
public struct LogReport: Hashable, Sendable {
    /// The last event taken.
    public var appendedSequence: UInt64 = 0
    /// The last event that survives a power failure.
    public var durableSequence: UInt64 = 0
    /// Events in the log.
    public var eventCount = 0
    /// Segment files.
    public var segmentCount = 0
    /// Blocks, each one group commit.
    public var blockCount = 0
    /// How often the log was made durable.
    public var syncCount = 0
    /// Bytes on disk.
    public var storedByteCount = 0
    /// Bytes before compression.
    public var rawByteCount = 0
    /// How many findings of damage the last opening had.
    public var damageCount = 0
    /// How many bytes of a torn tail the last opening cut off and kept aside.
    public var tornTailByteCount = 0
    /// Why nothing can be written; `nil` when it can.
    public var readOnlyReason: String?

    /// A report of an empty log.
    public init() {}
}
