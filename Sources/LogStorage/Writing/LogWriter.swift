import Crypto
import EventSourcing

/// The one writer of a log: takes what is staged, writes one block, syncs, publishes; on a thread of its own.
struct LogWriter {
    private let core: LogCore
    private var builder: BlockBuilder
    private var active: ActiveSegment
    private var preparer: LogPreparer?

    /// What the writer knows of the segment it writes.
    struct ActiveSegment: Sendable {
        var file: any File
        var path: String
        var header: SegmentHeader
        /// Where the next block goes.
        var offset: Int
        /// The checksum the next block names as the one before it.
        var lastChecksum: UInt32
        var blockCount: Int
        var rawByteCount: Int
        var firstRecordedAt: Int64
        var lastRecordedAt: Int64
        var nextSequence: UInt64
        var entries: [SegmentFooter.Entry]
        /// Over all bytes before ``offset``.
        var digest: SHA256
    }

    init(core: LogCore, active: ActiveSegment) {
        self.core = core
        self.active = active
        builder = BlockBuilder(options: core.options)
        preparer = core.options.preparesInline || core.options.runsByHand ? LogPreparer(core: core) : nil
    }

    /// Works until the log is closed or fails.
    mutating func run() {
        var wasIdle = false
        while case .sleep(let duration) = workOff(wasIdle: wasIdle) {
            wasIdle = sleep(duration)
        }
    }

    /// Works without a thread until there is nothing left to do.
    mutating func runByHand(isIdle: Bool) {
        guard case .sleep = workOff(wasIdle: isIdle) else { return }
        prepareInline()
        // There may be a spare now to seal with.
        if core.withState({ $0.room.wantsSpare }) { _ = workOff(wasIdle: false) }
    }

    /// Commits all there is to commit, and returns the step after that: to sleep, or to stop.
    private mutating func workOff(wasIdle: Bool) -> WriterStep {
        var wasIdle = wasIdle
        while true {
            let step = core.withState { $0.nextWriterStep(wasIdle: wasIdle) }
            wasIdle = false
            do {
                switch step {
                case .commit(let commit): try perform(commit)
                case .roll(let firstSequence): try roll(firstSequence: firstSequence)
                case .sleep, .stop: return step
                }
            } catch {
                core.fail(error)
                return .stop
            }
            prepareInline()
        }
    }

    /// Sleeps until there is work; `true` when the time was over first.
    private mutating func sleep(_ duration: Duration?) -> Bool {
        var duration = duration
        if let retry = prepareInline() { duration = min(duration ?? retry, retry) }
        let woken = core.sleepWriter(duration)
        if !woken { core.withState { $0.writerSleeps = false } }
        return !woken
    }

    @discardableResult
    private mutating func prepareInline() -> Duration? {
        guard preparer != nil else { return nil }
        return preparer?.work()
    }

    private mutating func perform(_ commit: Commit) throws(FileError) {
        if commit.needsRoll { try roll(firstSequence: commit.firstSequence) }
        let header = builder.build(commit, at: active.offset, after: active.lastChecksum)
        let block = 0..<header.extent
        try whenThereIsRoom { () throws(FileError) in try writeOrZero(block) }
        try active.file.sync()
        core.tree.add(commit) { publish(commit, header) }
        active.add(header)
        active.digest.update(builder.bytes, block)
    }

    /// Tells those who wait that a block is durable; `false` when the log failed meanwhile.
    private func publish(_ commit: Commit, _ header: BlockHeader) -> Bool {
        let (waiters, preparerSleeps, isDurable) = core.withState { state in
            let waiters = state.publish(commit, header)
            let wakes = state.preparerSleeps && state.needsPreparation
            if wakes { state.preparerSleeps = false }
            return (waiters, wakes, state.durable + 1 == header.nextSequence)
        }
        if isDurable { core.noteDurable(SequenceNumber(header.nextSequence - 1)) }
        waiters.resume(returning: .success(()))
        core.wakePreparer(preparerSleeps)
        return isDurable
    }

