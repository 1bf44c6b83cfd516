import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

/// The power fails during each file operation of backup, restore and pruning.
@Suite struct BackupCrashTests {
    /// A closed log on a disk, with one backup of its first part.
    private func prepared(_ seed: UInt64) throws -> (disk: SimulatedFileSystem, first: Int, all: [[UInt8]]) {
        var generator = SeededGenerator(seed: seed)
        let fixture = try BackupFixture()
        for _ in 0..<6 { try fixture.append(&generator) }
        let first = Int(try fixture.backup().manifest.head.value)
        for _ in 0..<8 { try fixture.append(&generator) }
        fixture.close()
        // Everything is durable; the names of the directories, too.
        return (fixture.disk.crashImage(seed: seed), first, fixture.bodies)
    }

    /// Does `work` with a crash at each of its changes, and gives `check` each disk that may be left behind.
    private func crashEverywhere(
        _ prepare: () throws -> SimulatedFileSystem,
        _ work: (SimulatedFileSystem) throws -> Void,
        _ check: (SimulatedFileSystem) throws -> Void
    ) throws {
        var crashCount = 0
        for change in 1... {
            let disk = try prepare()
            disk.plan { [now = disk.counts.changes] in $0.crashAtChange = now + change }
            try? work(disk)
            guard disk.hasCrashed else { break }
            crashCount += 1
            for seed in 0..<6 { try check(disk.crashImage(seed: UInt64(seed))) }
        }
        #expect(crashCount > 3)
    }

    @Test func `a backup that was interrupted leaves the earlier one, and the next run goes on`() throws {
        let (disk, first, all) = try prepared(3)
        try crashEverywhere {
            disk.crashImage(seed: 1)
        } _: {
            _ = try BackupFixture.backup(on: $0)
        } _: { image in
            // What a run left unfinished may lie there, but nothing that counts is wrong.
            let verification = try BackupFixture.verify(on: image)
            try require(verification.isClean, "after the crash: \(verification.findings)")
            let number = verification.manifest?.number ?? 0
            let report = try BackupFixture.restore(number: 1, to: "/new/1/shop", on: image)
            try requireEqual(report.head.value, UInt64(first), "the head of the first backup")
            try BackupFixture.checkRestored(Array(all.prefix(first)), in: "/new/1/shop", on: image)
            try requireEqual(try BackupFixture.backup(on: image).manifest.number, number + 1, "the next number")
            _ = try BackupFixture.restore(to: "/new/2/shop", on: image)
            try BackupFixture.checkRestored(all, in: "/new/2/shop", on: image)
        }
    }

    @Test func `a restore that was interrupted is refused, or was finished`() throws {
        let (disk, _, all) = try prepared(4)
        _ = try BackupFixture.backup(on: disk)
        let image = disk.crashImage(seed: 1)
        let cut = all.count - 4
        var refusedCount = 0
        try crashEverywhere {
            image.crashImage(seed: 1)
        } _: {
            _ = try BackupFixture.restore(.sequence(SequenceNumber(UInt64(cut))), on: $0)
        } _: { image in
            let names = (try? image.list(BackupFixture.restored)) ?? []
            if names.contains(UnfinishedRestore.finishedName) {
                try BackupFixture.checkRestored(Array(all.prefix(cut)), on: image)
            } else if names.contains(UnfinishedRestore.startedName) {
                refusedCount += 1
                for work in [
                    {
                        _ = try SegmentedLog.open(
                            directory: BackupFixture.restored,
                            options: .init(),
                            fileSystem: image
                        )
                    },
                    { _ = try SegmentedLog.openReadOnly(directory: BackupFixture.restored, fileSystem: image) },
                    { _ = try LogVerifier.verify(directory: BackupFixture.restored, fileSystem: image) },
                    { _ = try BackupFixture.restore(on: image) },
                ] {
                    let error = #expect(throws: LogStorageError.self) { try work() }
                    try requireEqual(error?.code, .unfinishedRestore, "the refusal")
                }
            } else {
                try require(names.allSatisfy { $0.hasSuffix(".tmp") }, "an unmarked directory with \(names)")
            }
        }
        #expect(refusedCount > 0)
    }

    @Test func `pruning that was interrupted leaves what it was to keep`() throws {
        let (disk, _, all) = try prepared(5)
        _ = try BackupFixture.backup(on: disk)
        _ = try BackupFixture.verify(on: disk)
        let image = disk.crashImage(seed: 1)
        try crashEverywhere {
            image.crashImage(seed: 1)
        } _: {
            _ = try BackupTarget(BackupFixture.target, fileSystem: $0).prune(keeping: 1)
        } _: { image in
            let verification = try BackupFixture.verify(on: image)
            try require(verification.isClean, "after the crash: \(verification.findings)")
            _ = try BackupTarget(BackupFixture.target, fileSystem: image).prune(keeping: 1)
            _ = try BackupFixture.restore(on: image)
            try BackupFixture.checkRestored(all, on: image)
        }
    }
}
