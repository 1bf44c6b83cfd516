import Crypto
import EventSourcing

extension LogKeeper {
    /// Packing leaves so many segments' room on the disk.
    private static let spareSegmentCount = 4
    /// Packed blocks must be smaller by this part of what they were, or they are not worth the writing.
    static let leastGain = 1.0 / 16

    /// What came of packing a segment.
    enum Outcome: Hashable, Sendable {
        case replaced
        /// The segment stays, because packing gains too little.
        case kept
        /// The segment stays, because something is wrong with it, or with what was made of it.
        case failed(reason: String)
        /// The disk is too full.
        case full
        /// The log was closed or failed meanwhile, or who asked for it went away.
        case stopped
    }

    /// Why a segment cannot be packed.
    private struct Obstacle: Error {
        var reason: String
    }

    /// What the bytes of a sealed segment must turn out to be while they are read.
    private struct Promise {
        /// What the segment after it knows it by.
        var origin: SegmentHeader.Origin
        /// SHA-256 of the bytes before the footer.
        var digest: [UInt8]
    }

    /// Packs one segment, and puts the result in its place.
    ///
    /// - Parameters:
    ///   - source: A sealed segment.
    ///   - next: The header of the segment after it.
    ///   - changes: Which records to change; with any, the result counts even when it gains nothing.
    /// - Returns: What became of the segment.
    mutating func pack(_ source: LogSegment, next: SegmentHeader, changes: SegmentChanges?) -> Outcome {
        let path = Paths.join(core.directory, SegmentName.packed)
        do {
            try? removeIfThere(path)
            guard try isRoom(for: source.durableEnd) else { return .full }
            guard let promise = try promise(of: source, next: next) else { return .stopped }
            let file = try core.fileSystem.open(path, .create)
            guard let packed = try write(source, promise, file, path, changes) else {
                try? removeIfThere(path)
                return isWanted ? .kept : .stopped
            }
            return try swap(source, packed, path)
        } catch {
            try? removeIfThere(path)
            let isFull = (error as? FileError)?.isStorageFull ?? (error as? LogStorageError)?.isStorageFull ?? false
            return isFull ? .full : .failed(reason: (error as? Obstacle)?.reason ?? "\(error)")
        }
    }

    func removeIfThere(_ path: String) throws(FileError) {
        do { try core.fileSystem.remove(path) } catch { if !error.isNotFound { throw error } }
    }

    /// Whether the disk stays far from full: the writer's room comes first.
    func isRoom(for byteCount: Int) throws(FileError) -> Bool {
        let free = try core.fileSystem.freeByteCount(at: core.directory)
        return free - byteCount > Self.spareSegmentCount * core.options.segmentByteCount
    }

    /// What its footer and its neighbour promise of a segment; `nil` when the work was stopped.
    ///
    /// Where they do not agree with one another and with the tree, all of the segment is checked.
    private mutating func promise(of source: LogSegment, next: SegmentHeader) throws -> Promise? {
        let name = Paths.lastComponent(source.path)
        if let finding = core.withState({ $0.keeping.verification.findings.first { $0.segment == name } }) {
            throw Obstacle(reason: "\(finding)")
        }
        let origin = SegmentHeader.Origin(lastChecksum: next.previousChecksum, digest: next.previousDigest)
        if let footer = try SegmentFooter(endOf: source.file, byteCount: try source.file.size()),
            footer.offset == source.durableEnd, footer.nextSequence == next.firstSequence,
            footer.nodes == nodes(of: source, before: next.firstSequence),
            origin == source.header.origin
                ?? SegmentHeader.Origin(lastChecksum: footer.lastChecksum, digest: footer.digest)
        {
            return Promise(origin: origin, digest: footer.digest)
        }
        guard let walked = try walk(source, nextFirstSequence: next.firstSequence) else { return nil }
        if let finding = walked.findings.first { throw Obstacle(reason: "\(finding)") }
        guard let digest = walked.segment.digest?.bytes, walked.segment.chainChecksum == origin.lastChecksum,
            walked.segment.chainDigest == origin.digest
        else { throw Obstacle(reason: "The segment after it was written after another one.") }
        return Promise(origin: origin, digest: digest)
    }

    /// The nodes of the Merkle tree that belong into a segment's footer, as the log knows them.
    private func nodes(of segment: LogSegment, before next: UInt64) -> [MerkleHash] {
        core.tree.snapshot.nodes(from: segment.header.firstSequence, to: next) ?? []
    }

    /// Checks every byte of a sealed segment; `nil` when the work was stopped.
    mutating func walk(
        _ segment: LogSegment,
        nextFirstSequence: UInt64
    ) throws -> (segment: WalkedSegment, findings: [LogFinding])? {
        let start = WalkedSegment(
            name: Paths.lastComponent(segment.path),
            path: segment.path,
            file: segment.file,
            byteCount: try segment.file.size(),
            header: segment.header,
            expected: BlockExpectation(
                sequence: segment.header.firstSequence,
                previousChecksum: segment.header.checksum,
                recordedAt: .min
            )
        )
        // Without the leaves before it, the node of the chunk that begins there is taken from the footer.
        let tree = try? core.tree(before: segment.header.firstSequence)
        let trees = tree.map { TreeWalk(behind: $0) } ?? .broken
        let depth = WalkDepth(digests: true)
        var walk = SegmentWalk(start, nextFirstSequence: nextFirstSequence, depth: depth, trees: trees)
        guard try walk.run({ goesOn(after: $0) }) else { return nil }
        var findings = walk.findings
        if findings.isEmpty, walk.segment.tail != .footer {
            let (offset, meaning) = (walk.segment.blocksEnd, LogFinding.Kind.footer.meaning)
            findings = [LogFinding(segment: start.name, offset: offset, kind: .footer, meaning: meaning)]
        }
        return (walk.segment, findings)
    }

