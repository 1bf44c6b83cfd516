import EventSourcing

/// The tasks that wait for records to become durable, by sequence.
struct WaiterList {
    typealias Outcome = Result<Void, AppendError>

    struct Waiter: Sendable {
        let sequence: UInt64
        let id: UInt64
        let continuation: CheckedContinuation<Outcome, Never>
    }

    private var waiters: [Waiter] = []

    mutating func add(_ waiter: Waiter) {
        // Nearly always the newest sequence; else as far forward as needed.
        var index = waiters.count
        while index > 0, waiters[index - 1].sequence > waiter.sequence { index -= 1 }
        waiters.insert(waiter, at: index)
    }

    /// Takes out those who wait for `sequence` or less.
    mutating func take(through sequence: UInt64) -> [Waiter] {
        guard let first = waiters.first, first.sequence <= sequence else { return [] }
        let count = waiters.firstIndex { $0.sequence > sequence } ?? waiters.count
        if count == waiters.count { return takeAll() }
        let taken = Array(waiters[..<count])
        waiters.removeFirst(count)
        return taken
    }

    mutating func takeAll() -> [Waiter] {
        defer { waiters = [] }
        return waiters
    }

    mutating func remove(id: UInt64) -> Waiter? {
        guard let index = waiters.firstIndex(where: { $0.id == id }) else { return nil }
        return waiters.remove(at: index)
    }
}

extension [WaiterList.Waiter] {
    /// Resumes all; to be called outside of any lock.
    func resume(returning outcome: WaiterList.Outcome) {
        for waiter in self { waiter.continuation.resume(returning: outcome) }
    }
}
