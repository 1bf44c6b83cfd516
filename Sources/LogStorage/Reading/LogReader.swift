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
        var sequence = entry.firstSequence
        var offset = entry.offset
        for segment in segments[entry.segmentIndex...] {
            guard sequence <= last else { return }
            var window = FileWindow(segment.file, firstPieceByteCount: linkByteCount)
            var decoder = LinkedDecoder()
            while offset < segment.durableEnd, sequence <= last {
                let header = try Self.decodeBlock(segment, at: offset, sequence, &window, &decoder)
                if header.nextSequence > first {
                    guard try visitRecords(of: header, in: decoder, segment, visit) else { return }
                }
                sequence = header.nextSequence
                offset += header.extent
            }
            offset = SegmentHeader.byteCount
        }
    }

    private static func decodeBlock(
        _ segment: LogSegment,
        at offset: Int,
        _ sequence: UInt64,
        _ window: inout FileWindow,
        _ decoder: inout LinkedDecoder
    ) throws(LogStorageError) -> BlockHeader {
        let expected = BlockExpectation(sequence: sequence, previousChecksum: nil, recordedAt: .min)
        let result: Result<(header: BlockHeader, position: Int), BlockFault>
        do {
            result = try window.block(at: offset, end: segment.durableEnd, expecting: expected)
        } catch {
            throw LogStorageError(error)
        }
        guard case .success((let header, let position)) = result else {
            throw damage("The block of record \(sequence) is not what was written", segment, offset)
        }
        if header.recordCount > 0 {
            let payload = position + BlockHeader.byteCount..<position + BlockHeader.byteCount + header.storedByteCount
            guard decoder.decode(header, window.bytes, payload) else {
                throw damage("The block of record \(sequence) cannot be decompressed", segment, offset)
            }
        }
        return header
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
                throw Self.damage("Record \(sequence) has no valid length", segment, header.offset)
            }
            let start = next
            next += length
            guard sequence >= first else { continue }
            guard sequence <= last else { return false }
            guard try visit(SequenceNumber(sequence), raw.extracting(start..<next)) else { return false }
        }
        return true
    }

    private static func damage(_ what: String, _ segment: LogSegment, _ offset: Int) -> LogStorageError {
        LogStorageError(
            .damaged,
            "\(what); run 'patronctl verify' to see all that is damaged",
            path: segment.path,
            offset: offset
        )
    }
}
