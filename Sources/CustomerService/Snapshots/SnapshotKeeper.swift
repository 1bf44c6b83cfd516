import CMalloc
import CustomerProjections
import CustomerRecords
import Dispatch
import EventSourcing
import LogStorage
import Synchronization

/// Takes snapshots of one log and checks them, one piece of work at a time, beside whoever writes to the log.
///
/// The state in a snapshot never comes from the one that answers: copying that would hold up commands. It is a shadow,
/// made from the log a second time, and so it is also a check of the one that answers.
final class SnapshotKeeper: Sendable {
    private struct Work {
        var isBusy = false
        var health = OrganizationHealth()
    }

    let builder: StateBuilder
    private let store: SnapshotStore
    private let work = Mutex(Work())
    private let isClosing = Atomic(false)
    /// Whether the task that asked for what runs was cancelled.
    private let isCancelled = Atomic(false)
    private let running = DispatchGroup()

    init(log: SegmentedLog, store: SnapshotStore, keys: (any PersonalKeys)?) {
        self.store = store
        builder = StateBuilder(log: log, store: store, keys: keys)
    }

    var health: OrganizationHealth { work.withLock { $0.health } }

    func note(_ change: (inout OrganizationHealth) -> Void) { work.withLock { change(&$0.health) } }

    /// Stops what runs, and returns once it has ended.
    func close() {
        isClosing.store(true, ordering: .releasing)
        running.wait()
    }

    /// Whether a snapshot is there that does not reach the record `first`.
    func hasSnapshots(before first: SequenceNumber) -> Bool {
        guard first > .none, let oldest = (try? store.list())?.last else { return false }
        return oldest < first
    }

    // MARK: Work

    /// Takes a snapshot; blocks meanwhile.
    ///
    /// - Parameters:
    ///   - last: The last event of the snapshot, which is durable.
    ///   - glance: What the state that answers looks like there; `nil` when nobody knows.
    ///   - progress: Told now and then.
    /// - Returns: The snapshot.
    /// - Throws: What reading and writing throw.
    func take(
        after last: SequenceNumber,
        glance: StateGlance?,
        progress: (SnapshotProgress) -> Void
    ) throws -> SnapshotReport {
        var report = OpeningReport()
        var shadow = builder.newestSnapshot(&report) ?? OrganizationState()
        if shadow.head > last {
            throw SnapshotError.failed("a newer snapshot than of event \(last) is there")
        }
        report.replayedEventCount = Int(last.value - shadow.head.value)
        try builder.replay(into: &shadow, through: last) { try proceed($0, last, progress) }
        if let glance, shadow.glance != glance {
            throw Difference("the state that answers is not what the log made of events 1 to \(last)")
        }
        let hash = shadow.stateHash()
        var result = SnapshotReport(
            sequence: last,
            path: store.path(of: last),
            isNew: report.snapshot != last,
            stateHash: hash,
            opening: report
        )
        if result.isNew, last > .none { try write(shadow, hash, &result) }
        note { $0.lastSnapshot = last }
        return result
    }

    private func write(
        _ shadow: borrowing OrganizationState,
        _ hash: [UInt8],
        _ result: inout SnapshotReport
    ) throws {
        guard let leafHash = try builder.log.leafHash(of: shadow.head) else {
            throw SnapshotError.failed("the log does not reach event \(shadow.head)")
        }
        let stamp = SnapshotStamp(
            sequence: shadow.head,
            recordedAt: shadow.lastRecordedAt,
            leafHash: leafHash,
            fingerprint: OrganizationState.archiveFingerprint,
            stateHash: hash
        )
        let writer = try store.create(stamp)
        do {
            let seal = PersonSeal(builder.keys, snapshot: shadow.head)
            try shadow.archive(sealedBy: seal) { [self] piece in
                try checkWanted()
                try writer.append(piece)
            }
            result.byteCount = try writer.finish()
        } catch {
            writer.cancel()
            throw error
        }
        result.rawByteCount = writer.rawByteCount
        // What was forgotten meanwhile shall not live on in older ones.
        try store.prune(before: shadow.lastErasure)
    }

