import Crypto
public import EventSourcing

/// Says what remains of a record: gets its sequence and its body.
///
/// - Returns: A husk (see ``RecordLeaf``) that keeps the record's leaf; `nil` when the record stays as it is, byte for byte.
public typealias RecordRedaction = @Sendable (SequenceNumber, RawSpan) throws -> [UInt8]?

/// Writes the records of a sealed segment anew, into large blocks that stand alone.
///
/// A block takes as much from the blocks it is made of as it may hold. Its times are those of the first and of the last of
/// them; of two blocks from one, both have all its times.
struct SegmentPacker {
    /// The raw size of a packed block; a longer record has one of its own.
    static let blockByteCount = 128 << 10
    /// How much is written between two syncs.
    static let pieceByteCount = 1 << 20

    private let redaction: RecordRedaction?
    private let compressor = HighCompressor()
    /// The segment that is being written.
    private(set) var target: LogWriter.ActiveSegment
    /// The block that is being filled, but for what compression decides.
    private var block = BlockHeader()
    private var raw: [UInt8] = []
    private var stored: [UInt8] = []
    private var unsyncedByteCount = 0
    /// Over the lengths and bodies that the target must hold, as they were read from the source.
    private(set) var records = SHA256()

    /// Begins a packed segment in an empty file.
    ///
    /// - Parameters:
    ///   - source: The header of the segment that is packed.
    ///   - origin: What the segment after it knows it by.
    ///   - file: Where to write.
    ///   - path: The file's path.
    ///   - redaction: Which records to change; `nil` for none.
    /// - Throws: `FileError` when the file cannot be written.
    init(
        _ source: SegmentHeader,
        origin: SegmentHeader.Origin,
        into file: any File,
        path: String,
        redaction: RecordRedaction?
    ) throws(FileError) {
        var header = source
        header.version = Format.packedVersion
        header.leastReaderVersion = Format.packedVersion
        header.origin = origin
        let bytes = header.encode()
        try file.write(bytes, at: 0)
        target = LogWriter.ActiveSegment(file: file, path: path, header: header, headerBytes: bytes)
        self.redaction = redaction
    }

    /// Adds the records of the block that `scanner` gave last.
    ///
    /// - Throws: `LogStorageError`, `invalidArgument` for a redaction that would change a leaf; or what the redaction throws.
    mutating func add(_ header: BlockHeader, from scanner: BlockScanner) throws {
        guard header.recordCount > 0 else { return }
        if redaction == nil { records.update(scanner.decoder.window, scanner.decoder.block) }
        try scanner.visitRecords(of: header) { sequence, whole, body in
            if let redaction, let husk = try redaction(SequenceNumber(sequence), body) {
                guard RecordLeaf.huskHash(of: husk) == RecordLeaf.hash(body) else {
                    throw LogStorageError(.invalidArgument, "What shall remain of record \(sequence) has another leaf")
                }
                var record: [UInt8] = []
                Varint.append(husk.count, to: &record)
                try take(record + husk, sequence, header)
            } else {
                try take(scanner.decoder.window[whole], sequence, header)
            }
            return true
        }
    }

    /// Takes one record with its length.
    private mutating func take(
        _ record: some RandomAccessCollection<UInt8>,
        _ sequence: UInt64,
        _ source: BlockHeader
    ) throws(LogStorageError) {
        if raw.count + record.count > Self.blockByteCount { try writeBlock() }
        if raw.isEmpty {
            block = BlockHeader()
            block.firstSequence = sequence
            block.firstRecordedAt = source.firstRecordedAt
        }
        block.lastRecordedAt = source.lastRecordedAt
        block.recordCount += 1
        raw += record
    }

    private mutating func writeBlock() throws(LogStorageError) {
        guard !raw.isEmpty else { return }
        if redaction != nil { records.update(raw) }
        let bound = BlockHeader.extent(storedByteCount: LinkedCompressor.bound(rawByteCount: raw.count))
        if stored.count < bound { stored = .zeroes(bound) }
        block.rawByteCount = raw.count
        block.previousChecksum = target.lastChecksum
        block.offset = target.offset
        (block.codec, block.storedByteCount) = compressor.compress(raw, into: &stored, at: BlockHeader.byteCount)
        BlockBuilder.finish(&block, in: &stored)
        raw.removeAll(keepingCapacity: true)
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
