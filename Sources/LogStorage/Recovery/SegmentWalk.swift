import Crypto
import EventSourcing

/// One segment as a walk over its bytes found it.
struct WalkedSegment {
    var name: String
    var path: String
    var file: any File
    var byteCount: Int
    /// `nil` when it does not check.
    var header: SegmentHeader?
    /// Where the blocks end.
    var blocksEnd = SegmentHeader.byteCount
    /// Where the last valid block begins; `nil` when there is none.
    var lastBlockOffset: Int?
    var expected: BlockExpectation
    /// The latest time of a record up to here.
    var lastRecordedAt: Int64 = .min
    var tally = SegmentTally()
    /// Over all before ``blocksEnd``, when the walk was asked for it and nothing is damaged.
    var digest: SHA256?
    /// Of the chunks of the Merkle tree that end before ``blocksEnd``; `nil` when they cannot be known.
    var nodes: [MerkleHash]?
    /// Whether the blocks were read, not the footer alone.
    var wasRead = true
    /// Whether a block in the middle did not check.
    var isDamaged = false
    /// What lies behind the blocks.
    var tail: Tail = .clean

    /// What the next segment's header must name as the checksum before it.
    var chainChecksum: UInt32? { header?.origin?.lastChecksum ?? expected.previousChecksum }

    /// What the next segment's header must name as the digest before it; `nil` when the walk was not asked for it.
    var chainDigest: [UInt8]? { header?.origin?.digest ?? digest?.bytes }

    var isPacked: Bool { header?.isPacked ?? false }

    enum Tail: Hashable {
        /// Zeroes, or nothing.
        case clean
        case footer
        /// A footer that was being written.
        case interruptedFooter
        case rottenFooter(offset: Int)
        case torn(byteCount: Int)
        case damaged
    }
}

/// The counts a walk gathers.
struct SegmentTally {
    var statistics = LogStatistics()
    var entries: [SegmentFooter.Entry] = []
    var lastBlockHoldsRecords = false

    mutating func add(_ header: BlockHeader) {
        statistics.add(header)
        lastBlockHoldsRecords = header.recordCount > 0
        guard header.recordCount > 0 else { return }
        if header.restartsLink {
            entries.append(
                SegmentFooter.Entry(
                    firstSequence: header.firstSequence,
                    offset: header.offset,
                    firstRecordedAt: header.firstRecordedAt,
                    lastRecordedAt: header.lastRecordedAt
                )
            )
        } else if !entries.isEmpty {
            entries[entries.count - 1].lastRecordedAt = header.lastRecordedAt
        }
    }
}

/// How thorough a walk is.
struct WalkDepth {
    /// Whether a sealed segment's footer is believed where the next segment agrees with it, and the blocks are not read.
    var trustsFooters = false
    /// Whether every segment's digest is computed, not only the last one's.
    var digests = false
    /// Whether to look for more behind the first damage.
    var goesOnBehindDamage = false
}

/// Reads one segment from its header to its end, checking everything.
struct SegmentWalk {
    let depth: WalkDepth
    /// The first record of the segment that follows, by its name; `nil` in the last.
    let nextFirstSequence: UInt64?
    private(set) var segment: WalkedSegment
    private(set) var findings: [LogFinding] = []
    private(set) var trees: TreeWalk
    private var window: FileWindow
    private var decoder = LinkedDecoder()

    init(_ segment: WalkedSegment, nextFirstSequence: UInt64?, depth: WalkDepth, trees: TreeWalk) {
        self.trees = trees
        self.depth = depth
        self.nextFirstSequence = nextFirstSequence
        self.segment = segment
        window = FileWindow(segment.file)
    }

    private var isLast: Bool { nextFirstSequence == nil }