    /// Makes the state from the log alone, and compares it with the newest snapshot and with `glance`; blocks meanwhile.
    func check(_ glance: StateGlance, progress: (SnapshotProgress) -> Void) throws -> SelfCheckReport {
        let last = glance.head
        var state = OrganizationState()
        var report = SelfCheckReport(sequence: last, snapshot: nil, differences: [])
        if let stamp = try builder.newestStamp(through: last) {
            try builder.replay(into: &state, through: stamp.sequence) { try proceed($0, last, progress) }
            report.snapshot = stamp.sequence
            if state.stateHash() != stamp.stateHash {
                // A cache that is wrong; nobody shall begin with it.
                try store.remove(stamp.sequence)
                report.differences.append(
                    "the snapshot at event \(stamp.sequence) was not what the log makes; it was removed"
                )
            }
        }
        try builder.replay(into: &state, through: last) { try proceed($0, last, progress) }
        if state.glance != glance {
            report.differences.append("the state that answers is not what the log made of events 1 to \(last)")
        }
        note { health in
            for difference in report.differences { health.raise(difference) }
            if report.differences.isEmpty { health.lastSelfCheck = last }
        }
        return report
    }

    private func proceed(
        _ sequence: SequenceNumber,
        _ last: SequenceNumber,
        _ progress: (SnapshotProgress) -> Void
    ) throws {
        try checkWanted()
        progress(SnapshotProgress(sequence: sequence, last: last))
    }

    private func checkWanted() throws(SnapshotError) {
        if isClosing.load(ordering: .acquiring) || isCancelled.load(ordering: .acquiring) { throw .closing }
    }

    /// Two states that should be equal and are not.
    private struct Difference: Error {
        var description: String
        init(_ description: String) { self.description = description }
    }

    // MARK: In the background

    /// Does a piece of work on a thread of its own that yields to all others; stops it when the task is cancelled.
    func quietly<Report: Sendable>(
        _ body: @escaping @Sendable (SnapshotKeeper) throws -> Report
    ) async throws(SnapshotError) -> Report {
        try begin()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { start(body, $0) }
        } onCancel: {
            isCancelled.store(true, ordering: .releasing)
        }
        return try result.get()
    }

    private func start<Report: Sendable>(
        _ body: @escaping @Sendable (SnapshotKeeper) throws -> Report,
        _ continuation: CheckedContinuation<Result<Report, SnapshotError>, Never>
    ) {
        do {
            try Threads.startQuietly { [self] in
                let result = Result { try body(self) }.mapError { failure(for: $0) }
                // The shadow is gone; what it took is as much as the state that answers, and would stay with the process.
                malloc_trim(0)
                end(result)
                continuation.resume(returning: result)
            }
        } catch {
            let result = Result<Report, SnapshotError>.failure(.failed("\(error)"))
            end(result)
            continuation.resume(returning: result)
        }
    }

    private func begin() throws(SnapshotError) {
        let refusal: SnapshotError? = work.withLock { work in
            if work.isBusy { return .busy }
            if isClosing.load(ordering: .acquiring) { return .closing }
            work.isBusy = true
            isCancelled.store(false, ordering: .releasing)
            running.enter()
            return nil
        }
        if let refusal { throw refusal }
    }

    private func end<Report>(_ result: Result<Report, SnapshotError>) {
        work.withLock { work in
            work.isBusy = false
            switch result {
            case .success, .failure(.closing): work.health.lastFailure = nil
            case .failure(.stateDiffers(let what)): work.health.raise(what)
            case .failure(let error): work.health.lastFailure = "\(error)"
            }
        }
        running.leave()
    }

    private func failure(for error: any Error) -> SnapshotError {
        switch error {
        case let error as SnapshotError: error
        case let difference as Difference: .stateDiffers(difference.description)
        case let error as LogStorageError where error.code == .closed: .closing
        default: .failed("\(error)")
        }
    }
}
