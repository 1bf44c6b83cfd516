import EventSourcing

/// Checks and decodes the blocks of one segment forward.
///
/// Where each block stands alone, as in a packed segment, a block may be gone past without decoding it.
struct BlockScanner {
    let segment: LogSegment
    /// Where the next block begins.
    private(set) var offset: Int
    /// The first record of the next block.
    private(set) var sequence: UInt64
    private var window: FileWindow
    /// Where the block that was gone to last lies in ``stored``.
    private(set) var block = 0..<0
    /// Holds the raw bytes of the block that was decoded last.
    private(set) var decoder = LinkedDecoder()

    /// - Parameters:
    ///   - segment: What to read, up to its durable end.
    ///   - entry: The link to begin with; `nil` for the segment's first.
    ///   - firstPieceByteCount: How much to read at first.
    init(_ segment: LogSegment, at entry: LinkEntry? = nil, firstPieceByteCount: Int = 1 << 20) {
        self.segment = segment
        offset = entry?.offset ?? SegmentHeader.byteCount
        sequence = entry?.firstSequence ?? segment.header.firstSequence
        window = FileWindow(segment.file, firstPieceByteCount: firstPieceByteCount)
    }

    /// Holds the block that was gone to last, as it is stored.
    var stored: [UInt8] { window.bytes }

    /// Decodes the next block, and returns its header; `nil` at the end.
    mutating func next() throws(LogStorageError) -> BlockHeader? {
        guard let header = try advance() else { return nil }
        try decode(header)
        return header
    }

    /// Goes to the next block, checks its checksums and returns its header; `nil` at the end.
    mutating func advance() throws(LogStorageError) -> BlockHeader? {
        guard offset < segment.durableEnd else { return nil }
        let expected = BlockExpectation(sequence: sequence, previousChecksum: nil, recordedAt: .min)
        let result: Result<(header: BlockHeader, position: Int), BlockFault>
        do {
            result = try window.block(at: offset, end: segment.durableEnd, expecting: expected)
        } catch {
            throw LogStorageError(error)
        }
        guard case .success((let header, let position)) = result else {
            throw segment.damage("The block of record \(sequence) is not what was written", at: offset)
        }
        block = position..<position + header.extent
        sequence = header.nextSequence
        offset += header.extent
        return header
    }

    /// Decodes the block that ``advance()`` went to last; a linked one only after those before it.
    mutating func decode(_ header: BlockHeader) throws(LogStorageError) {
        guard header.recordCount > 0 else { return }
        let start = block.lowerBound + BlockHeader.byteCount
        guard decoder.decode(header, window.bytes, start..<start + header.storedByteCount) else {
            throw segment.damage(
                "The block of record \(header.firstSequence) cannot be decompressed",
                at: header.offset
            )
        }
    }

    /// Visits the records of the block that was decoded last.
    ///
    /// - Parameters:
    ///   - header: Its header.
    ///   - visit: Gets each record's sequence, where in the decoder's window it lies with its length, and its body; `false`
    ///     when it has enough.
    /// - Returns: `false` when the visitor had enough.
    /// - Throws: `damaged`, or what the visitor throws.
    @discardableResult
    func visitRecords(
        of header: BlockHeader,
        _ visit: (_ sequence: UInt64, _ whole: Range<Int>, _ body: RawSpan) throws -> Bool
    ) throws -> Bool {
        let block = decoder.block
        let raw = unsafe decoder.window.span.bytes.extracting(block)
        var next = 0
        for sequence in header.firstSequence..<header.nextSequence {
            let start = next
            guard let length = Varint.read(raw, at: &next), length <= raw.byteCount - next else {
                throw segment.damage("Record \(sequence) has no valid length", at: header.offset)
            }
            let body = raw.extracting(next..<next + length)
            next += length
            guard try visit(sequence, block.lowerBound + start..<block.lowerBound + next, body) else { return false }
        }
        return true
    }
}

extension LogSegment {
    func damage(_ what: String, at offset: Int) -> LogStorageError {
        LogStorageError(
            .damaged,
            "\(what); run 'patronctl verify' to see all that is damaged",
            path: path,
            offset: offset
        )
    }
}
