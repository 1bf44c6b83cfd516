import EventSourcing

/// Where a restored log ends, and what each of its segments is made of.
struct RestoreCut {
    /// A segment: the first bytes of a file of the backup, and perhaps a block of its own behind them.
    struct Piece {
        var segment: BackupManifest.Segment
        var byteCount: Int
        /// What to put in the place of copied bytes.
        var changes: [Change] = []
        var rest: [UInt8] = []
    }

    /// Bytes at some place of a file.
    struct Change: Hashable {
        var offset: Int
        var bytes: [UInt8]
    }

    var head: SequenceNumber
    var pieces: [Piece]

    /// Decides it.
    static func find(
        _ point: RestorePoint,
        in manifest: BackupManifest,
        _ target: BackupTarget,
        _ recordedAt: (RawSpan) -> Timestamp?
    ) throws(LogStorageError) -> RestoreCut {
        let finder = RestoreCutFinder(manifest: manifest, target: target)
        switch point {
        case .end:
            return RestoreCut(
                head: manifest.head,
                pieces: manifest.segments.map { Piece(segment: $0, byteCount: $0.byteCount) }
            )
        case .sequence(let head):
            guard head > .none, head <= manifest.head else {
                throw LogStorageError(
                    .invalidArgument,
                    "Backup \(manifest.number) holds records 1 to \(manifest.head), so it cannot end with \(head)",
                    path: target.path
                )
            }
            return try finder.cut(after: head, recordedAt)
        case .time(let time):
            return try finder.cut(after: try finder.head(at: time, recordedAt), recordedAt)
        }
    }
}

/// Finds places in a backup's segments.
struct RestoreCutFinder {
    let manifest: BackupManifest
    let target: BackupTarget

    /// A log that ends with the record `head`.
    func cut(
        after head: SequenceNumber,
        _ recordedAt: (RawSpan) -> Timestamp?
    ) throws(LogStorageError) -> RestoreCut {
        guard head < manifest.head else { return try RestoreCut.find(.end, in: manifest, target, recordedAt) }
        var pieces: [RestoreCut.Piece] = []
        for segment in manifest.segments where segment.firstSequence <= head {
            pieces.append(RestoreCut.Piece(segment: segment, byteCount: segment.byteCount))
        }
        guard let last = pieces.indices.last else { return RestoreCut(head: head, pieces: []) }
        // The last segment has no footer, and only blocks up to the cut.
        var blocks = try SegmentBlocks(pieces[last].segment, target)
        defer { blocks.close() }
        var unpacking = blocks.header.isPacked ? SegmentUnpacking(blocks.header) : nil
        var end = SegmentHeader.byteCount
        while var header = try blocks.next() {
            if header.firstSequence > head.value { break }
            if unpacking != nil { unpacking?.unpack(&header, try blocks.records(of: header), recordedAt) }
            if header.nextSequence > head.value + 1 {
                pieces[last].rest = try blocks.shortened(header, through: head, recordedAt)
                break
            }
            unpacking?.keep(&header)
            end = header.offset + header.extent
        }
        pieces[last].byteCount = end
        pieces[last].changes = unpacking?.changes ?? []
        return RestoreCut(head: head, pieces: pieces)
    }

    /// The last record at `time` or before.
    func head(at time: Timestamp, _ recordedAt: (RawSpan) -> Timestamp?) throws(LogStorageError) -> SequenceNumber {
        var candidate: BackupManifest.Segment?
        for segment in manifest.segments where segment.lastSequence >= segment.firstSequence {
            guard let first = try firstTime(of: segment) else { continue }
            if first > time { break }
            candidate = segment
        }
        guard let candidate else {
            throw LogStorageError(
                .invalidArgument,
                "Backup \(manifest.number) holds nothing that was recorded at \(time.rfc3339) or before",
                path: target.path
            )
        }
        var blocks = try SegmentBlocks(candidate, target)
        defer { blocks.close() }
        var head = SequenceNumber(candidate.firstSequence.value - 1)
        while let header = try blocks.next() {
            if header.firstRecordedAt > time.microseconds { break }
            if header.lastRecordedAt <= time.microseconds {
                head = SequenceNumber(header.nextSequence - 1)
                continue
            }
            // Blocks packed from one block have all its times: the next one may begin before this one ends.
            for (index, body) in try blocks.records(of: header).enumerated() {
                if try blocks.time(of: body, recordedAt) > time { return head }
                head = SequenceNumber(header.firstSequence + UInt64(index))
            }
        }
        return head
    }

    private func firstTime(of segment: BackupManifest.Segment) throws(LogStorageError) -> Timestamp? {
        var blocks = try SegmentBlocks(segment, target)
        defer { blocks.close() }
        while let header = try blocks.next() {
            if header.recordCount > 0 { return Timestamp(microseconds: header.firstRecordedAt) }
        }
        return nil
    }
}
