import CustomerProjections
import CustomerRecords
import Dispatch
import EventSourcing
import LogStorage

/// Makes states from a log: from the newest snapshot that fits and what follows it, or from the log alone.
struct StateBuilder: Sendable {
    let log: SegmentedLog
    let store: SnapshotStore?
    /// What personal data is sealed with; `nil` when it lies in the clear.
    let keys: (any PersonalKeys)?

    /// How many records are replayed between two looks at whether to go on.
    private static let strideCount: UInt64 = 1 << 14

    /// The newest snapshot that fits this log and this program.
    ///
    /// - Parameters:
    ///   - last: The last event that may be in it.
    ///   - report: Gets which was used, and why newer ones were not.
    /// - Returns: Its state; `nil` when none fits.
    func newestSnapshot(
        through last: SequenceNumber = SequenceNumber(.max),
        _ report: inout OpeningReport
    ) -> OrganizationState? {
        let found: [SequenceNumber]
        do {
            found = try store?.list() ?? []
        } catch {
            report.ignored.append(OpeningReport.IgnoredSnapshot(sequence: .none, misfit: SnapshotMisfit(error)))
            return nil
        }
        for sequence in found where sequence <= last {
            do {
                let state = try load(sequence).state
                report.snapshot = sequence
                return state
            } catch {
                report.ignored.append(OpeningReport.IgnoredSnapshot(sequence: sequence, misfit: error))
            }
        }
        return nil
    }

    /// The stamp of the newest snapshot that claims to fit; its content is not looked at.
    func newestStamp(through last: SequenceNumber) throws -> SnapshotStamp? {
        for sequence in try store?.list() ?? [] where sequence <= last {
            if let reader = try? open(sequence) { return reader.stamp }
        }
        return nil
    }

    /// The state of a snapshot, and its hash.
    func load(_ sequence: SequenceNumber) throws(SnapshotMisfit) -> (state: OrganizationState, stateHash: [UInt8]) {
        let reader = try open(sequence)
        let stamp = reader.stamp
        let byteCount = reader.rawByteCount
        do {
            let content = try SnapshotContent(reader)
            defer { content.stop() }
            let state = try OrganizationState(
                archiveByteCount: byteCount,
                sealedBy: PersonSeal(keys, snapshot: sequence),
                stateHash: stamp.stateHash,
                beside: Self.beside
            ) { try content.next() }
            guard state.head == stamp.sequence, state.lastRecordedAt == stamp.recordedAt else {
                throw ArchiveError.otherState
            }
            return (state, stamp.stateHash)
        } catch {
            throw SnapshotMisfit(error)
        }
    }

    /// Does work on a thread of its own; where there is none to be had, at once.
    private static func beside(_ work: @escaping @Sendable () -> Void) -> () -> Void {
        let group = DispatchGroup()
        group.enter()
        do {
            try Threads.start {
                work()
                group.leave()
            }
        } catch {
            work()
            group.leave()
        }
        return { group.wait() }
    }

    /// Opens a snapshot, and makes sure that it is of this log and was written by a program like this.
    func open(_ sequence: SequenceNumber) throws(SnapshotMisfit) -> SnapshotReader {
        guard let store else { throw SnapshotMisfit(.unreadable, "there is no place for snapshots") }
        do {
            let reader = try store.open(sequence)
            let stamp = reader.stamp
            guard stamp.fingerprint == OrganizationState.archiveFingerprint else {
                throw SnapshotMisfit(.otherProgram, "it was written by another version of the program")
            }
            guard sequence <= log.head.durable else {
                throw SnapshotMisfit(.aheadOfLog, "the log ends before it, with event \(log.head.durable)")
            }
            guard try log.leafHash(of: sequence) == stamp.leafHash else {
                throw SnapshotMisfit(.otherHistory, "the log has another history")
            }
            return reader
        } catch {
            throw SnapshotMisfit(error)
        }
    }

    /// Applies the records after the state's head.
    ///
    /// - Parameters:
    ///   - state: The state.
    ///   - last: The last record to apply.
    ///   - proceed: Asked now and then; throws to stop.
    /// - Throws: What `proceed` throws, or reading the log.
    func replay(
        into state: inout OrganizationState,
        through last: SequenceNumber,
        _ proceed: (SequenceNumber) throws -> Void = { _ in }
    ) throws {
        guard state.head < last else { return }
        let codec = RecordCodec(keys: keys)
        var room: [UInt8] = []
        state.beginReplay()
        try log.read(from: state.head.advanced(by: 1), through: last) { sequence, body in
            try codec.withView(body, sequence: sequence, room: &room) { state.apply($0) }
            if sequence.value % Self.strideCount == 0 { try proceed(sequence) }
            return true
        }
        state.finishReplay()
        guard state.head == last else { throw LogEnded(description: "the log ended before event \(last)") }
    }

    /// Why a replay did not get as far as it should.
    struct LogEnded: Error, CustomStringConvertible {
        var description: String
    }
}