    /// Walks the blocks; the header has been checked.
    ///
    /// - Parameter goesOn: Asked after each block, with its bytes; `false` ends the walk.
    /// - Returns: `false` when the walk was ended before the segment was.
    /// - Throws: `FileError` when the segment cannot be read.
    @discardableResult
    mutating func run(_ goesOn: (Int) -> Bool = { _ in true }) throws(FileError) -> Bool {
        if depth.digests || isLast { segment.digest = try headerDigest() }
        var offset = SegmentHeader.byteCount
        while true {
            switch try window.block(at: offset, end: segment.byteCount, expecting: segment.expected) {
            case .success((let header, let position)):
                take(header, position)
                offset += header.extent
                guard goesOn(header.extent) else { return false }
            case .failure(let fault):
                if !segment.isDamaged { endBlocks(at: offset) }
                guard let next = try judge(fault, at: offset) else { return true }
                offset = next
            }
        }
    }

    private mutating func endBlocks(at offset: Int) {
        segment.blocksEnd = offset
        segment.nodes = trees.nodes(from: segment.header?.firstSequence ?? 1, to: segment.expected.sequence)
    }

    private func headerDigest() throws(FileError) -> SHA256 {
        var digest = SHA256()
        digest.update(try segment.file.read(SegmentHeader.byteCount, at: 0))
        return digest
    }

    private mutating func take(_ header: BlockHeader, _ position: Int) {
        let block = position..<position + header.extent
        if header.firstRecordedAt < segment.expected.recordedAt || header.lastRecordedAt < header.firstRecordedAt {
            find(.time, at: header.offset, byteCount: header.extent, header, "The times of these records go back.")
        }
        if header.recordCount > 0, !decodes(header, position) {
            trees.stop()
            find(
                .rotten,
                at: header.offset,
                byteCount: header.extent,
                header,
                "The checksum is right, but the records cannot be unpacked: a defect of the writer, please report it."
            )
        }
        // Blocks packed from one block have its times, all of them.
        segment.expected = BlockExpectation(
            sequence: header.nextSequence,
            previousChecksum: header.checksum,
            recordedAt: segment.isPacked ? header.firstRecordedAt : header.lastRecordedAt
        )
        segment.lastRecordedAt = max(segment.lastRecordedAt, header.lastRecordedAt)
        // What comes behind damage is checked, but is not part of the intact log.
        guard !segment.isDamaged else { return }
        segment.digest?.update(window.bytes, block)
        segment.lastBlockOffset = header.offset
        segment.tally.add(header)
    }

    /// Decompresses a block and adds its records to the tree; `false` when they are not what the header says.
    private mutating func decodes(_ header: BlockHeader, _ position: Int) -> Bool {
        let payload = position + BlockHeader.byteCount..<position + BlockHeader.byteCount + header.storedByteCount
        guard decoder.decode(header, window.bytes, payload) else { return segment.isDamaged }
        // A second reference, because the tree is changed while the bytes are looked at.
        let decoded = decoder
        let raw = unsafe decoded.window.span.bytes.extracting(decoded.block)
        var next = 0
        for _ in 0..<header.recordCount {
            guard let length = Varint.read(raw, at: &next), length <= raw.byteCount - next else {
                return segment.isDamaged
            }
            trees.add(raw.extracting(next..<next + length))
            next += length
        }
        return next == raw.byteCount || segment.isDamaged
    }

    private mutating func find(
        _ kind: LogFinding.Kind,
        at offset: Int,
        byteCount: Int?,
        _ header: BlockHeader,
        _ meaning: String
    ) {
        findings.append(
            LogFinding(
                segment: segment.name,
                offset: offset,
                byteCount: byteCount,
                firstSequence: SequenceNumber(header.firstSequence),
                lastSequence: SequenceNumber(header.nextSequence - 1),
                kind: kind,
                meaning: meaning
            )
        )
    }
}

// MARK: - Behind the last block that checks

