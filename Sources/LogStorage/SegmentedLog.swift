public import EventSourcing
import Synchronization

/// A log in segment files: one writer on a thread of its own, group commit, recovery when opened.
///
/// Callers stage batches without ever waiting for the disk. The writer takes all that wait as one block, writes it with one
/// `pwrite` and one `fdatasync`, and resumes those who wait; meanwhile the next block gathers.
public final class SegmentedLog: EventLog {
    let core: LogCore

    /// What opening found and did.
    public let recovery: RecoveryReport

    /// The writer of a log without threads.
    private let writerByHand: Mutex<LogWriter?>

    init(core: LogCore, recovery: RecoveryReport, writer: sending LogWriter? = nil) {
        self.core = core
        self.recovery = recovery
        writerByHand = Mutex(writer)
    }

    deinit {
        // Without ``close()``: the threads finish what was taken and end; nothing is trimmed.
        core.wake(core.withState { $0.startClosing() })
    }

    /// How far the log reaches.
    public var head: LogHead { core.withState { $0.head } }

    /// Why nothing is appended now; `nil` when records are taken.
    ///
    /// `storageFull` when the last try to make room met a full disk, though room made before may still be used up.
    public var refusal: AppendError? {
        core.withState { state in state.refusal ?? (state.room.isStorageFull ? .storageFull : nil) }
    }

    /// The size and shape of the durable part.
    public var statistics: LogStatistics { core.withState { $0.statistics } }

    /// Stages a batch, without waiting for the disk.
    ///
    /// On `overloaded`, wait until ``head``'s `appended` is durable and try again; the log then has made room.
    @discardableResult
    public func append(
        _ batch: RecordBatch,
        expectedHead: SequenceNumber
    ) throws(AppendError) -> SequenceNumber {
        let rawByteCount = RecordPacker.rawByteCount(batch)
        let (last, sleeps) = try core.withState { (state) throws(AppendError) in
            let last = try state.stage(batch, rawByteCount: rawByteCount, expectedHead: expectedHead)
            defer { state.writerSleeps = false }
            return (last, state.writerSleeps)
        }
        core.wakeWriter(sleeps)
        return last
    }

    /// Returns once the record `sequence`, and all before it, survive a power failure.
    public func waitUntilDurable(_ sequence: SequenceNumber) async throws(AppendError) {
        guard core.durable < sequence else { return }
        try await wait(for: sequence.value, id: core.makeWaiterID()).get()
    }

    private func wait(for sequence: UInt64, id: UInt64) async -> WaiterList.Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waiter = WaiterList.Waiter(sequence: sequence, id: id, continuation: continuation)
                // Under the lock, so that a cancellation is seen here, or finds the waiter in the list.
                let outcome = core.withState { state in
                    Task.isCancelled ? .failure(.cancelled) : state.register(waiter)
                }
                if let outcome { continuation.resume(returning: outcome) }
            }
        } onCancel: {
            core.withState { $0.waiters.remove(id: id) }?.continuation.resume(returning: .failure(.cancelled))
        }
    }

    /// Visits durable records in order; costs one look-up and the decoding of at most one link before the first, or none
    /// when that link was read lately.
    public func read(
        from first: SequenceNumber,
        through last: SequenceNumber?,
        _ visit: (SequenceNumber, RawSpan) throws -> Bool
    ) throws {
        let reader = try core.withState { (state) throws(LogStorageError) in
            try state.reader(from: first.value, through: last?.value, cache: core.cache)
        }
        try reader?.read(visit)
    }

    /// Finishes what was taken, syncs, cuts off the unused room, and ends the threads; blocks meanwhile.
    ///
    /// Later appends throw `closed`, and so do reads. Closing twice does nothing.
    public func close() {
        let sleepers = core.withState { $0.startClosing() }
        core.wake(sleepers)
        core.waitForThreads()
        workByHand()
        guard sleepers != nil else { return }
        core.trim()
        let waiters = core.withState { $0.finishClosing() }
        waiters.resume(returning: .failure(.closed))
    }
}

extension SegmentedLog {
    /// Lets the writer of a log opened with ``LogOptions/runsByHand`` do all there is to do, on the calling thread.
    ///
    /// - Parameter isIdle: Whether it counts as idle for long enough to leave a mark.
    package func workByHand(isIdle: Bool = false) {
        writerByHand.withLock { $0?.runByHand(isIdle: isIdle) }
    }
}

// MARK: - Decisions under the lock

extension LogState {
    /// Adds a waiter, or says what it would learn at once.
    mutating func register(_ waiter: WaiterList.Waiter) -> WaiterList.Outcome? {
        if let outcome = settled(waiter.sequence) { return outcome }
        waiters.add(waiter)
        return nil
    }

    private func settled(_ sequence: UInt64) -> WaiterList.Outcome? {
        if sequence <= durable { return .success(()) }
        return switch phase {
        case .open, .readOnly: nil
        case .closing: sequence <= appended ? nil : .failure(.closed)
        case .closed: .failure(.closed)
        case .failed(let reason): .failure(.failed(reason: reason))
        }
    }

    /// A reader of the durable records in a range; `nil` when there are none.
    func reader(
        from first: UInt64,
        through last: UInt64?,
        cache: BlockCache? = nil
    ) throws(LogStorageError) -> LogReader? {
        if case .closed = phase { throw LogStorageError(.closed, "The log was closed; open it again to read") }
        return LogReader(
            segments: segments,
            index: index,
            from: max(first, 1),
            through: min(last ?? durable, durable),
            cache: cache
        )
    }

    /// Stops taking batches; `nil` when the log was closing or closed before.
    mutating func startClosing() -> Sleepers? {
        switch phase {
        case .closing, .closed: return nil
        case .open: phase = .closing
        case .failed, .readOnly: break
        }
        return takeSleepers()
    }

    /// Which threads sleep; the caller wakes them.
    mutating func takeSleepers() -> Sleepers {
        defer {
            writerSleeps = false
            preparerSleeps = false
            keeping.sleeps = false
        }
        return Sleepers(writer: writerSleeps, preparer: preparerSleeps, keeper: keeping.sleeps)
    }

    struct Sleepers: Sendable {
        var writer: Bool
        var preparer: Bool
        var keeper: Bool
    }

    mutating func finishClosing() -> [WaiterList.Waiter] {
        if case .failed = phase { return waiters.takeAll() + takeSealWaiters() }
        phase = .closed
        segments = []
        index = []
        spare = nil
        return waiters.takeAll() + takeSealWaiters()
    }
}

extension LogCore {
    /// Leaves the files as a closed log has them; what fails is left to the next opening.
    func trim() {
        let files = withState { state in
            state.phase == .closing
                ? (seals: state.seals, active: state.segments.last, end: state.room.writeOffset, spare: state.spare)
                : nil
        }
        guard let files else { return }
        // What gives room back comes first: a footer may need it.
        if let active = files.active {
            try? active.file.truncate(to: files.end)
            try? active.file.sync()
        }
        try? reserve.helping { () throws(FileError) in
            try checkpoints?.keep(tree, now: options.now(), isLast: true)
        }
        if let spare = files.spare {
            try? fileSystem.remove(spare.path)
            try? fileSystem.syncDirectory(directory)
        }
        for job in files.seals {
            try? reserve.helping { () throws(FileError) in try SegmentSealer.seal(job.file, job.footer) }
        }
    }
}
