import CustomerProjections
import CustomerRecords
public import EventSourcing
public import LogStorage

/// A snapshot that was looked at.
public struct SnapshotInspection: Hashable, Sendable {
    /// The last event in it, as its name says.
    public var sequence: SequenceNumber
    /// The file.
    public var path: String
    /// How large the file is; zero when it is not whole.
    public var byteCount = 0
    /// When it was begun; `nil` when it is not whole.
    public var createdAt: Timestamp?
    /// Why it would not be used; `nil` when it would be.
    public var misfit: SnapshotMisfit?

    /// Looks at snapshots of a log from outside: whether their stamps fit log and program.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - sequences: Which snapshots; listed before the log was opened, for none to be newer than what it shows of a log
    ///     that goes on.
    /// - Returns: What was found, in the order of `sequences`, without those that are gone meanwhile.
    public static func inspect(_ log: SegmentedLog, _ sequences: [SequenceNumber]) -> [SnapshotInspection] {
        guard let store = log.snapshots else { return [] }
        // What is compared is not personal, so no keys are needed.
        let builder = StateBuilder(log: log, store: store, keys: WithheldKeys())
        let found = sequences.map { sequence in
            var inspection = SnapshotInspection(sequence: sequence, path: store.path(of: sequence))
            do {
                let reader = try builder.open(sequence)
                inspection.byteCount = reader.byteCount
                inspection.createdAt = reader.createdAt
            } catch {
                inspection.misfit = SnapshotMisfit(error)
            }
            return inspection
        }
        return withoutRemoved(found, store)
    }

    /// Those that are there, or were until they were read; others a running server removed meanwhile.
    private static func withoutRemoved(_ found: [SnapshotInspection], _ store: SnapshotStore?) -> [SnapshotInspection] {
        let listed = (try? store?.list()) ?? []
        return found.filter { $0.misfit?.kind != .unreadable || listed.contains($0.sequence) }
    }

    /// As ``inspect(_:_:)``, and reads all of them, loads the states, and compares those with what the log makes.
    ///
    /// Costs a replay up to the newest snapshot, and the memory of two states.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - sequences: Which snapshots.
    ///   - progress: Told now and then how far the replay is.
    /// - Returns: As ``inspect(_:_:)``.
    /// - Throws: What reading the log throws.
    public static func verify(
        _ log: SegmentedLog,
        _ sequences: [SequenceNumber],
        progress: (SnapshotProgress) -> Void = { _ in }
    ) throws -> [SnapshotInspection] {
        let builder = StateBuilder(log: log, store: log.snapshots, keys: WithheldKeys())
        var inspections = inspect(log, sequences)
        let last = inspections.first { $0.misfit == nil }?.sequence ?? SequenceNumber.none
        var state = OrganizationState()
        // The oldest first: one replay passes by all of them.
        for index in inspections.indices.reversed() where inspections[index].misfit == nil {
            let sequence = inspections[index].sequence
            do {
                let hash = try builder.load(sequence).stateHash
                try builder.replay(into: &state, through: sequence) {
                    progress(SnapshotProgress(sequence: $0, last: last))
                }
                if state.stateHash() != hash {
                    throw SnapshotMisfit(.otherState, "the log makes another state; delete it, and report this")
                }
            } catch let misfit as SnapshotMisfit {
                inspections[index].misfit = misfit
            }
        }
        return withoutRemoved(inspections, log.snapshots)
    }
}