extension SegmentWalk {
    /// Judges what is not the next block, and returns where to go on behind damage; `nil` to stop.
    private mutating func judge(_ fault: BlockFault, at offset: Int) throws(FileError) -> Int? {
        let rest = max(0, segment.byteCount - offset)
        let tail = try segment.file.read(rest, at: offset)
        if try judgeEnd(tail, at: offset) { return nil }
        var kind: LogFinding.Kind = .rotten
        // A packed segment was whole before it got its name.
        if isLast, !segment.isDamaged, !segment.isPacked {
            switch TailRecovery.classify(tail, at: offset, expecting: segment.expected) {
            case .clean: return nil
            case .torn(let byteCount):
                segment.tail = .torn(byteCount: byteCount)
                return nil
            case .damaged(let verdict): kind = verdict
            }
        }
        if case .misplaced = fault { kind = .brokenChain }
        if case .cutOff = fault { kind = .missing }
        segment.tail = .damaged
        segment.digest = nil
        let next = TailRecovery.firstValidHeader(in: tail, at: offset, from: resumption(after: fault, at: offset))
        report(kind, at: offset, tail, next)
        segment.isDamaged = true
        trees.stop()
        guard depth.goesOnBehindDamage, let next else { return nil }
        segment.expected = BlockExpectation(
            sequence: next.header.firstSequence,
            previousChecksum: nil,
            recordedAt: .min
        )
        return offset + next.position
    }

    private func resumption(after fault: BlockFault, at offset: Int) -> Int {
        // A misplaced block is whole: what follows it may follow on it.
        if case .misplaced(let header) = fault, header.offset == offset { return 0 }
        return Format.alignment
    }

    /// Whether the blocks simply end here: zeroes, or a footer in whatever state.
    private mutating func judgeEnd(_ tail: [UInt8], at offset: Int) throws(FileError) -> Bool {
        let usedEnd = unsafe Checksum.nonzeroEnd(tail.span.bytes)
        if usedEnd == 0 {
            if segment.isPacked { segment.tail = .rottenFooter(offset: offset) }
            return true
        }
        let magic = tail.count >= 4 ? tail.number(at: 0, as: UInt32.self) : 0
        // Behind damage the footer cannot be foretold, so only its place is checked.
        if segment.isDamaged { return magic == Format.footerMagic }
        // In the last segment there is no footer yet; one that is there means that later segments are gone.
        guard
            nextFirstSequence.map({ $0 == segment.expected.sequence && magic != Format.blockMagic })
                ?? (magic == Format.footerMagic)
        else { return false }
        segment.tail = Self.compare(tail, usedEnd, with: try expectedFooter(tail), at: offset)
        if segment.isPacked, segment.tail == .interruptedFooter { segment.tail = .rottenFooter(offset: offset) }
        return true
    }

    /// What the footer in `tail` must be, byte for byte, given the headers and the blocks.
    private func expectedFooter(_ tail: [UInt8]) throws(FileError) -> SegmentFooter {
        var digest = segment.digest
        if digest == nil {
            var hash = try headerDigest()
            var offset = SegmentHeader.byteCount
            while offset < segment.blocksEnd {
                let piece = try segment.file.read(min(1 << 20, segment.blocksEnd - offset), at: offset)
                guard !piece.isEmpty else { break }
                hash.update(piece)
                offset += piece.count
            }
            digest = hash
        }
        var footer = segment.footer(digest: digest?.bytes ?? [])
        if segment.nodes == nil {
            let count = MerkleTree.chunkCount(from: footer.firstSequence, to: footer.nextSequence)
            footer.nodes = footer.nodes(in: tail, count: count) ?? []
        }
        return footer
    }

    /// Judges what stands behind the blocks of a segment that is not the last, given the footer that should.
    static func compare(
        _ tail: [UInt8],
        _ usedEnd: Int,
        with footer: SegmentFooter,
        at offset: Int
    ) -> WalkedSegment.Tail {
        let tailNow = compare(tail, usedEnd, with: footer.encode(), at: offset)
        guard case .rottenFooter = tailNow else { return tailNow }
        let tailThen = compare(tail, usedEnd, with: footer.encode(version: 1), at: offset)
        if case .rottenFooter = tailThen { return tailNow }
        return tailThen
    }

