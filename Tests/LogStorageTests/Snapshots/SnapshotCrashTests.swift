import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

/// The power fails at every change while snapshots are written: what was finished is still there, and nothing lies.
@Suite struct SnapshotCrashTests {
    @Test func `at every crash the finished snapshots, or newer ones, can be used`() throws {
        let changeCount = try Self.session(crashAt: nil).disk.counts.changes
        #expect(changeCount > 20)
        for change in 1...changeCount {
            let session = try Self.session(crashAt: change)
            for seed in 0..<8 as Range<UInt64> {
                try Self.check(session.disk.crashImage(seed: seed), finished: session.finished, "change \(change)")
            }
        }
    }

    @Test func `a disk that refuses leaves the older snapshots and no rubbish`() throws {
        let counts = try Self.session(crashAt: nil).disk.counts
        for failing in 1...counts.writes {
            let session = try Self.session { $0.failingWrites = [failing] }
            try Self.check(session.disk, finished: session.finished, "write \(failing)")
            try requireNoRubbish(session.disk)
        }
        for failing in 1...counts.syncs {
            let session = try Self.session { $0.failingSyncs = [failing] }
            try Self.check(session.disk, finished: session.finished, "sync \(failing)")
            try requireNoRubbish(session.disk)
        }
    }

    private func requireNoRubbish(_ disk: SimulatedFileSystem) throws {
        try require(!disk.contents.keys.contains { $0.hasSuffix(".tmp") }, "\(disk.contents.keys)")
    }

    private static func content(_ sequence: UInt64) -> [UInt8] {
        var random = SeededGenerator(seed: sequence)
        return random.bytes(2_000)
    }

    /// Writes four snapshots, one after another, as far as the disk lets it; `finished` are those that were said to be.
    private static func session(
        crashAt change: Int? = nil,
        _ plan: (inout FaultPlan) -> Void = { _ in }
    ) throws -> (disk: SimulatedFileSystem, finished: [UInt64]) {
        let disk = SimulatedFileSystem(seed: 7)
        try disk.createDirectory("/data/organizations/golden")
        try disk.syncDirectory("/data/organizations")
        try disk.syncDirectory("/data")
        try disk.syncDirectory("/")
        disk.plan {
            $0.crashAtChange = change
            plan(&$0)
        }
        let store = SnapshotFiles.store(on: disk)
        var finished: [UInt64] = []
        for sequence in [10, 20, 30, 40] as [UInt64] {
            do {
                try SnapshotFiles.write(content(sequence), at: sequence, in: store, pieceByteCount: 700)
                finished.append(sequence)
                try store.prune()
            } catch is LogStorageError {
                // As whoever takes snapshots would: tries again with the next.
            }
        }
        return (disk, finished)
    }

    private static func check(_ disk: SimulatedFileSystem, finished: [UInt64], _ what: String) throws {
        let store = SnapshotFiles.store(on: disk)
        var usable: [UInt64] = []
        for sequence in try store.list().map(\.value) {
            // A name that is there stands for a whole file: it was synced before it got the name.
            let content = try SnapshotFiles.read(sequence, in: store)
            try require(content == Self.content(sequence), "content of \(sequence) after \(what)")
            usable.append(sequence)
        }
        try require(
            (usable.first ?? 0) >= (finished.last ?? 0),
            "\(what): \(finished) were finished, \(usable) can be used"
        )
    }
}
