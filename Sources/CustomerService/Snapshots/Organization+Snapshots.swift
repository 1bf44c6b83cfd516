import CustomerProjections
import CustomerRecords
public import EventSourcing
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

    /// The ``OrganizationState/stateHash()`` that a log makes up to some event, whoever asks.
    ///
    /// Begins with the newest snapshot beside the log that fits, else with the first event.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - last: The last event.
    /// - Returns: The hash.
    /// - Throws: What reading the log throws.
    public static func stateHash(of log: SegmentedLog, through last: SequenceNumber) throws -> [UInt8] {
        // What is hashed is not personal, so no keys are needed.
        let builder = StateBuilder(log: log, store: log.snapshots, keys: WithheldKeys())
        var report = OpeningReport()
        var state = builder.newestSnapshot(through: last, &report) ?? OrganizationState()
        try builder.replay(into: &state, through: last)
        return state.stateHash()
    }

    /// Takes a snapshot of an organization that nobody works in; blocks meanwhile.
    ///
    /// - Parameters:
    ///   - name: The organization.
    ///   - data: The data directory, locked by this process.
    ///   - masterKeys: What wraps the personal keys; `nil` for the data directory's own.
    ///   - progress: Told now and then.
    /// - Returns: The snapshot; where the log is damaged, one that ends before the damage.
    /// - Throws: `LogStorageError`, ``SnapshotError``.
    public static func takeSnapshot(
        of name: String = defaultName,
        in data: DataDirectory,
        masterKeys: [MasterKey]? = nil,
        progress: (SnapshotProgress) -> Void = { _ in }
    ) throws -> SnapshotReport {
        let log = try SegmentedLog.open(directory: data.organizationDirectory(name))
        defer { log.close() }
        guard let store = log.snapshots else { throw SnapshotError.noFiles }
        let keys = try PersonalReader.holder(masterKeys).keys(of: name, in: data.path, log: log)
        return try SnapshotKeeper(log: log, store: store, keys: keys)
            .take(after: log.head.durable, glance: nil, progress: progress)
    }
}
