import CustomerProjections
import CustomerRecords
import EventSourcing
public import LogStorage

// What makes segments smaller, and takes away what erased people left in them.
extension Organization {
    /// Ends the log's active segment now, when there are events in it; returns once its footer is written.
    ///
    /// - Returns: How many events were sealed.
    /// - Throws: ``CommandError/unavailable(_:)``: `storageFull` when there is no room for another segment.
    @discardableResult
    public func seal() async throws(CommandError) -> Int {
        guard let storage else { return 0 }
        let count = storage.unsealedEventCount
        do {
            try await storage.seal()
        } catch {
            throw .unavailable(error)
        }
        while storage.isSealing { try? await Task.sleep(for: .milliseconds(2)) }
        return count
    }

    /// Packs the log's segments anew, and turns the personal records of erased people into husks, while commands go on.
    ///
    /// State, sequences, root and proofs stay as they are. Snapshots in which somebody who was erased may still be are
    /// replaced by a new one.
    ///
    /// - Parameters:
    ///   - dryRun: Whether to change nothing, and find out what would come of it.
    ///   - progress: Told now and then how many bytes were looked at, on a thread of the log's.
    /// - Returns: What was done; also when the task was cancelled.
    /// - Throws: ``CommandError/unavailable(_:)``, or `LogStorageError` when old snapshots cannot be removed.
    public func compact(
        dryRun: Bool = false,
        progress: @escaping @Sendable (VerificationProgress) -> Void = { _ in }
    ) async throws -> CompactionReport {
        guard let storage else { return CompactionReport(isDryRun: dryRun) }
        let (erased, head) = peek { state, _ in (state.erasedCustomers, state.head) }
        // What is erased goes only when no power failure can take the erasure back.
        try await waitUntilDurable(head)
        let report: CompactionReport
        do {
            report = try await storage.compact(dryRun: dryRun, redaction: redaction(of: erased), progress: progress)
        } catch {
            throw CommandError.unavailable(error)
        }
        if let time = erased.lastChangeAt, !dryRun, report.stop == nil {
            try await replaceSnapshots(before: head, notAfter: time)
        }
        return report
    }

    /// Which records are redactable: those of erased people that have personal fields.
    private func redaction(of erased: ErasedCustomers) -> RecordRedaction? {
        guard !erased.isEmpty else { return nil }
        return { [codec] sequence, body in
            guard let customer = try codec.customer(of: body, sequence: sequence), erased.contains(customer) else {
                return nil
            }
            return try codec.husk(of: body, leafHash: RecordLeaf.hash(body).bytes, sequence: sequence)
        }
    }

    /// Removes the snapshots that may know an erased person, once there is one that does not.
    private func replaceSnapshots(before head: SequenceNumber, notAfter time: Timestamp) async throws {
        guard let store = storage?.snapshots else { return }
        let stale = try store.list()
            .filter { sequence in
                guard sequence < head else { return false }
                guard let snapshot = try? store.open(sequence) else { return true }
                return snapshot.stamp.recordedAt <= time
            }
        guard !stale.isEmpty else { return }
        // Without any the next start would replay everything; that is no reason to keep the old ones.
        _ = try? await takeSnapshot()
        let rest = Set(try store.list())
        for sequence in stale where rest.contains(sequence) { try store.remove(sequence) }
    }
}
