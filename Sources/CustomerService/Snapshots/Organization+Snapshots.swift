import CustomerProjections
import EventSourcing
public import LogStorage

// Snapshots: caches of the state, so that opening replays only what came after. The log stays the only truth.
extension Organization {
    /// Takes a snapshot of everything that is durable by now, without holding up commands.
    ///
    /// The state in it is made from the log beside the one that answers, on a quiet thread: for as long as it takes, that
    /// needs the memory of a second state.
    ///
    /// - Parameter progress: Told now and then, on that thread.
    /// - Returns: The snapshot; the one that is there when nothing happened since.
    /// - Throws: ``SnapshotError``.
    public func takeSnapshot(
        progress: @escaping @Sendable (SnapshotProgress) -> Void = { _ in }
    ) async throws(SnapshotError) -> SnapshotReport {
        guard let keeper else { throw .noFiles }
        let glance = try await durableGlance()
        return try await keeper.quietly { keeper in
            try keeper.take(after: glance.head, glance: glance, progress: progress)
        }
    }

    /// Makes the state from the log alone once more, and compares it.
    ///
    /// Its hash is compared with that of the newest snapshot, which is removed when it lies; its counts and sums with those
    /// of the state that answers. What differs becomes an alarm of ``health``.
    ///
    /// Costs a whole replay on a quiet thread, and the memory of a second state.
    ///
    /// - Parameter progress: Told now and then, on that thread.
    /// - Returns: What was compared.
    /// - Throws: ``SnapshotError``.
    public func selfCheck(
        progress: @escaping @Sendable (SnapshotProgress) -> Void = { _ in }
    ) async throws(SnapshotError) -> SelfCheckReport {
        guard let keeper else { throw .noFiles }
        let glance = try await durableGlance()
        return try await keeper.quietly { keeper in try keeper.check(glance, progress: progress) }
    }

    /// What snapshots and self-checks have told so far.
    public var health: OrganizationHealth { keeper?.health ?? OrganizationHealth() }

    /// Takes snapshots as they become due, and checks itself each time when the log has grown by half.
    ///
    /// Returns when its task is cancelled or the organization is closed.
    ///
    /// - Parameters:
    ///   - policy: When a snapshot is due.
    ///   - report: Told what was done, in a line for each; alarms with `true`.
    public func keepSnapshots(
        _ policy: SnapshotPolicy = SnapshotPolicy(),
        report: @Sendable (_ line: String, _ isAlarm: Bool) -> Void = { _, _ in }
    ) async {
        guard keeper != nil else { return }
        var last = opening.snapshot
        var nextCheck: UInt64 = 0
        while !Task.isCancelled {
            if isDue(policy, since: last) {
                do {
                    let taken = try await takeSnapshot()
                    last = taken.sequence
                    if taken.isNew { report("wrote the snapshot \(taken.path), \(taken.byteCount) bytes", false) }
                    if last.value >= nextCheck {
                        let checked = try await selfCheck()
                        nextCheck = checked.sequence.value + checked.sequence.value / 2
                        for difference in checked.differences { report(difference, true) }
                    }
                } catch {
                    if error == .closing { return }
                    if case .stateDiffers(let what) = error { report(what, true) } else { report("\(error)", false) }
                }
            }
            do {
                try await Task.sleep(for: policy.interval)
            } catch {
                return
            }
        }
    }

    private func isDue(_ policy: SnapshotPolicy, since last: SequenceNumber) -> Bool {
        guard let statistics = storage?.statistics, statistics.events > 0 else { return false }
        let events = Int(statistics.head.value) - Int(last.value)
        // Records have about one size; what lies where in the log nobody counts.
        let bytes = Double(statistics.rawBytes) * Double(events) / Double(statistics.events)
        return policy.isDue(events: events, bytes: Int(bytes))
    }

    /// What the state looks like, once all of it is durable.
    private func durableGlance() async throws(SnapshotError) -> StateGlance {
        let glance = peek { state, _ in state.glance }
        do {
            try await waitUntilDurable(glance.head)
        } catch {
            throw error == .unavailable(.closed) ? .closing : .failed("\(error)")
        }
        return glance
    }

    /// Takes a snapshot of an organization that nobody works in; blocks meanwhile.
    ///
    /// - Parameters:
    ///   - name: The organization.
    ///   - data: The data directory, locked by this process.
    ///   - progress: Told now and then.
    /// - Returns: The snapshot; where the log is damaged, one that ends before the damage.
    /// - Throws: `LogStorageError`, ``SnapshotError``.
    public static func takeSnapshot(
        of name: String = defaultName,
        in data: DataDirectory,
        progress: (SnapshotProgress) -> Void = { _ in }
    ) throws -> SnapshotReport {
        let log = try SegmentedLog.open(directory: data.organizationDirectory(name))
        defer { log.close() }
        guard let store = log.snapshots else { throw SnapshotError.noFiles }
        return try SnapshotKeeper(log: log, store: store).take(after: log.head.durable, glance: nil, progress: progress)
    }
}
