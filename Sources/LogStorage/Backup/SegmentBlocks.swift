import EventSourcing

/// The blocks of a segment in a backup, one after another, decoded.
struct SegmentBlocks {
    let header: SegmentHeader
    private let file: StorageFile
    private let byteCount: Int
    private let what: String
    private var window: FileWindow
    private var decoder = LinkedDecoder()
    private var offset = SegmentHeader.byteCount
    private var expected: BlockExpectation

    init(_ segment: BackupManifest.Segment, _ target: BackupTarget) throws(LogStorageError) {
        let file = try target.openFile(segment.sha256, segment.byteCount, segment.description)
        do {
            try self.init(segment, file)
        } catch {
            file.close()
            throw error
        }
    }

    /// The blocks in a file that is open.
    init(_ segment: BackupManifest.Segment, _ file: StorageFile) throws(LogStorageError) {
        what = segment.description
        self.file = file
        let bytes = try file.read(SegmentHeader.byteCount, at: 0)
        do {
            header = try unsafe SegmentHeader(bytes.span.bytes)
        } catch {
            if case .newer = error {
                throw LogStorageError(.newerFormat, LogFinding.Kind.newerFormat.meaning, path: file.path)
            }
            throw BackupTarget.rotten(file.path, what)
        }
        byteCount = segment.byteCount
        window = FileWindow(file.file)
        expected = BlockExpectation(
            sequence: segment.firstSequence.value,
            previousChecksum: nil,
            recordedAt: .min
        )
    }

    func close() { file.close() }

    /// The next block; `nil` behind the last one.
    mutating func next() throws(LogStorageError) -> BlockHeader? {
        guard offset < byteCount else { return nil }
        let result: Result<(header: BlockHeader, position: Int), BlockFault>
        do {
            result = try window.block(at: offset, end: byteCount, expecting: expected)
        } catch {
            throw LogStorageError(error)
        }
        guard case .success((let header, let position)) = result else {
            let magic = try file.read(4, at: offset)
            if magic.count == 4, magic.number(at: 0, as: UInt32.self) == Format.footerMagic { return nil }
            throw BackupTarget.rotten(file.path, what)
        }
        if header.recordCount > 0 {
            let payload = position + BlockHeader.byteCount..<position + BlockHeader.byteCount + header.storedByteCount
            guard decoder.decode(header, window.bytes, payload) else { throw BackupTarget.rotten(file.path, what) }
        }
        offset += header.extent
        expected = BlockExpectation(
            sequence: header.nextSequence,
            previousChecksum: header.checksum,
            recordedAt: header.lastRecordedAt
        )
        return header
    }

    /// The bodies of the block that ``next()`` gave last.
    func records(of header: BlockHeader) throws(LogStorageError) -> [[UInt8]] {
        var bodies: [[UInt8]] = []
        try visitRecords(of: header) { (_, body) in bodies.append(unsafe body.withUnsafeBytes { unsafe Array($0) }) }
        return bodies
    }

    /// Visits the records of the block that ``next()`` gave last: the sequence and the body of each.
    func visitRecords(
        of header: BlockHeader,
        _ visit: (UInt64, RawSpan) -> Void
    ) throws(LogStorageError) {
        let raw = unsafe decoder.window.span.bytes.extracting(decoder.block)
        var next = 0
        for sequence in header.firstSequence..<header.nextSequence {
            guard let length = Varint.read(raw, at: &next), length <= raw.byteCount - next else {
                throw BackupTarget.rotten(file.path, what)
            }
            visit(sequence, raw.extracting(next..<next + length))
            next += length
        }
    }

    /// When a record was recorded, as the caller reads it.
    func time(of body: [UInt8], _ recordedAt: (RawSpan) -> Timestamp?) throws(LogStorageError) -> Timestamp {
        if let time = unsafe recordedAt(body.span.bytes) { return time }
        throw LogStorageError(.damaged, "One of \(what) cannot be read as an event", path: file.path)
    }

    /// A block in the place of the one that ``next()`` gave last, with its records up to `last` only.
    func shortened(
        _ header: BlockHeader,
        through last: SequenceNumber,
        _ recordedAt: (RawSpan) -> Timestamp?
    ) throws(LogStorageError) -> [UInt8] {
        let bodies = try records(of: header).prefix(Int(last.value - header.firstSequence) + 1)
        let lastTime = try time(of: bodies.last ?? [], recordedAt)
        var batch = RecordBatch(recordedAt: lastTime)
        for body in bodies { batch.appendRecord { $0 += body } }
        let rawByteCount = RecordPacker.rawByteCount(batch)
        var options = LogOptions()
        options.blockByteLimit = max(rawByteCount, 64)
        var builder = BlockBuilder(options: options)
        let commit = Commit(
            batches: [StagedBatch(batch: batch, rawByteCount: rawByteCount, recordedAt: 0, reserve: 0)],
            rawByteCount: rawByteCount,
            firstSequence: header.firstSequence,
            recordCount: bodies.count,
            firstRecordedAt: header.firstRecordedAt,
            lastRecordedAt: max(header.firstRecordedAt, min(header.lastRecordedAt, lastTime.microseconds)),
            reserve: 0,
            needsRoll: false
        )
        let block = builder.build(commit, at: header.offset, after: header.previousChecksum)
        return Array(builder.bytes[..<block.extent])
    }
}
