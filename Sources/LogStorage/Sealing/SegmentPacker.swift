import Crypto
import EventSourcing

/// Writes the records of a sealed segment anew, into large blocks that stand alone.
///
/// A block takes as much from the blocks it is made of as it may hold. Its times are those of the first and of the last of
/// them; of two blocks from one, both have all its times. A block of a segment that is packed already is copied as it is
/// stored, unless something in it is to change.
struct SegmentPacker {
    /// The raw size of a packed block; a longer record has one of its own.
    static let blockByteCount = 128 << 10
    /// How much is written between two syncs.
    static let pieceByteCount = 1 << 20
    /// A block of a lower part of the raw size is not copied: its records join those before them, so that what was changed
    /// again and again does not end as many small blocks.
    private static let leastCopiedPart = 8

    private let changes: SegmentChanges?
    private let blockByteCount: Int
    /// Whether the source's blocks stand alone.
    private let copies: Bool
    private let compressor = HighCompressor()
    /// The segment that is being written.
    private(set) var target: LogWriter.ActiveSegment
    /// The block that is being filled, but for what compression decides.
    private var block = BlockHeader()
    private var raw: [UInt8] = []
    private var stored: [UInt8] = []
    private var unsyncedByteCount = 0
    /// Where in the target the blocks begin that were copied.
    private(set) var copied: Set<Int> = []
    /// Over the lengths and bodies that all other blocks must hold: as they were read from the source, husks as they were
    /// made.
    private(set) var records = SHA256()

    /// Begins a packed segment in an empty file.
    ///
    /// - Parameters:
    ///   - source: The header of the segment that is packed.
    ///   - origin: What the segment after it knows it by.
    ///   - file: Where to write.
    ///   - path: The file's path.
    ///   - changes: Which records to change; `nil` for none.
    ///   - blockByteCount: The raw size of a block.
    /// - Throws: `FileError` when the file cannot be written.
    init(
        _ source: SegmentHeader,
        origin: SegmentHeader.Origin,
        into file: any File,
        path: String,
        changes: SegmentChanges?,
        blockByteCount: Int = blockByteCount
    ) throws(FileError) {
        var header = source
        header.version = Format.packedVersion
        header.leastReaderVersion = Format.packedVersion
        header.origin = origin
        let bytes = header.encode()
        try file.write(bytes, at: 0)
        target = LogWriter.ActiveSegment(file: file, path: path, header: header, headerBytes: bytes)
        copies = source.isPacked
        self.changes = changes
        self.blockByteCount = blockByteCount
    }

    /// Adds the records of the block that `scanner` went to last.
    ///
    /// - Throws: `LogStorageError`, `invalidArgument` for a redaction that would change a leaf; or what the redaction throws.
    mutating func add(_ header: BlockHeader, from scanner: inout BlockScanner) throws {
        guard header.recordCount > 0 else { return }
        let changes = changes.flatMap { $0.blocks.contains(header.offset) ? $0 : nil }
        if copies, changes == nil, try copy(header, from: scanner) { return }
        try scanner.decode(header)
        let window = scanner.decoder.window
        // Records that stay and lie side by side, which are not taken yet.
        var run = scanner.decoder.block.lowerBound..<scanner.decoder.block.lowerBound
        try scanner.visitRecords(of: header) { sequence, whole, body in
            let husk = try changes?.husk(sequence, body)
            if raw.count + run.count + (husk?.count ?? whole.count) > blockByteCount {
                take(window, run)
                run = whole.lowerBound..<whole.lowerBound
                try writeBlock()
            }
            if block.recordCount == 0 {
                block.firstSequence = sequence
                block.firstRecordedAt = header.firstRecordedAt
            }
            block.lastRecordedAt = header.lastRecordedAt
            block.recordCount += 1
            run = run.lowerBound..<whole.upperBound
            if let husk {
                take(window, run.lowerBound..<whole.lowerBound)
                take(husk, 0..<husk.count)
                run = whole.upperBound..<whole.upperBound
            }
            return true
        }
        take(window, run)
    }

    private mutating func take(_ bytes: [UInt8], _ range: Range<Int>) {
        records.update(bytes, range)
        raw += bytes[range]
    }

    /// Writes a block of the source as it is stored, with the header that belongs to its new place; `false` when it must be
    /// made anew.
    private mutating func copy(_ source: BlockHeader, from scanner: BlockScanner) throws(LogStorageError) -> Bool {
        guard source.restartsLink, source.rawByteCount >= blockByteCount / Self.leastCopiedPart else { return false }
        try writeBlock()
        var block = source
        block.previousChecksum = target.lastChecksum
        block.offset = target.offset
        makeRoom(block.extent)
        stored.replaceSubrange(0..<block.extent, with: scanner.stored[scanner.block])
        block.store(in: &stored, at: 0)
        stored.store(block.checksum, at: block.extent - 4)
        // At another place in its sectors, the payload may need another mask.
        guard PayloadMask.hasNoLostPiece(stored, 0..<block.extent, at: block.offset) else { return false }
        copied.insert(block.offset)
        try write(block)
        return true
    }

    private mutating func writeBlock() throws(LogStorageError) {
        guard block.recordCount > 0 else { return }
        makeRoom(BlockHeader.extent(storedByteCount: LinkedCompressor.bound(rawByteCount: raw.count)))
        block.rawByteCount = raw.count
        block.previousChecksum = target.lastChecksum
        block.offset = target.offset
        (block.codec, block.storedByteCount) = compressor.compress(raw, into: &stored, at: BlockHeader.byteCount)
        BlockBuilder.finish(&block, in: &stored)
        try write(block)
        block = BlockHeader()
        raw.removeAll(keepingCapacity: true)
    }

    private mutating func makeRoom(_ byteCount: Int) {
        if stored.count < byteCount { stored = .zeroes(byteCount) }
    }

    /// Writes the block that is in ``stored``.
    private mutating func write(_ block: BlockHeader) throws(LogStorageError) {
        do {
            try target.file.write(stored, 0..<block.extent, at: target.offset)
            target.digest.update(stored, 0..<block.extent)
            target.add(block)
            unsyncedByteCount += block.extent
            // A little at a time, so that no other sync has to wait for much.
            guard unsyncedByteCount >= Self.pieceByteCount else { return }
            try target.file.sync()
            unsyncedByteCount = 0
        } catch {
            throw LogStorageError(error)
        }
    }

    /// Writes the last block and the footer, and makes all durable.
    ///
    /// - Parameter nodes: The nodes of the Merkle tree that belong into the footer: packing changes no leaf.
    /// - Returns: The footer.
    /// - Throws: `LogStorageError` when the file cannot be written or a record cannot be encoded.
    mutating func finish(nodes: [MerkleHash]) throws(LogStorageError) -> SegmentFooter {
        try writeBlock()
        var footer = target.footer
        footer.nodes = nodes
        do {
            try target.file.write(footer.encode(), at: footer.offset)
            try target.file.sync()
        } catch {
            throw LogStorageError(error)
        }
        return footer
    }
}
