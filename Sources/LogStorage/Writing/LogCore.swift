import Dispatch
import EventSourcing
import Synchronization

/// What a log's callers and its two threads share.
final class LogCore: Sendable {
    let directory: String
    let reserve: ReserveFile
    let fileSystem: any FileSystem
    let options: LogOptions
    let tree: LogTree
    /// `nil` in a log without checkpoints, and in one that only reads.
    let checkpoints: CheckpointKeeper?
    let cache: BlockCache
    private let state: Mutex<LogState>
    private let durableValue: Atomic<UInt64>
    private let lastWaiterID = Atomic<UInt64>(0)
    private let writerWake = DispatchSemaphore(value: 0)
    private let preparerWake = DispatchSemaphore(value: 0)
    private let keeperWake = DispatchSemaphore(value: 0)
    private let ended = DispatchGroup()

    /// - Parameters:
    ///   - directory: The log's directory, where the segments are.
    ///   - reserve: The reserve of the organization.
    ///   - fileSystem: The door to files.
    ///   - options: Limits and habits.
    ///   - state: The state at the start.
    ///   - tree: The tree over the log's records.
    ///   - checkpoints: Signs it; `nil` for a log that has no checkpoints.
    init(
        directory: String,
        reserve: ReserveFile,
        fileSystem: any FileSystem,
        options: LogOptions,
        state: LogState,
        tree: MerkleTree,
        checkpoints: CheckpointKeeper?
    ) {
        self.directory = directory
        self.reserve = reserve
        self.fileSystem = fileSystem
        self.options = options
        self.tree = LogTree(tree)
        self.checkpoints = checkpoints
        cache = BlockCache(byteLimit: options.blockCacheByteLimit)
        durableValue = Atomic(state.head.durable.value)
        self.state = Mutex(state)
    }

    /// The last durable record, without the lock; the state knows of it first.
    var durable: SequenceNumber { SequenceNumber(durableValue.load(ordering: .acquiring)) }

    /// Tells who asks without the lock; only the writer does.
    func noteDurable(_ sequence: SequenceNumber) { durableValue.store(sequence.value, ordering: .releasing) }

    /// A number by which a waiter is found when its task is cancelled.
    func makeWaiterID() -> UInt64 { lastWaiterID.add(1, ordering: .relaxed).newValue }

    /// Reads or changes the state under the lock; never does anything slow inside.
    func withState<Value: Sendable, Failure: Error>(
        _ body: (inout LogState) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try state.withLock { (state) throws(Failure) in try body(&state) }
    }

    // MARK: Waking

    /// Wakes the writer when it sleeps; call with what the state said under the lock.
    func wakeWriter(_ sleeps: Bool) { if sleeps { writerWake.signal() } }

    func wake(_ sleepers: LogState.Sleepers?) {
        wakeWriter(sleepers?.writer ?? false)
        wakePreparer(sleepers?.preparer ?? false)
        wakeKeeper(sleepers?.keeper ?? false)
    }

    func wakePreparer(_ sleeps: Bool) { if sleeps { preparerWake.signal() } }

    func wakeKeeper(_ sleeps: Bool) { if sleeps { keeperWake.signal() } }

    /// Sleeps until woken; `false` when the time was over first.
    func sleepWriter(_ duration: Duration?) -> Bool { sleep(writerWake, duration) }

    func sleepPreparer(_ duration: Duration?) -> Bool { sleep(preparerWake, duration) }

    func sleepKeeper(_ duration: Duration?) -> Bool { sleep(keeperWake, duration) }

    private func sleep(_ semaphore: DispatchSemaphore, _ duration: Duration?) -> Bool {
        guard let duration else {
            semaphore.wait()
            return true
        }
        let (seconds, attoseconds) = duration.components
        let nanoseconds = Int(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000)
        guard !nanoseconds.overflow else {
            semaphore.wait()
            return true
        }
        let total = nanoseconds.partialValue.addingReportingOverflow(Int(attoseconds / 1_000_000_000))
        guard !total.overflow, total.partialValue < Int(Int32.max) * 1_000_000_000 else {
            semaphore.wait()
            return true
        }
        return semaphore.wait(timeout: .now() + .nanoseconds(total.partialValue)) == .success
    }

    /// Starts a thread that ``waitForThreads()`` waits for.
    func startThread(_ body: @escaping @Sendable () -> Void) throws(LogStorageError) {
        ended.enter()
        do {
            try Threads.start { [ended] in
                body()
                ended.leave()
            }
        } catch {
            ended.leave()
            throw error
        }
    }

    func waitForThreads() { ended.wait() }

    /// Gives the writer a reason to try a write again that met a full disk: the reserve's room, or time; `false` when it
    /// must not wait, since the log closes or has no thread to wait on.
    ///
    /// Prepared room needs none, so only a file system that copies on write comes here.
    func waitForRoom() -> Bool {
        if reserve.giveBack() {
            withState { $0.reserveIsWhole = false }
            return true
        }
        let waits = withState { state in
            state.room.isStorageFull = true
            return state.phase == .open && !state.options.runsByHand
        }
        if waits { _ = sleepWriter(options.fullRetryDelay) }
        return waits
    }

    /// Fails the log for ever: nothing more is taken, and whoever waits learns it.
    func fail(_ error: FileError) {
        let reason = "\(error) (\(error.path)); \(error.remedy), then start again"
        let (waiters, sleepers) = withState { state in (state.fail(reason), state.takeSleepers()) }
        wake(sleepers)
        waiters.resume(returning: .failure(.failed(reason: reason)))
    }
}
