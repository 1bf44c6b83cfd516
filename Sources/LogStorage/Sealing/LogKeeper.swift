import Crypto
import EventSourcing

/// Checks what opening did not read, and packs sealed segments, one after another, on a thread that steps back for all others.
///
/// What fails here never fails the log: the segment stays as it was. But for the sync of the directory, an error of which
/// may be that of a name that the writer needs.
struct LogKeeper {
    let core: LogCore
    private var byteCountSinceRest = 0
    /// Whether what is read counts for the progress of verification.
    var isVerifying = false

    init(core: LogCore) {
        self.core = core
    }

    /// Works until the log is closed or fails.
    mutating func run() {
        Threads.lowerPriority()
        while true {
            let retry = work()
            switch core.withState({ $0.keeperRest(waits: retry != nil) }) {
            case .stop: return
            case .workOn: break
            case .sleep:
                if !core.sleepKeeper(retry) { core.withState { $0.keeping.sleeps = false } }
            }
        }
    }

    /// Does all there is to do; returns when to try again when the disk is too full.
    mutating func work() -> Duration? {
        while true {
            switch core.withState({ $0.nextKeepingStep }) {
            case .nothing: return nil
            case .verify(let segment, let next): verify(segment, next: next)
            case .pack(let segment, let next):
                switch pack(segment, next: next, transform: nil) {
                case .replaced, .stopped: break
                case .kept: core.withState { _ = $0.keeping.settled.insert(segment.header.firstSequence) }
                case .full: return Self.fullRetryDelay
                }
            }
            guard core.withState({ $0.phase == .open }) else { return nil }
        }
    }

    /// Packing leaves so many segments' room on the disk.
    private static let spareSegmentCount = 4
    private static let fullRetryDelay: Duration = .seconds(60)
    /// Packed blocks must be smaller by this part of what they were, or they are not worth the writing.
    static let leastGain = 1.0 / 16

    /// What came of packing a segment.
    enum Outcome: Sendable {
        case replaced
        /// The segment stays: packing gains too little, or something is wrong with it.
        case kept
        /// The disk is too full.
        case full
        /// The log was closed or failed meanwhile.
        case stopped
    }

    /// Packs one segment, and puts the result in its place.
    ///
    /// - Parameters:
    ///   - source: A sealed segment.
    ///   - next: The header of the segment after it.
    ///   - transform: Which records to change; with one, the result counts even when it is larger.
    /// - Returns: What became of the segment.
    mutating func pack(_ source: LogSegment, next: SegmentHeader, transform: RecordTransformation?) -> Outcome {
        let path = Paths.join(core.directory, SegmentName.packed)
        do {
            try? removeIfThere(path)
            guard try isRoom(for: source.durableEnd) else { return .full }
            guard let origin = try origin(of: source, next: next) else { return .kept }
            let file = try core.fileSystem.open(path, .create)
            guard let packed = try write(source, origin, file, path, transform) else {
                try? removeIfThere(path)
                return core.withState { $0.phase == .open } ? .kept : .stopped
            }
            return try swap(source, packed, path)
        } catch {
            try? removeIfThere(path)
            let isFull = (error as? FileError)?.isStorageFull ?? (error as? LogStorageError)?.isStorageFull ?? false
            return isFull ? .full : .kept
        }
    }

    private func removeIfThere(_ path: String) throws(FileError) {
        do { try core.fileSystem.remove(path) } catch { if !error.isNotFound { throw error } }
    }

    /// Whether the disk stays far from full: the writer's room comes first.
    private func isRoom(for byteCount: Int) throws(FileError) -> Bool {
        let free = try core.fileSystem.freeByteCount(at: core.directory)
        return free - byteCount > Self.spareSegmentCount * core.options.segmentByteCount
    }

    /// Checks all of a segment, and gives what the next one knows it by; `nil` when it is not what it was.
    private mutating func origin(of source: LogSegment, next: SegmentHeader) throws -> SegmentHeader.Origin? {
        guard let walked = try walk(source, nextFirstSequence: next.firstSequence), walked.findings.isEmpty,
            let checksum = walked.segment.chainChecksum, let digest = walked.segment.chainDigest,
            checksum == next.previousChecksum, digest == next.previousDigest
        else { return nil }
        return SegmentHeader.Origin(lastChecksum: checksum, digest: digest)
    }

    /// Checks every byte of a sealed segment; `nil` when the log was closed meanwhile.
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

    /// Writes the packed file and reads it back; `nil` when it gains too little, or the log was closed.
    private mutating func write(
        _ source: LogSegment,
        _ origin: SegmentHeader.Origin,
        _ file: any File,
        _ path: String,
        _ transform: RecordTransformation?
    ) throws -> PackedSegment? {
        var packer = try SegmentPacker(source.header, origin: origin, into: file, path: path, transform: transform)
        var scanner = BlockScanner(source)
        let blocks = Double(source.durableEnd - SegmentHeader.byteCount)
        let least = SegmentHeader.byteCount + Int(blocks * (1 - Self.leastGain))
        let limit = transform == nil ? least : Format.segmentByteLimit
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
        guard let walked = try walk(segment, nextFirstSequence: footer.nextSequence), walked.findings.isEmpty else {
            return nil
        }
        var records = SHA256()
        var check = BlockScanner(segment)
        while try check.next() != nil { records.update(check.decoder.window, check.decoder.block) }
        guard records.bytes == packer.records.bytes, footer.nextSequence == scanner.sequence else {
            return nil
        }
        return PackedSegment(segment: segment, entries: footer.entries)
    }

    /// Gives the packed file the segment's name, and puts it in the log's state.
    private func swap(_ source: LogSegment, _ packed: PackedSegment, _ path: String) throws(FileError) -> Outcome {
        // An earlier file of this name may still be the one that the directory on the disk names.
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

    /// Whether to go on after some bytes were read, written or compressed.
    ///
    /// Where commits are under way, it first steps back for a moment.
    private mutating func goesOn(after byteCount: Int) -> Bool {
        let (isOpen, isBusy) = core.withState { state in
            if isVerifying { state.keeping.verification.progress.byteCount += byteCount }
            return (state.phase == .open, state.head.durable < state.head.appended)
        }
        byteCountSinceRest += byteCount
        guard isOpen, byteCountSinceRest >= Self.restInterval else { return isOpen }
        byteCountSinceRest = 0
        if isBusy, !core.options.runsByHand { _ = core.sleepKeeper(Self.restDuration) }
        return true
    }

    private static let restInterval = 256 << 10
    private static let restDuration: Duration = .milliseconds(2)
}
