import CustomerProjections
import CustomerRecords
import EventSourcing
import LogStorage
import Synchronization

/// How much looking back may cost.
public struct PastLimits: Hashable, Sendable {
    /// How many states of the past are kept in memory, each as large as that of now; the one that was not asked for the longest goes
    /// first.
    public var stateCount: Int
    /// After how long one that nobody asks for goes.
    public var idleTime: Duration
    /// How many requests may wait for states to be made, which happens one after another.
    public var waitingCount: Int

    /// Limits of these values.
    public init(stateCount: Int = 2, idleTime: Duration = .seconds(600), waitingCount: Int = 16) {
        self.stateCount = stateCount
        self.idleTime = idleTime
        self.waitingCount = waitingCount
    }
}

/// The states of the past that were asked for lately.
final class PastStates: Sendable {
    private struct Kept {
        var past: PastState
        var lastUse: ContinuousClock.Instant
    }

    private struct Content {
        var limits = PastLimits()
        var kept: [Kept] = []
        var waitingCount = 0
    }

    private let content = Mutex(Content())
    /// Held by the one that is being made.
    private let making = Mutex(())

    func setLimits(_ limits: PastLimits) { content.withLock { $0.limits = limits } }

    /// A state that is kept; those are gone that know somebody who was erased since.
    func kept(_ sequence: SequenceNumber, _ happened: Timestamp?, lastErasure: SequenceNumber) -> PastState? {
        content.withLock { content in
            content.kept.removeAll { $0.past.lastErasure != lastErasure }
            guard
                let index = content.kept.firstIndex(where: {
                    $0.past.sequence == sequence && $0.past.happened == happened
                })
            else { return nil }
            content.kept[index].lastUse = .now
            return content.kept[index].past
        }
    }

    /// The latest kept state at or before an event, whose business time does not matter.
    func latest(through sequence: SequenceNumber, lastErasure: SequenceNumber) -> PastState? {
        content.withLock { content in
            content.kept.map(\.past)
                .filter { $0.happened == nil && $0.sequence <= sequence && $0.lastErasure == lastErasure }
                .max { $0.sequence < $1.sequence }
        }
    }

    /// Makes a state on a thread of its own, one after another, and keeps it.
    ///
    /// - Throws: ``PastError/busy``, or what `make` throws.
    func make(_ make: @escaping @Sendable () throws(PastError) -> PastState) async throws(PastError) -> PastState {
        let isWelcome = content.withLock { content in
            guard content.waitingCount < content.limits.waitingCount else { return false }
            content.waitingCount += 1
            return true
        }
        guard isWelcome else { throw .busy }
        defer { content.withLock { $0.waitingCount -= 1 } }
        let outcome = await Threads.run { [self] in
            Result { () throws(PastError) in
                try making.withLock { _ in Result { () throws(PastError) in keep(try make()) } }.get()
            }
        }
        return try outcome.get()
    }

    /// Lets states go that nobody asked for in a while.
    func dropIdle() {
        content.withLock { content in
            let start = ContinuousClock.now - content.limits.idleTime
            content.kept.removeAll { $0.lastUse < start }
        }
    }

    private func keep(_ past: PastState) -> PastState {
        content.withLock { content in
            content.kept.removeAll { $0.past === past }
            content.kept.append(Kept(past: past, lastUse: .now))
            content.kept.sort { $0.lastUse < $1.lastUse }
            content.kept.removeFirst(max(0, content.kept.count - content.limits.stateCount))
        }
        return past
    }
}
