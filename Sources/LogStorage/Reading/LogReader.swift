import EventSourcing

/// Visits records in order: finds the link, decodes from there, and goes on through the segments.
struct LogReader {
    let segments: [LogSegment]
    /// Where to begin.
    let entry: LinkEntry
    let first: UInt64
    let last: UInt64
    /// How much to read at first: the link, when one record is wanted.
    let linkByteCount: Int

    func read(_ visit: (SequenceNumber, RawSpan) throws -> Bool) throws {
        var entry: LinkEntry? = entry
        for segment in segments[(entry?.segmentIndex ?? 0)...] where segment.header.firstSequence <= last {
            var scanner = BlockScanner(segment, at: entry, firstPieceByteCount: linkByteCount)
            entry = nil
            while let header = try scanner.next() {
                guard header.nextSequence > first else { continue }
                guard try visitRecords(of: header, in: scanner.decoder, segment, visit) else { return }
                guard header.nextSequence <= last else { return }
            }
        }
    }

    /// Visits the wanted ones of a block's records; `false` when the visitor has enough.
    private func visitRecords(
        of header: BlockHeader,
        in decoder: LinkedDecoder,
        _ segment: LogSegment,
        _ visit: (SequenceNumber, RawSpan) throws -> Bool
    ) throws -> Bool {
        let raw = unsafe decoder.window.span.bytes.extracting(decoder.block)
        var next = 0
        for sequence in header.firstSequence..<header.nextSequence {
            guard let length = Varint.read(raw, at: &next), length <= raw.byteCount - next else {
                throw segment.damage("Record \(sequence) has no valid length", at: header.offset)
            }
            let start = next
            next += length
            guard sequence >= first else { continue }
            guard sequence <= last else { return false }
            guard try visit(SequenceNumber(sequence), raw.extracting(start..<next)) else { return false }
        }
        return true
    }
}
