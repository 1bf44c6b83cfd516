public import EventSourcing

/// The size and shape of a log's durable part.
public struct LogStatistics: Hashable, Sendable {
    /// The last durable record.
    public var head: SequenceNumber = .none
    /// How many records.
    public var events: Int = 0
    /// How many segment files.
    public var segments: Int = 0
    /// Bytes of segment headers and blocks, without zeroed room and footers.
    public var storedBytes: Int = 0
    /// Bytes of records and their length prefixes before compression.
    public var rawBytes: Int = 0
    /// When the first record was recorded.
    public var firstAt: Timestamp?
    /// When the last record was recorded.
    public var lastAt: Timestamp?
    /// How many blocks, marks included.
    public var blocks: Int = 0
    /// How often the writer synced a block since the log was opened.
    public var syncs: Int = 0

    /// The statistics of an empty log.
    public init() {}
}
