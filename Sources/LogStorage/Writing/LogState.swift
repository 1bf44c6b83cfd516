import EventSourcing

/// Everything a log's threads share, and every decision about it; the lock around it is `LogCore`'s.
struct LogState {
    enum Phase: Equatable {
        case open
        /// No more is taken; what was taken is being finished.
        case closing
        case closed
        case failed(reason: String)
        case readOnly(reason: String)
    }

    let options: LogOptions
    var phase: Phase
    var segments: [LogSegment]
    var index: [LinkEntry]
    var statistics: LogStatistics
    var waiters = WaiterList()

    private(set) var appended: UInt64
    private(set) var durable: UInt64
    private var lastRecordedAt: Int64

    /// Batches in order, none of which the writer has taken.
    private var staged: [StagedBatch] = []
    /// Worst-case bytes of what is staged and of what the writer is writing.
    private var reserved = 0
    var room: LogRoom
    var spare: SpareSegment?
    /// Whether the reserve has all its room.
    var reserveIsWhole = false
    var seals: [SealJob] = []
    /// Those who wait for the active segment to end.
    var sealWaiters: [WaiterList.Waiter] = []
    var keeping = KeepingState()
    /// Whether the last block is one with records, after which a mark is due when the writer falls idle.
    var owesMark = false
    var writerSleeps = false
    var preparerSleeps = false

    init(options: LogOptions, contents: LogContents, phase: Phase, room: LogRoom) {
        self.options = options
        self.phase = phase
        segments = contents.segments
        index = contents.index
        statistics = contents.statistics
        durable = contents.statistics.head.value
        appended = durable
        lastRecordedAt = contents.lastRecordedAt
        owesMark = contents.lastBlockHoldsRecords
        self.room = room
    }

    var head: LogHead {
        LogHead(appended: SequenceNumber(appended), durable: SequenceNumber(durable))
    }

    /// Why nothing can be appended; `nil` when it can.
    var refusal: AppendError? {
        switch phase {
        case .open: nil
        case .closing, .closed: .closed
        case .failed(let reason): .failed(reason: reason)
        case .readOnly(let reason): .readOnly(reason: reason)
        }
    }
}

/// A batch that waits for the writer.
struct StagedBatch: Sendable {
    let batch: RecordBatch
    /// With length prefixes.
    let rawByteCount: Int
    let recordedAt: Int64
    /// The most bytes it can add to a segment: a block of its own.
    let reserve: Int
}

/// A segment made ready ahead of need under a temporary name.
struct SpareSegment: Sendable {
    let file: any File
    let path: String
}

/// A full segment whose footer is to be written.
struct SealJob: Sendable {
    let file: any File
    let footer: SegmentFooter
}

/// What a log holds when it is opened.
struct LogContents: Sendable {
    var segments: [LogSegment] = []
    var index: [LinkEntry] = []
    var statistics = LogStatistics()
    var lastRecordedAt: Int64 = .min
    var lastBlockHoldsRecords = false
    var tree = MerkleTree()
}

// MARK: - Taking batches

extension LogState {
    mutating func stage(
        _ batch: RecordBatch,
        rawByteCount: Int,
        expectedHead: SequenceNumber
    ) throws(AppendError) -> SequenceNumber {
        if let refusal { throw refusal }
        guard expectedHead.value == appended else { throw .unexpectedHead(actual: SequenceNumber(appended)) }
        guard batch.count > 0 else { return SequenceNumber(appended) }
        guard rawByteCount <= options.blockByteLimit else {
            throw .batchTooLarge(byteCount: rawByteCount, limit: options.blockByteLimit)
        }
        let reserve = BlockHeader.extent(storedByteCount: rawByteCount)
        guard reserved + reserve <= room.certainByteCount else {
            throw room.isStorageFull ? .storageFull : .overloaded
        }
        guard reserved == 0 || reserved + reserve <= options.stagingByteLimit else { throw .overloaded }
        reserved += reserve
        lastRecordedAt = max(lastRecordedAt, batch.recordedAt.microseconds)
        staged.append(
            StagedBatch(batch: batch, rawByteCount: rawByteCount, recordedAt: lastRecordedAt, reserve: reserve)
        )
        appended += UInt64(batch.count)
        return SequenceNumber(appended)
    }
}

// MARK: - The writer's steps

/// What the writer does next.
enum WriterStep: Sendable {
    case commit(Commit)
    /// Make the spare the active segment, before the active one is full.
    case roll(firstSequence: UInt64)
    case sleep(Duration?)
    case stop
}

/// One block to write.
struct Commit: Sendable {
    /// None for a mark.
    var batches: [StagedBatch]
    var rawByteCount: Int
    var firstSequence: UInt64
    var recordCount: Int
    /// Times of a mark are those of the record before it.
    var firstRecordedAt: Int64
    var lastRecordedAt: Int64
    var reserve: Int
    /// Whether it does not fit the active segment, so that the spare becomes active first.
    var needsRoll: Bool
}