    private static func compare(
        _ tail: [UInt8],
        _ usedEnd: Int,
        with expected: [UInt8],
        at offset: Int
    ) -> WalkedSegment.Tail {
        if tail.count == expected.count, tail == expected { return .footer }
        guard usedEnd <= expected.count else { return .rottenFooter(offset: offset + expected.count) }
        // Each sector is as it must be, or still zero or not there: no one flipped bit makes a footer's sector zero.
        for piece in SectorPieces(count: min(tail.count, expected.count), at: offset) {
            let isZero = unsafe Checksum.isZero(tail.span.bytes.extracting(piece))
            guard isZero || tail[piece] == expected[piece] else {
                return .rottenFooter(offset: offset + piece.lowerBound)
            }
        }
        return .interruptedFooter
    }

    private mutating func report(
        _ kind: LogFinding.Kind,
        at offset: Int,
        _ tail: [UInt8],
        _ next: (position: Int, header: BlockHeader)?
    ) {
        let first = SequenceNumber(segment.expected.sequence)
        let usedEnd = unsafe Checksum.nonzeroEnd(tail.span.bytes)
        let last = next.flatMap {
            $0.header.firstSequence > first.value ? SequenceNumber($0.header.firstSequence - 1) : nil
        }
        findings.append(
            LogFinding(
                segment: segment.name,
                offset: offset,
                byteCount: next.map(\.position) ?? usedEnd,
                firstSequence: kind == .stray ? nil : first,
                lastSequence: last,
                kind: kind,
                meaning: kind.meaning
            )
        )
    }
}

extension WalkedSegment {
    func footer(digest: [UInt8]) -> SegmentFooter {
        SegmentFooter(
            firstSequence: header?.firstSequence ?? 0,
            nextSequence: expected.sequence,
            firstRecordedAt: tally.statistics.firstAt?.microseconds ?? 0,
            lastRecordedAt: tally.statistics.lastAt?.microseconds ?? 0,
            offset: blocksEnd,
            blockCount: tally.statistics.blocks,
            lastChecksum: expected.previousChecksum ?? 0,
            rawByteCount: tally.statistics.rawBytes,
            digest: digest,
            entries: tally.entries,
            nodes: nodes ?? []
        )
    }
}

extension LogFinding.Kind {
    /// What a finding of this kind means, and what to do.
    var meaning: String {
        let restore = """
            'patronctl repair --dry-run' says what can be rebuilt; restore the rest from a backup. Until then the log only \
            reads, up to the record before.
            """
        return switch self {
        case .tornTail:
            "The rest of a write that was interrupted before it was acknowledged; the next start sets it aside."
        case .inFlight: "A running writer has not finished this write; nothing is wrong."
        case .rotten: "The bytes changed after they were written. \(restore)"
        case .brokenChain:
            "This does not follow what stands before it: something between was lost or swapped. \(restore)"
        case .missing: "What should be here is not there. \(restore)"
        case .foreign: "This belongs to another log. Move it out of the directory, and put the right file there."
        case .newerFormat: "A newer version wrote this segment: use that version."
        case .stray:
            "Bytes in unused room that no interrupted write explains; no record is lost. Copy the segment aside and check the disk."
        case .footer:
            "The footer does not say what the segment holds; no record is lost. Copy the segment aside and check the disk."
        case .time: "The times of records go back."
        case .parity: "No record is lost; the next start writes the parity file anew, and so does 'patronctl repair'."
        case .tampered:
            "The records are not those that were signed: history was changed. Restore the log from a backup, and find out who could write here."
        case .checkpoint:
            "The checkpoint is not one that this log signed, or not any more; no record is lost. Copy it aside."
        }
    }
}
