import EventSourcing

/// Visits records in order: the first link through the cache, and what follows as it is decoded.
struct LogReader {
    let segments: [LogSegment]
    /// The link to begin with.
    let entry: LinkEntry
    /// Where the link ends in its segment.
    let linkEnd: Int
    let first: UInt64
    let last: UInt64
    let cache: BlockCache?

    /// A reader of a range of records, the first of which must be in one of the segments.
    ///
    /// - Parameters:
    ///   - segments: The log's segments.
    ///   - index: Their links, in order.
    ///   - first: The first record to visit.
    ///   - last: The last record to visit.
    ///   - cache: Where decoded links are kept.
    init?(segments: [LogSegment], index: [LinkEntry], from first: UInt64, through last: UInt64, cache: BlockCache?) {
        guard first <= last, let place = Self.linkPlace(for: first, in: index) else { return nil }
        let entry = index[place]
        let next = place + 1
        let isFollowed = next < index.count && index[next].segmentIndex == entry.segmentIndex
        self.segments = segments
        self.entry = entry
        linkEnd = isFollowed ? index[next].offset : segments[entry.segmentIndex].durableEnd
        self.first = first
        self.last = last
        self.cache = cache
    }

    /// Where in the index the last link is that begins at `sequence` or before.
    private static func linkPlace(for sequence: UInt64, in index: [LinkEntry]) -> Int? {
        var low = 0
        var high = index.count
        while low < high {
            let middle = (low + high) / 2
            if index[middle].firstSequence <= sequence { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }

    func read(_ visit: (SequenceNumber, RawSpan) throws -> Bool) throws {
        let link = try decodedLink()
        let linkLast = min(last, link.nextSequence - 1)
        let bytes = link.raw
        let raw = unsafe bytes.span.bytes
        if first <= linkLast {
            for sequence in first...linkLast {
                guard try visit(SequenceNumber(sequence), raw.extracting(link.body(of: sequence))) else { return }
            }
        }
        if link.nextSequence <= last { try stream(from: link, visit) }
    }

    private func decodedLink() throws(LogStorageError) -> DecodedLink {
        let segment = segments[entry.segmentIndex]
        let key = BlockCache.Key(
            segment: segment.header.firstSequence,
            generation: segment.generation,
            offset: entry.offset
        )
        // The link that the writer is at grows; what was there before may do.
        if let link = cache?.link(key), link.nextSequence > last || link.end >= linkEnd { return link }
        let link = try DecodedLink(segment, entry, end: linkEnd)
        cache?.insert(link, for: key)
        return link
    }

    /// Visits what comes behind a link, without keeping it.
    private func stream(from link: DecodedLink, _ visit: (SequenceNumber, RawSpan) throws -> Bool) throws {
        var start: LinkEntry? = LinkEntry(
            firstSequence: link.nextSequence,
            segmentIndex: entry.segmentIndex,
            offset: link.end
        )
        for segment in segments[entry.segmentIndex...] where segment.header.firstSequence <= last {
            var scanner = BlockScanner(segment, at: start, firstPieceByteCount: 64 << 10)
            start = nil
            while let header = try scanner.next() {
                let isWanted = try scanner.visitRecords(of: header) { sequence, _, body in
                    guard sequence <= last else { return false }
                    return try visit(SequenceNumber(sequence), body)
                }
                guard isWanted, header.nextSequence <= last else { return }
            }
        }
    }
}
