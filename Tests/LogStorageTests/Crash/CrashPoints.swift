import EventSourcing
import Synchronization
import TestSupport
import Testing

@testable import LogStorage

/// What is true at each moment of a ``CrashScript``, and the check that what the power leaves there agrees with it.
final class CrashPoints: Sendable {
    private struct State {
        var log: SegmentedLog?
        /// Every record taken, in order.
        var bodies: [[UInt8]] = []
        /// Where the batches end.
        var batchEnds: Set<Int> = [0]
        /// The root of the tree over so many records.
        var roots: [MerkleHash]
        var tree = MerkleTree()
        /// The records that were said to be durable.
        var acknowledgedCount = 0
        /// The backups that were finished.
        var backups: [(number: Int, head: SequenceNumber)] = []
        /// The newest snapshot that was finished.
        var snapshot = SequenceNumber.none
        /// The directories to which a part of the log is restored, and how much of it.
        var restores: [(directory: String, head: SequenceNumber)] = []
        var generator: SeededGenerator
        var count = 0
        var violation: (any Error)?
    }

    private let disk: SimulatedFileSystem
    private let options: LogOptions
    private let state: Mutex<State>

    init(disk: SimulatedFileSystem, options: LogOptions, seed: UInt64) {
        self.disk = disk
        self.options = options
        state = Mutex(State(roots: [MerkleTree().root], generator: SeededGenerator(seed: seed)))
    }

    static func husk(of body: RawSpan) -> [UInt8] { [0x08, 0x01, 0x72, 0x20] + RecordLeaf.hash(body).bytes }

    // MARK: What the script does

    var takenCount: Int { state.withLock { $0.bodies.count } }

    func begin(_ log: SegmentedLog) { state.withLock { $0.log = log } }

    /// Appends, unless the log asks to wait; returns whether it took the batch.
    func append(_ batch: RecordBatch, to log: SegmentedLog) throws -> Bool {
        do {
            try log.append(batch, expectedHead: log.head.appended)
        } catch {
            guard case .overloaded = error else { throw error }
            return false
        }
        take(batch)
        return true
    }

    private func take(_ batch: RecordBatch) {
        state.withLock { state in
            var start = 0
            for end in batch.ends {
                let body = Array(batch.bytes[start..<end])
                state.bodies.append(body)
                state.tree.append(RecordLeaf.hash(body.span.bytes))
                state.roots.append(state.tree.root)
                start = end
            }
            state.batchEnds.insert(state.bodies.count)
        }
    }

    func note(backup number: Int, head: SequenceNumber) { state.withLock { $0.backups.append((number, head)) } }

    func note(snapshot sequence: SequenceNumber) { state.withLock { $0.snapshot = sequence } }

    func note(restoring directory: String, head: SequenceNumber) {
        state.withLock { $0.restores.append((directory, head)) }
    }

    /// Throws what was wrong at a crash point; returns how many there were.
    func finish() throws -> Int {
        let (count, violation) = state.withLock { ($0.count, $0.violation) }
        if let violation { throw violation }
        return count
    }

    // MARK: What the power leaves

    /// Looks at a disk that the power may leave behind now.
    func look() {
        state.withLock { state in
            guard state.violation == nil else { return }
            if let log = state.log {
                state.acknowledgedCount = max(state.acknowledgedCount, Int(log.head.durable.value))
            }
            state.count += 1
            let change = disk.counts.changes
            let image = disk.crashImage(seed: state.generator.next())
            do {
                try check(image, &state)
            } catch {
                state.violation = Violation("at change \(change): \(error)")
            }
        }
    }

    private func check(_ image: SimulatedFileSystem, _ state: inout State) throws {
        if state.generator.chance(1, in: 4) { try checkVerify(image) }
        // What was backed up and restored is looked at before the log goes on, and while it matters.
        if !state.backups.isEmpty, state.generator.chance(1, in: 4) { try checkBackups(image, &state) }
        if let restore = state.restores.last { try checkRestored(restore.directory, restore.head, image, state) }
        try checkLog(image, &state)
    }

    /// The tool that only looks must not call a crash damage.
    private func checkVerify(_ image: SimulatedFileSystem) throws {
        guard image.contents.keys.contains(where: { $0.hasPrefix(BackupFixture.directory) && $0.hasSuffix(".seg") })
        else {
            return
        }
        let damage = try verify(image).findings.filter(\.isDamage)
        try require(damage.isEmpty, "verify calls a crash damage: \(damage)")
    }

    private func verify(_ image: SimulatedFileSystem) throws -> VerificationReport {
        let key = options.checkpointSigner?.publicKey
        return try LogVerifier.verify(directory: BackupFixture.directory, checkpointKey: key, fileSystem: image)
    }

