import Synchronization

/// A log kept in memory: the twin of the log on files, for tests and for programs that need no storage.
///
/// It keeps every promise of ``EventLog`` but one: memory does not survive a power failure, so "durable" means taken.
/// Tests can hold the durable head back, make appends fail, and let the log fail as a storage would.
public final class InMemoryEventLog: EventLog {
    private let state: Mutex<State>
    private let maximumBatchByteCount: Int

    /// An empty log.
    ///
    /// - Parameter maximumBatchByteCount: How many bytes the bodies of one batch may have.
    public convenience init(maximumBatchByteCount: Int = 4 << 20) {
        self.init(maximumBatchByteCount: maximumBatchByteCount, holdsDurability: false)
    }

    /// An empty log, whose records become durable only through ``releaseDurability(through:)`` when `holdsDurability`.
    package init(maximumBatchByteCount: Int = 4 << 20, holdsDurability: Bool) {
        self.maximumBatchByteCount = maximumBatchByteCount
        state = Mutex(State(holdsDurability: holdsDurability))
    }

    deinit { close() }

    /// How far the log reaches.
    public var head: LogHead { state.withLock(\.head) }

    /// Takes a batch as the next records; copies nothing.
    @discardableResult
    public func append(_ batch: RecordBatch, expectedHead: SequenceNumber) throws(AppendError) -> SequenceNumber {
        let (last, due) = try state.withLock { state throws(AppendError) in
            let last = try state.append(batch, expectedHead: expectedHead, limit: maximumBatchByteCount)
            return (last, state.holdsDurability ? [] : state.release(through: last))
        }
        due.forEach { $0.resume(returning: .success(())) }
        return last
    }

    /// Returns once the record `sequence` is durable.
    public func waitUntilDurable(_ sequence: SequenceNumber) async throws(AppendError) {
        let id = state.withLock { $0.makeWaiterID() }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let known = state.withLock { state in
                    // Cancellation sets the flag before it calls the handler, which then finds nobody waiting.
                    state.wait(id, for: sequence, isCancelled: Task.isCancelled, continuation)
                }
                if let known { continuation.resume(returning: known) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?
                .continuation.resume(returning: .failure(.cancelled))
        }
        try result.get()
    }

    /// Visits durable records in order, without holding up appends.
    public func read(
        from first: SequenceNumber,
        through last: SequenceNumber?,
        _ visit: (SequenceNumber, RawSpan) throws -> Bool
    ) throws {
        let (batches, durable) = state.withLock { ($0.batches, $0.head.durable) }
        let first = max(first, SequenceNumber(1))
        let last = min(last ?? durable, durable)
        guard first <= last else { return }
        for index in Self.index(of: first, in: batches)..<batches.count {
            let (start, records) = batches[index]
            var offset = 0
            for (place, end) in records.ends.enumerated() {
                let sequence = start.advanced(by: place)
                guard sequence <= last else { return }
                if sequence >= first {
                    guard try visit(sequence, records.bytes.span.bytes.extracting(offset..<end)) else { return }
                }
                offset = end
            }
        }
    }

    /// Takes nothing more, and lets those who wait for records that are not durable go with ``AppendError/closed``.
    ///
    /// What is durable can still be read.
    public func close() {
        fail(.closed)
    }

    /// The place of the batch that holds the record `sequence`, which must be there.
    private static func index(of sequence: SequenceNumber, in batches: [StoredBatch]) -> Int {
        var low = 0
        var high = batches.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if batches[middle].first <= sequence { low = middle } else { high = middle }
        }
        return low
    }
}

/// What tests do to a log.
extension InMemoryEventLog {
    /// Makes the records through `sequence` durable, or all when `nil`.
    package func releaseDurability(through sequence: SequenceNumber? = nil) {
        let due = state.withLock { state in
            state.failure == nil ? state.release(through: sequence ?? state.head.appended) : []
        }
        due.forEach { $0.resume(returning: .success(())) }
    }

    /// Makes appends throw `error`, and takes nothing, until called with `nil`.
    package func refuseAppends(_ error: AppendError?) {
        state.withLock { $0.refusal = error }
    }

    /// Lets the storage fail: those who wait get `error`, and so does every append from now on.
    package func fail(_ error: AppendError) {
        let waiters = state.withLock { $0.fail(error) }
        waiters.forEach { $0.resume(returning: .failure(error)) }
    }
}

private typealias StoredBatch = (first: SequenceNumber, records: RecordBatch)
private typealias Answer = CheckedContinuation<Result<Void, AppendError>, Never>

private struct Waiter {
    var sequence: SequenceNumber
    var continuation: Answer
}

private struct State {
    let holdsDurability: Bool
    var head = LogHead(appended: .none, durable: .none)
    var batches: [StoredBatch] = []
    var waiters: [UInt64: Waiter] = [:]
    var refusal: AppendError?
    var failure: AppendError?
    private var lastWaiterID: UInt64 = 0

    init(holdsDurability: Bool) {
        self.holdsDurability = holdsDurability
    }

    mutating func makeWaiterID() -> UInt64 {
        lastWaiterID += 1
        return lastWaiterID
    }

    mutating func append(
        _ batch: RecordBatch,
        expectedHead: SequenceNumber,
        limit: Int
    ) throws(AppendError) -> SequenceNumber {
        if let error = failure ?? refusal { throw error }
        guard expectedHead == head.appended else { throw .unexpectedHead(actual: head.appended) }
        guard batch.count > 0 else { return head.appended }
        guard batch.bytes.count <= limit else {
            throw .batchTooLarge(byteCount: batch.bytes.count, limit: limit)
        }
        batches.append((first: head.appended.next, records: batch))
        head.appended = head.appended.advanced(by: batch.count)
        return head.appended
    }

    /// Whom to wake now that the records through `sequence` are durable.
    mutating func release(through sequence: SequenceNumber) -> [Answer] {
        head.durable = max(head.durable, min(sequence, head.appended))
        let due = waiters.filter { $0.value.sequence <= head.durable }
        for id in due.keys { waiters[id] = nil }
        return due.values.map(\.continuation)
    }

    /// The answer when it is known already; else the waiter is kept.
    mutating func wait(
        _ id: UInt64,
        for sequence: SequenceNumber,
        isCancelled: Bool,
        _ continuation: Answer
    ) -> Result<Void, AppendError>? {
        if sequence <= head.durable { return .success(()) }
        if let failure { return .failure(failure) }
        if isCancelled { return .failure(.cancelled) }
        waiters[id] = Waiter(sequence: sequence, continuation: continuation)
        return nil
    }

    mutating func fail(_ error: AppendError) -> [Answer] {
        failure = failure ?? error
        defer { waiters = [:] }
        return waiters.values.map(\.continuation)
    }
}
