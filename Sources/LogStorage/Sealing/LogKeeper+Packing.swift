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

    /// Packs one segment, and puts the result in its place.
    ///
    /// - Parameters:
    ///   - source: A sealed segment.
    ///   - next: The header of the segment after it.
    ///   - redaction: Which records to change; with one, the result counts even when it gains nothing.
    /// - Returns: What became of the segment.
    mutating func pack(_ source: LogSegment, next: SegmentHeader, redaction: RecordRedaction?) -> Outcome {
        let path = Paths.join(core.directory, SegmentName.packed)
        do {
            try? removeIfThere(path)
            guard try isRoom(for: source.durableEnd) else { return .full }
            guard let origin = try origin(of: source, next: next) else { return .stopped }
            let file = try core.fileSystem.open(path, .create)
            guard let packed = try write(source, origin, file, path, redaction) else {
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

    /// Checks all of a segment, and gives what the next one knows it by; `nil` when the work was stopped.
    private mutating func origin(of source: LogSegment, next: SegmentHeader) throws -> SegmentHeader.Origin? {
        guard let walked = try walk(source, nextFirstSequence: next.firstSequence) else { return nil }
        if let finding = walked.findings.first { throw Obstacle(reason: "\(finding)") }
        guard let checksum = walked.segment.chainChecksum, let digest = walked.segment.chainDigest,
            checksum == next.previousChecksum, digest == next.previousDigest
        else { throw Obstacle(reason: "The segment after it was written after another one.") }
        return SegmentHeader.Origin(lastChecksum: checksum, digest: digest)
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
        _ origin: SegmentHeader.Origin,
        _ file: any File,
        _ path: String,
        _ redaction: RecordRedaction?
    ) throws -> PackedSegment? {
        var packer = try SegmentPacker(source.header, origin: origin, into: file, path: path, redaction: redaction)
        var scanner = BlockScanner(source)
        let limit = redaction == nil ? Self.limit(for: source) : Format.segmentByteLimit
        while let header = try scanner.next() {
            try packer.add(header, from: scanner)
            guard goesOn(after: header.extent), packer.target.offset <= limit else { return nil }
        }
        let nodes = core.tree.snapshot.nodes(from: source.header.firstSequence, to: scanner.sequence)
        let footer = try packer.finish(nodes: nodes ?? [])
        guard footer.offset <= limit else { return nil }
        let target = packer.target
        let segment = LogSegment(
            file: target.file,
            path: source.path,
            header: target.header,
            durableEnd: footer.offset,
            blockCount: footer.blockCount,
            rawByteCount: footer.rawByteCount
        )
        guard let walked = try walk(segment, nextFirstSequence: footer.nextSequence) else { return nil }
        if let finding = walked.findings.first { throw Obstacle(reason: "Read back, it is wrong: \(finding)") }
        var records = SHA256()
        var check = BlockScanner(segment)
        while try check.next() != nil { records.update(check.decoder.window, check.decoder.block) }
        guard records.bytes == packer.records.bytes, footer.nextSequence == scanner.sequence else {
            throw Obstacle(reason: "Read back, it does not hold the same records.")
        }
        return PackedSegment(segment: segment, entries: footer.entries)
    }

    /// Up to where the blocks of a packed segment may reach for it to be worth the writing.
    static func limit(for source: LogSegment) -> Int {
        let blocks = Double(source.durableEnd - SegmentHeader.byteCount)
        return SegmentHeader.byteCount + Int(blocks * (1 - leastGain))
    }

    /// Gives the packed file the segment's name, and puts it in the log's state.
    private func swap(_ source: LogSegment, _ packed: PackedSegment, _ path: String) throws(FileError) -> Outcome {
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
        core.withState { $0.replace(source, with: packed) }
        return .replaced
    }
}