    private func checkLog(_ image: SimulatedFileSystem, _ state: inout State) throws {
        let log = try SegmentedLog.open(directory: BackupFixture.directory, options: options, fileSystem: image)
        try require(log.recovery.damage.isEmpty, "a crash is called damage: \(log.recovery.damage)")
        let records = try log.records().map(\.body)
        try require(
            records.count >= state.acknowledgedCount,
            "LOST: \(state.acknowledgedCount) records were acknowledged, \(records.count) are there"
        )
        try require(state.batchEnds.contains(records.count), "\(records.count) records are there: not whole batches")
        try compare(records, log.treeHead, state)
        try checkSnapshots(log, state)
        log.keepByHand()
        log.workByHand()
        try log.append(
            RecordBatch([BackupFixture.body(at: BackupFixture.time(10_000), [1])]),
            expectedHead: log.head.appended
        )
        log.workByHand()
        try requireEqual(Int(log.head.durable.value), records.count + 1, "the head after one more record")
        log.close()
        if state.generator.chance(1, in: 8) {
            let findings = try verify(image).findings
            try require(findings.isEmpty, "verify finds \(findings) in a log that went on after the crash")
        }
    }

    private func compare(_ records: [[UInt8]], _ head: TreeHead, _ state: State) throws {
        try require(records.count <= state.bodies.count, "INVENTED: \(records.count) of \(state.bodies.count) records")
        for (record, body) in zip(records, state.bodies) where !record.isSame(as: body) {
            try require(record == Self.husk(of: body.span.bytes), "WRONG: a record is not what was taken")
        }
        try requireEqual(head, TreeHead(size: records.count, root: state.roots[records.count]), "the tree's head")
    }

    /// A snapshot that has its name is whole, and the newest that was finished is there.
    private func checkSnapshots(_ log: SegmentedLog, _ state: State) throws {
        guard let store = log.snapshots else { throw Violation("the log has no snapshots") }
        let sequences = try store.list()
        try require(
            state.snapshot == .none || sequences.contains(state.snapshot),
            "the snapshot after \(state.snapshot) is gone; there are \(sequences)"
        )
        for sequence in sequences {
            let reader = try store.open(sequence)
            try requireEqual(reader.stamp.leafHash, try log.leafHash(of: sequence), "the leaf of a snapshot's record")
            var content: [UInt8] = []
            while case let piece = try reader.next(), !piece.isEmpty { content += piece }
            try require(
                content.isSame(as: Self.snapshotContent(sequence)),
                "a snapshot's content is not what was written"
            )
        }
    }

    static func writeSnapshot(at sequence: SequenceNumber, leaf: MerkleHash?, in store: SnapshotStore) throws {
        var stamp = SnapshotFiles.stamp(sequence.value)
        stamp.leafHash = leaf ?? .emptyRoot
        let writer = try store.create(stamp)
        try writer.append(snapshotContent(sequence).span.bytes)
        _ = try writer.finish()
    }

    private static func snapshotContent(_ sequence: SequenceNumber) -> [UInt8] {
        var generator = SeededGenerator(seed: sequence.value)
        return generator.bytes(2000)
    }

    private func checkBackups(_ image: SimulatedFileSystem, _ state: inout State) throws {
        let verification = try BackupFixture.verify(on: image)
        try require(verification.isClean, "after the crash the backups are wrong: \(verification.findings)")
        let backup = state.generator.pick(state.backups)
        let directory = "/new/check/shop"
        let report = try BackupFixture.restore(number: backup.number, to: directory, on: image)
        try requireEqual(report.head, backup.head, "the head of backup \(backup.number)")
        try checkRestored(directory, backup.head, image, state)
    }

    private func checkRestored(
        _ directory: String,
        _ head: SequenceNumber,
        _ image: SimulatedFileSystem,
        _ state: State
    ) throws {
        let names = (try? image.list(directory)) ?? []
        guard names.contains(UnfinishedRestore.finishedName) else {
            guard names.contains(UnfinishedRestore.startedName) else {
                return try require(names.allSatisfy { $0.hasSuffix(".tmp") }, "an unmarked directory with \(names)")
            }
            let error = #expect(throws: LogStorageError.self) {
                try SegmentedLog.open(directory: directory, options: options, fileSystem: image)
            }
            return try requireEqual(error?.code, .unfinishedRestore, "the refusal")
        }
        let log = try SegmentedLog.openReadOnly(directory: directory, fileSystem: image)
        try require(log.recovery.isClean, "opening the restored log finds \(log.recovery)")
        let records = try log.records().map(\.body)
        try requireEqual(records.count, Int(head.value), "the restored records")
        try compare(records, log.treeHead, state)
        log.close()
    }
}
