import CustomerProjections
import EventSourcing
import LogStorage

extension Organization {
    /// Takes snapshots as they become due, and checks itself now and then.
    ///
    /// Removes snapshots from before an erasure once there is one from after it. Returns when its task is cancelled or the
    /// organization is closed.
    ///
    /// - Parameters:
    ///   - policy: When something is due.
    ///   - report: Told what was done, in a line for each; alarms with `true`.
    public func keepSnapshots(
        _ policy: SnapshotPolicy = SnapshotPolicy(),
        report: @Sendable (_ line: String, _ isAlarm: Bool) -> Void = { _, _ in }
    ) async {
        guard let keeper else { return }
        var turn = SnapshotTurn(policy: policy, last: opening.snapshot)
        while !Task.isCancelled {
            do {
                if policy.isDue(need(turn, keeper)) { try await takeDue(&turn, report) }
                if turn.isSelfCheckDue(head.durable) { try await checkDue(&turn, report) }
            } catch {
                if error == .closing { return }
                if case .stateDiffers(let what) = error { report(what, true) } else { report("\(error)", false) }
            }
            do {
                try await Task.sleep(for: policy.interval)
            } catch {
                return
            }
        }
    }

    private func takeDue(
        _ turn: inout SnapshotTurn,
        _ report: (String, Bool) -> Void
    ) async throws(SnapshotError) {
        turn.takenAt = turn.clock.now
        let taken = try await takeSnapshot()
        turn.last = taken.sequence
        turn.hasTaken = true
        if taken.isNew { report("wrote the snapshot \(taken.path), \(taken.byteCount) bytes", false) }
    }

    private func checkDue(
        _ turn: inout SnapshotTurn,
        _ report: (String, Bool) -> Void
    ) async throws(SnapshotError) {
        turn.checkedAt = turn.clock.now
        let checked = try await selfCheck()
        turn.lastChecked = checked.sequence
        for difference in checked.differences { report(difference, true) }
        if checked.differences.isEmpty {
            report("a replay of events 1 to \(checked.sequence) made the same state", false)
        }
    }

    private func need(_ turn: SnapshotTurn, _ keeper: SnapshotKeeper) -> SnapshotPolicy.Need {
        guard let statistics = storage?.statistics, statistics.events > 0 else {
            return SnapshotPolicy.Need(events: 0, bytes: 0)
        }
        let events = Int(statistics.head.value) - Int(turn.last.value)
        // Records have about one size; what lies where in the log nobody counts.
        let bytes = Double(statistics.rawBytes) * Double(events) / Double(statistics.events)
        return SnapshotPolicy.Need(
            events: events,
            bytes: Int(bytes),
            holdsErased: keeper.hasSnapshots(before: peek { state, _ in state.lastErasure }),
            age: turn.takenAt.map { turn.clock.now - $0 }
        )
    }
}

/// What was done last, and when.
private struct SnapshotTurn {
    let clock = ContinuousClock()
    let policy: SnapshotPolicy
    var last: SequenceNumber
    var lastChecked = SequenceNumber.none
    var takenAt: ContinuousClock.Instant?
    var checkedAt: ContinuousClock.Instant
    /// Whether one was taken since the organization was opened.
    var hasTaken = false

    init(policy: SnapshotPolicy, last: SequenceNumber) {
        self.policy = policy
        self.last = last
        checkedAt = clock.now
    }

    func isSelfCheckDue(_ head: SequenceNumber) -> Bool {
        policy.isSelfCheckDue(
            head: head.value,
            last: lastChecked.value,
            age: clock.now - checkedAt,
            hasTaken: hasTaken
        )
    }
}
