import EventSourcing
import Synchronization

/// A compaction that was asked for, and who waits for it.
final class CompactionJob: Sendable {
    typealias Outcome = Result<CompactionReport, AppendError>

    private struct State {
        var isCancelled = false
        var done = 0
        var told = 0
        var total = 0
        var waiter: CheckedContinuation<Outcome, Never>?
    }

    let isDryRun: Bool
    let redaction: RecordRedaction?
    private let progress: @Sendable (VerificationProgress) -> Void
    private let state = Mutex(State())

    init(
        isDryRun: Bool,
        redaction: RecordRedaction?,
        progress: @escaping @Sendable (VerificationProgress) -> Void = { _ in }
    ) {
        self.isDryRun = isDryRun
        self.redaction = redaction
        self.progress = progress
    }

    func wait(_ waiter: CheckedContinuation<Outcome, Never>) { state.withLock { $0.waiter = waiter } }

    var isCancelled: Bool { state.withLock(\.isCancelled) }

    func cancel() { state.withLock { $0.isCancelled = true } }

    /// Notes how many bytes of segments there are to go through.
    func begin(_ byteCount: Int) { state.withLock { $0.total = byteCount } }

    /// Notes that bytes were gone through for good, and now and then tells who waits.
    func advance(_ byteCount: Int) { tell { $0 + byteCount } }

    /// Notes that the first so many bytes were gone through, in whatever way.
    func reach(_ byteCount: Int) { tell { max($0, byteCount) } }

    private func tell(_ move: (Int) -> Int) {
        let news: VerificationProgress? = state.withLock { state in
            state.done = min(state.total, move(state.done))
            guard state.done - state.told >= Self.strideByteCount else { return nil }
            state.told = state.done
            return VerificationProgress(byteCount: state.done, totalByteCount: state.total)
        }
        if let news { progress(news) }
    }

    /// How many bytes lie between two words of progress.
    private static let strideByteCount = 1 << 20

    func finish(_ outcome: Outcome) {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: outcome)
    }
}
