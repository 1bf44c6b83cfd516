/// The records of one append: they become durable together, or not at all.
///
/// Bodies lie one after another in one buffer, so a batch costs two allocations however many records it holds.
public struct RecordBatch: Sendable {
    /// The bodies, one after another.
    public private(set) var bytes: [UInt8] = []

    /// For each record, the offset in ``bytes`` just after its body.
    public private(set) var ends: [Int] = []

    /// When the records were recorded; a log never lets this go back.
    public let recordedAt: Timestamp

    /// An empty batch.
    public init(recordedAt: Timestamp) {
        self.recordedAt = recordedAt
        // Room for a common record, so that writing it byte by byte does not move it several times.
        bytes.reserveCapacity(256)
    }

    /// How many records the batch holds.
    public var count: Int { ends.count }

    /// Adds one record, whose body `write` appends to the buffer.
    ///
    /// When `write` throws, the batch is as it was.
    public mutating func appendRecord<Failure: Error>(
        _ write: (inout [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let start = bytes.count
        do {
            try write(&bytes)
        } catch {
            bytes.removeSubrange(start...)
            throw error
        }
        ends.append(bytes.count)
    }

    /// The body of the record at `index`.
    public func body(at index: Int) -> ArraySlice<UInt8> {
        bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }
}