extension LogState {
    /// Decides what the writer does next.
    ///
    /// - Parameter wasIdle: Whether the writer slept its whole mark delay without work.
    /// - Returns: The step, for which everything is reserved.
    mutating func nextWriterStep(wasIdle: Bool) -> WriterStep {
        switch phase {
        case .failed, .readOnly, .closed: return .stop
        case .open, .closing: break
        }
        if sealsNow { return .roll(firstSequence: durable + 1) }
        if !staged.isEmpty { return .commit(takeStaged()) }
        if owesMark, wasIdle || phase == .closing, let mark = takeMark() { return .commit(mark) }
        if phase == .closing { return .stop }
        writerSleeps = true
        return .sleep(owesMark && !wasIdle ? options.idleMarkDelay : nil)
    }

    /// Whether a wish to seal can be granted: there are records, and all that is staged fits the spare.
    private var sealsNow: Bool {
        guard room.wantsSpare, spare != nil, let active = segments.last else { return false }
        return active.header.firstSequence <= durable && reserved <= room.spareByteCount
    }

    private mutating func takeStaged() -> Commit {
        // What was promised fits the active segment, or as a whole the spare.
        let needsRoll = staged[0].reserve > room.activeByteCount
        let roomByteCount = needsRoll ? room.spareByteCount : room.activeByteCount
        var commit = Commit(
            batches: [],
            rawByteCount: 0,
            firstSequence: durable + 1,
            recordCount: 0,
            firstRecordedAt: staged[0].recordedAt,
            lastRecordedAt: 0,
            reserve: 0,
            needsRoll: needsRoll
        )
        var count = 0
        for batch in staged {
            guard commit.rawByteCount + batch.rawByteCount <= options.blockByteLimit || count == 0,
                commit.reserve + batch.reserve <= roomByteCount
            else { break }
            count += 1
            commit.rawByteCount += batch.rawByteCount
            commit.reserve += batch.reserve
            commit.recordCount += batch.batch.count
            commit.lastRecordedAt = batch.recordedAt
        }
        if count == staged.count {
            swap(&commit.batches, &staged)
            staged.reserveCapacity(commit.batches.count)
        } else {
            commit.batches = Array(staged[..<count])
            staged.removeFirst(count)
        }
        return commit
    }

    private mutating func takeMark() -> Commit? {
        owesMark = false
        guard reserved + BlockHeader.markExtent <= room.activeByteCount else { return nil }
        reserved += BlockHeader.markExtent
        return Commit(
            batches: [],
            rawByteCount: 0,
            firstSequence: durable + 1,
            recordCount: 0,
            firstRecordedAt: lastRecordedAt,
            lastRecordedAt: lastRecordedAt,
            reserve: BlockHeader.markExtent,
            needsRoll: false
        )
    }

    /// Notes that a block is durable, and returns the waiters to resume.
    ///
    /// Not when the log failed meanwhile: an error of another sync of the file may have been this one's.
    mutating func publish(_ commit: Commit, _ header: BlockHeader) -> [WaiterList.Waiter] {
        if case .failed = phase { return [] }
        durable += UInt64(commit.recordCount)
        reserved -= commit.reserve
        room.writeOffset += header.extent
        room.writtenByteCount += header.extent
        segments[segments.count - 1].durableEnd = room.writeOffset
        segments[segments.count - 1].blockCount += 1
        segments[segments.count - 1].rawByteCount += header.rawByteCount
        if header.restartsLink, header.recordCount > 0 {
            index.append(
                LinkEntry(firstSequence: header.firstSequence, segmentIndex: segments.count - 1, offset: header.offset)
            )
        }
        owesMark = commit.recordCount > 0
        statistics.add(header)
        statistics.syncs += 1
        return waiters.take(through: durable)
    }

    /// Makes the spare the active segment, and returns those who waited for that.
    mutating func roll(to segment: LogSegment, sealing job: SealJob) -> [WaiterList.Waiter] {
        segments.append(segment)
        seals.append(job)
        statistics.segments += 1
        statistics.storedBytes += SegmentHeader.byteCount
        room.writeOffset = SegmentHeader.byteCount
        room.zeroedEnd = room.spareZeroedEnd ?? 0
        room.spareZeroedEnd = nil
        spare = nil
        // The next segment's header says that all before it was durable.
        owesMark = false
        return takeSealWaiters()
    }

    mutating func takeSealWaiters() -> [WaiterList.Waiter] {
        room.wantsSpare = false
        defer { sealWaiters = [] }
        return sealWaiters
    }

    /// Fails the log for ever, and returns the waiters to resume.
    mutating func fail(_ reason: String) -> [WaiterList.Waiter] {
        phase = .failed(reason: reason)
        staged = []
        return waiters.takeAll() + takeSealWaiters()
    }
}

extension LogStatistics {
    mutating func add(_ header: BlockHeader) {
        blocks += 1
        storedBytes += header.extent
        rawBytes += header.rawByteCount
        guard header.recordCount > 0 else { return }
        events += header.recordCount
        head = SequenceNumber(header.nextSequence - 1)
        firstAt = firstAt ?? Timestamp(microseconds: header.firstRecordedAt)
        lastAt = Timestamp(microseconds: header.lastRecordedAt)
    }
}
