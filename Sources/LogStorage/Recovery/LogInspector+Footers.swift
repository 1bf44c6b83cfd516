import EventSourcing

// Opening reads of a sealed segment the header and the footer, where the next segment's header agrees with both.
extension LogInspector {
    /// What a segment's header and footer say of it; `nil` unless its neighbours agree in everything.
    ///
    /// - Parameters:
    ///   - segment: The segment, with its header and with what the segments before it lead to expect.
    ///   - next: The segment after it, of which nothing was read yet.
    /// - Returns: The segment as reading it would have shown it, but for damage.
    /// - Throws: `FileError` when a file cannot be read.
    func footerAlone(of segment: WalkedSegment, before next: WalkedSegment) throws(FileError) -> WalkedSegment? {
        guard let header = segment.header,
            let footer = try SegmentFooter(endOf: segment.file, byteCount: segment.byteCount)
        else { return nil }
        let nextBytes = try next.file.read(SegmentHeader.byteCount, at: 0)
        guard let nextHeader = try? unsafe SegmentHeader(nextBytes.span.bytes), nextHeader.logID == header.logID,
            nextHeader.firstSequence == SegmentName.firstSequence(next.name),
            footer.firstSequence == header.firstSequence, footer.nextSequence == nextHeader.firstSequence,
            nextHeader.previousChecksum == header.origin?.lastChecksum ?? footer.lastChecksum,
            nextHeader.previousDigest == header.origin?.digest ?? footer.digest,
            footer.firstRecordedAt >= segment.expected.recordedAt, footer.lastRecordedAt >= footer.firstRecordedAt,
            footer.nextSequence > footer.firstSequence, footer.entries.first?.firstSequence == footer.firstSequence,
            footer.nodes.count == MerkleTree.chunkCount(from: footer.firstSequence, to: footer.nextSequence)
        else { return nil }
        var known = segment
        known.wasRead = false
        known.blocksEnd = footer.offset
        known.expected = BlockExpectation(
            sequence: footer.nextSequence,
            previousChecksum: footer.lastChecksum,
            recordedAt: footer.lastRecordedAt
        )
        known.lastRecordedAt = max(known.lastRecordedAt, footer.lastRecordedAt)
        known.tally = SegmentTally(statistics: LogStatistics(footer), entries: footer.entries)
        known.nodes = footer.nodes
        known.tail = .footer
        return known
    }
}

extension LogStatistics {
    /// Those of a sealed segment with records, without its header.
    init(_ footer: SegmentFooter) {
        self.init()
        head = SequenceNumber(footer.nextSequence - 1)
        events = Int(footer.nextSequence - footer.firstSequence)
        storedBytes = footer.offset - SegmentHeader.byteCount
        rawBytes = footer.rawByteCount
        blocks = footer.blockCount
        firstAt = Timestamp(microseconds: footer.firstRecordedAt)
        lastAt = Timestamp(microseconds: footer.lastRecordedAt)
    }
}
