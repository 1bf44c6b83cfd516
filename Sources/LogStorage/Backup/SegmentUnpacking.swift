import EventSourcing

/// Makes a packed segment one that the writer can go on with: its blocks stay where they are, in a chain of their own.
///
/// A packed segment always has its footer and names what it was made from, so the last segment of a log cannot be one.
/// And its blocks may share their times, which those of other segments must not.
struct SegmentUnpacking {
    /// What to write over the packed segment's header, and over the blocks that are kept.
    private(set) var changes: [RestoreCut.Change]
    private var lastChecksum: UInt32
    private var lastRecordedAt = Int64.min

    init(_ packed: SegmentHeader) {
        var header = packed
        header.version = Format.plainVersion
        header.leastReaderVersion = Format.plainVersion
        header.origin = nil
        changes = [RestoreCut.Change(offset: 0, bytes: header.encode())]
        lastChecksum = header.checksum
    }

    /// Gives the next block the times of its own records, and its place in the chain.
    ///
    /// Of a record that the caller cannot read, the times are those of the packed block.
    func unpack(_ block: inout BlockHeader, _ bodies: [[UInt8]], _ recordedAt: (RawSpan) -> Timestamp?) {
        let times = block.firstRecordedAt...max(block.firstRecordedAt, block.lastRecordedAt)
        let first = bodies.first.flatMap { unsafe recordedAt($0.span.bytes) }?.microseconds ?? times.lowerBound
        let last = bodies.last.flatMap { unsafe recordedAt($0.span.bytes) }?.microseconds ?? times.upperBound
        block.firstRecordedAt = max(lastRecordedAt, min(max(first, times.lowerBound), times.upperBound))
        block.lastRecordedAt = max(block.firstRecordedAt, min(last, times.upperBound))
        block.previousChecksum = lastChecksum
    }

    /// Keeps the unpacked block; its payload stays as it is.
    mutating func keep(_ block: inout BlockHeader) {
        var bytes = [UInt8](repeating: 0, count: BlockHeader.byteCount)
        block.store(in: &bytes, at: 0)
        var end = [UInt8](repeating: 0, count: 4)
        end.store(block.checksum, at: 0)
        changes.append(RestoreCut.Change(offset: block.offset, bytes: bytes))
        changes.append(RestoreCut.Change(offset: block.offset + block.extent - end.count, bytes: end))
        lastChecksum = block.checksum
        lastRecordedAt = block.lastRecordedAt
    }
}
