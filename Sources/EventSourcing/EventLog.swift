/// One organization's log: opaque records in one gapless order, appended by one writer.
///
/// The port to whatever keeps the records: files, memory, a replicated store. Nothing above it may assume files.
/// Implementations pass `EventLogConformance`.
public protocol EventLog: Sendable {
    /// How far the log reaches.
    var head: LogHead { get }

    /// Takes a batch as the next records of the log, and returns at once.
    ///
    /// The records follow one another from `expectedHead.next`. They are visible to ``read(from:through:_:)`` and count
    /// as durable only once ``waitUntilDurable(_:)`` for them returns. Never blocks on storage. An empty batch does nothing.
    ///
    /// - Parameters:
    ///   - batch: The records; its time must not be before that of the last record, or the log raises it.
    ///   - expectedHead: The last sequence number the caller knows, which must be that of the log.
    /// - Returns: The sequence number of the last record of the batch.
    /// - Throws: ``AppendError``; then nothing was taken.
    @discardableResult
    func append(_ batch: RecordBatch, expectedHead: SequenceNumber) throws(AppendError) -> SequenceNumber

    /// Returns once the record `sequence`, and all before it, survive a power failure.
    ///
    /// Waits for a record that is not there yet, too. A cancelled task gets ``AppendError/cancelled``, which says nothing
    /// about the records.
    ///
    /// - Throws: ``AppendError`` when the log failed first: the records were never acknowledged.
    func waitUntilDurable(_ sequence: SequenceNumber) async throws(AppendError)

    /// Visits durable records in order, while `visit` returns `true`.
    ///
    /// Records beyond the durable head are not visited. The span is valid only during the call.
    ///
    /// - Parameters:
    ///   - first: The first record to visit; `SequenceNumber(1)` is the oldest.
    ///   - last: The last record to visit; `nil` for the durable head at the time of the call.
    ///   - visit: Gets the sequence number and the body of each record.
    /// - Throws: What `visit` throws, or the implementation's error for a record it cannot give back as it was written.
    func read(
        from first: SequenceNumber,
        through last: SequenceNumber?,
        _ visit: (SequenceNumber, RawSpan) throws -> Bool
    ) throws
}

/// How far a log reaches.
public struct LogHead: Hashable, Sendable {
    /// The last record taken.
    public var appended: SequenceNumber

    /// The last record that survives a power failure; never beyond ``appended``.
    public var durable: SequenceNumber

    /// A head at these two sequence numbers.
    public init(appended: SequenceNumber, durable: SequenceNumber) {
        self.appended = appended
        self.durable = durable
    }
}
