import EventSourcing

/// The decoded records of a link of blocks, or of those blocks of it that were durable.
final class DecodedLink: Sendable {
    let firstSequence: UInt64
    /// Where in the segment the last of the blocks ends.
    let end: Int
    /// Lengths and bodies.
    let raw: [UInt8]
    /// Where in ``raw`` the bodies are.
    private let bodies: [Range<UInt32>]

    var nextSequence: UInt64 { firstSequence + UInt64(bodies.count) }

    /// What it takes in memory, in bytes.
    var byteCount: Int { raw.count + bodies.count * MemoryLayout<Range<UInt32>>.size + 128 }

    /// Reads and decodes the link that begins at `entry`, up to `end`.
    init(_ segment: LogSegment, _ entry: LinkEntry, end: Int) throws(LogStorageError) {
        var raw: [UInt8] = []
        var bodies: [Range<UInt32>] = []
        var scanner = BlockScanner(segment, at: entry, firstPieceByteCount: end - entry.offset)
        while scanner.offset < end, let header = try scanner.next() {
            guard header.recordCount > 0 else { continue }
            let block = scanner.decoder.block
            let bytes = unsafe scanner.decoder.window.span.bytes.extracting(block)
            var next = 0
            for sequence in header.firstSequence..<header.nextSequence {
                guard let length = Varint.read(bytes, at: &next), length <= bytes.byteCount - next else {
                    throw segment.damage("Record \(sequence) has no valid length", at: header.offset)
                }
                bodies.append(UInt32(raw.count + next)..<UInt32(raw.count + next + length))
                next += length
            }
            raw += scanner.decoder.window[block]
        }
        firstSequence = entry.firstSequence
        self.end = end
        self.raw = raw
        self.bodies = bodies
    }

    /// Where in ``raw`` the body of `sequence` is, which must be one of the link's.
    func body(of sequence: UInt64) -> Range<Int> {
        let body = bodies[Int(sequence - firstSequence)]
        return Int(body.lowerBound)..<Int(body.upperBound)
    }
}