    private func writeOrZero(_ block: Range<Int>) throws(FileError) {
        do {
            try active.file.write(builder.bytes, block, at: active.offset)
        } catch {
            // Leave zeroes rather than half a sector, which recovery could not tell from damage.
            try? active.file.write([UInt8](repeating: 0, count: block.count), at: active.offset)
            throw error
        }
    }

    /// Writes, and where the disk is full waits until it is not; a write can be repeated, a sync never.
    private func whenThereIsRoom(_ write: () throws(FileError) -> Void) throws(FileError) {
        var hasWaited = false
        while true {
            do {
                try write()
                if hasWaited { core.withState { $0.room.isStorageFull = false } }
                return
            } catch {
                guard error.isStorageFull, core.waitForRoom() else { throw error }
                hasWaited = true
            }
        }
    }

    /// Makes the spare the active segment; the one before it is sealed later.
    private mutating func roll(firstSequence: UInt64) throws(FileError) {
        guard let spare = core.withState({ $0.spare }) else {
            throw FileError(operation: "roll", path: active.path, errorNumber: 0)
        }
        var footer = active.footer
        footer.nodes = core.tree.snapshot.nodes(from: footer.firstSequence, to: footer.nextSequence) ?? []
        var header = SegmentHeader(
            logID: active.header.logID,
            firstSequence: firstSequence,
            createdAt: core.options.now().microseconds,
            organization: active.header.organization
        )
        header.previousChecksum = active.lastChecksum
        header.previousDigest = footer.digest
        let bytes = header.encode()
        let path = Paths.join(core.directory, SegmentName.name(firstSequence: firstSequence))
        try whenThereIsRoom { () throws(FileError) in try spare.file.write(bytes, at: 0) }
        try spare.file.sync()
        try whenThereIsRoom { () throws(FileError) in try core.fileSystem.rename(spare.path, to: path) }
        try core.fileSystem.syncDirectory(core.directory)
        let segment = LogSegment(file: spare.file, path: path, header: header, durableEnd: SegmentHeader.byteCount)
        let job = SealJob(file: active.file, footer: footer)
        let (waiters, wakes) = core.withState { state in
            defer { state.preparerSleeps = false }
            return (state.roll(to: segment, sealing: job), state.preparerSleeps)
        }
        waiters.resume(returning: .success(()))
        core.wakePreparer(wakes)
        active = ActiveSegment(file: spare.file, path: path, header: header, headerBytes: bytes)
        builder.restartLink()
    }
}

extension LogWriter.ActiveSegment {
    /// A segment without blocks.
    init(file: any File, path: String, header: SegmentHeader, headerBytes: [UInt8]) {
        self.file = file
        self.path = path
        self.header = header
        offset = SegmentHeader.byteCount
        lastChecksum = header.checksum
        blockCount = 0
        rawByteCount = 0
        firstRecordedAt = 0
        lastRecordedAt = 0
        nextSequence = header.firstSequence
        entries = []
        digest = SHA256()
        digest.update(headerBytes)
    }

    /// Takes note of a block that was written at ``offset``.
    mutating func add(_ header: BlockHeader) {
        offset += header.extent
        lastChecksum = header.checksum
        blockCount += 1
        rawByteCount += header.rawByteCount
        nextSequence = header.nextSequence
        guard header.recordCount > 0 else { return }
        if entries.isEmpty { firstRecordedAt = header.firstRecordedAt }
        lastRecordedAt = header.lastRecordedAt
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

    /// The footer that belongs behind the blocks there are, without the nodes of the Merkle tree.
    var footer: SegmentFooter {
        SegmentFooter(
            firstSequence: header.firstSequence,
            nextSequence: nextSequence,
            firstRecordedAt: firstRecordedAt,
            lastRecordedAt: lastRecordedAt,
            offset: offset,
            blockCount: blockCount,
            lastChecksum: lastChecksum,
            rawByteCount: rawByteCount,
            digest: digest.bytes,
            entries: entries
        )
    }
}

extension SHA256 {
    mutating func update(_ bytes: [UInt8]) { update(bytes, 0..<bytes.count) }

    mutating func update(_ bytes: [UInt8], _ range: Range<Int>) {
        unsafe bytes.withUnsafeBytes { unsafe update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    /// The digest of what was put in so far.
    var bytes: [UInt8] { Array(finalize()) }
}