    /// Writes the packed file and reads it back; `nil` when it gains too little, or the work was stopped.
    private mutating func write(
        _ source: LogSegment,
        _ promise: Promise,
        _ file: any File,
        _ path: String,
        _ changes: SegmentChanges?
    ) throws -> PackedSegment? {
        var packer = try SegmentPacker(
            source.header,
            origin: promise.origin,
            into: file,
            path: path,
            changes: changes,
            blockByteCount: core.options.packedBlockByteCount
        )
        var digest = try headerDigest(of: source)
        defer { reading = .nothing }
        var scanner = BlockScanner(source)
        let limit = changes == nil ? Self.limit(for: source) : Format.segmentByteLimit
        reading = .compaction
        while let header = try scanner.advance() {
            digest.update(scanner.stored, scanner.block)
            try packer.add(header, from: &scanner)
            guard goesOn(after: header.extent), packer.target.offset <= limit else { return nil }
        }
        reading = .nothing
        guard digest.bytes == promise.digest else {
            throw Obstacle(reason: "Its bytes are not those that were sealed; run 'patronctl verify'.")
        }
        let footer = try packer.finish(nodes: nodes(of: source, before: scanner.sequence))
        guard footer.offset <= limit else { return nil }
        let segment = LogSegment(
            file: file,
            path: source.path,
            header: packer.target.header,
            durableEnd: footer.offset,
            blockCount: footer.blockCount,
            rawByteCount: footer.rawByteCount
        )
        guard footer.nextSequence == scanner.sequence else {
            throw Obstacle(reason: "It does not hold the records that its blocks count.")
        }
        guard try holds(segment, footer, packer) else { return nil }
        return PackedSegment(segment: segment, entries: footer.entries)
    }

    /// Reads back what was written, all of it; `false` when the work was stopped.
    ///
    /// Then the file is what was made of the source's bytes, and its records are the source's, or husks with the same leaves:
    /// copied blocks have the payload, and the checksum of it, that the source had; all others decode to what was read.
    private mutating func holds(
        _ segment: LogSegment,
        _ footer: SegmentFooter,
        _ packer: SegmentPacker
    ) throws -> Bool {
        var digest = try headerDigest(of: segment)
        var records = SHA256()
        var checksum = segment.header.checksum
        var scanner = BlockScanner(segment)
        var isChained = true
        do {
            while let header = try scanner.advance() {
                isChained = isChained && header.previousChecksum == checksum
                checksum = header.checksum
                digest.update(scanner.stored, scanner.block)
                if !packer.copied.contains(header.offset) {
                    try scanner.decode(header)
                    records.update(scanner.decoder.window, scanner.decoder.block)
                }
                guard goesOn(after: header.extent) else { return false }
            }
        } catch {
            throw Obstacle(reason: "Read back, it is wrong: \(error)")
        }
        guard isChained, digest.bytes == footer.digest, records.bytes == packer.records.bytes,
            scanner.sequence == footer.nextSequence,
            try SegmentFooter(endOf: segment.file, byteCount: try segment.file.size()) == footer
        else { throw Obstacle(reason: "Read back, it is not what was written.") }
        return true
    }

    private func headerDigest(of segment: LogSegment) throws(FileError) -> SHA256 {
        var digest = SHA256()
        digest.update(try segment.file.read(SegmentHeader.byteCount, at: 0))
        return digest
    }

    /// Up to where the blocks of a packed segment may reach for it to be worth the writing.
    static func limit(for source: LogSegment) -> Int {
        let blocks = Double(source.durableEnd - SegmentHeader.byteCount)
        return SegmentHeader.byteCount + Int(blocks * (1 - leastGain))
    }

    /// Gives the packed file the segment's name, and puts it in the log's state.
    private func swap(_ source: LogSegment, _ packed: PackedSegment, _ path: String) throws(FileError) -> Outcome {
        let growth = try packed.segment.file.size() - source.file.size()
        // Parity says something of the bytes it was made of, which must be gone when the segment's are.
        try removeIfThere(Paths.join(core.directory, SegmentName.parity(of: Paths.lastComponent(source.path))))
        core.withState { _ = $0.keeping.protected.remove(source.header.firstSequence) }
        // Also, an earlier file with the packed one's name may still be the one that the directory on the disk names.
        try core.fileSystem.syncDirectory(core.directory)
        try core.fileSystem.rename(path, to: source.path)
        do {
            try core.fileSystem.syncDirectory(core.directory)
        } catch {
            core.fail(error)
            return .stopped
        }
        core.withState { $0.replace(source, with: packed, growth: growth) }
        return .replaced
    }
}
