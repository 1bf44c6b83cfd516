import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

@Suite struct BackupTests {
    private var generator = SeededGenerator(seed: 7)

    private func fixture(segments: Int = 4) throws -> BackupFixture {
        let fixture = try BackupFixture()
        var generator = generator
        while (fixture.log?.statistics.segments ?? 0) < segments { try fixture.append(&generator) }
        return fixture
    }

    private func code(_ work: () throws -> Void) -> LogStorageError.Code? {
        do {
            try work()
            return nil
        } catch {
            return (error as? LogStorageError)?.code
        }
    }

    @Test func `the second backup copies only what changed, and shares the rest`() throws {
        let fixture = try fixture()
        let first = try fixture.backup()
        #expect(first.copiedFileCount == first.manifest.segments.count)
        let reads = fixture.disk.counts.reads
        let second = try fixture.backup()
        #expect(second.copiedFileCount == 0)
        #expect(second.manifest.previous != nil)
        #expect(second.manifest.segments == first.manifest.segments)
        // Of a known segment only header and footer are read.
        let perSegment = (fixture.disk.counts.reads - reads) / second.manifest.segments.count
        #expect(perSegment <= 12)
        var generator = generator
        try fixture.append(&generator)
        let third = try fixture.backup()
        #expect(third.copiedFileCount == 1)
        #expect(third.copiedByteCount == third.manifest.segments.last?.byteCount)
        #expect(try BackupFixture.verify(on: fixture.disk).isClean)
    }

    @Test func `a segment that is read in several pieces is copied whole`() throws {
        var options = BackupFixture.smallOptions
        options.blockByteLimit = 1 << 20
        options.segmentByteCount = 8 << 20
        let fixture = try BackupFixture(options: options)
        let log = try #require(fixture.log)
        var generator = generator
        for number in 1...6 {
            let time = BackupFixture.time(number)
            let batch = RecordBatch([BackupFixture.body(at: time, generator.bytes(600_000))], at: time)
            try log.append(batch, expectedHead: log.head.appended)
            log.workByHand()
        }
        #expect(try fixture.backup().manifest.byteCount > 3 << 20)
        #expect(try BackupFixture.verify(on: fixture.disk).isClean)
    }

    @Test func `a dry run says the same and writes nothing`() throws {
        let fixture = try fixture()
        let before = fixture.disk.contents
        let backup = LogBackup(
            directory: BackupFixture.directory,
            target: BackupFixture.target,
            fileSystem: fixture.disk,
            now: { Timestamp(microseconds: BackupFixture.start) }
        )
        let dry = try backup.run(dryRun: true)
        #expect(fixture.disk.contents == before)
        #expect(try fixture.backup() == dry)
        let restore = LogRestore(
            target: BackupFixture.target,
            directory: BackupFixture.restored,
            fileSystem: fixture.disk,
            now: { Timestamp(microseconds: 0) }
        )
        let kept = fixture.disk.contents
        let would = try restore.run(
            to: .sequence(SequenceNumber(5)),
            dryRun: true,
            recordedAt: BackupFixture.recordedAt
        )
        #expect(fixture.disk.contents == kept)
        #expect(try restore.run(to: .sequence(SequenceNumber(5)), recordedAt: BackupFixture.recordedAt) == would)
    }

    @Test func `what was opened is copied, whatever its name is given to meanwhile`() throws {
        let fixture = try fixture()
        let path = Paths.join(BackupFixture.directory, "log/" + SegmentName.name(firstSequence: 1))
        // Hooked in before the last thing that opening does: syncing the active segment.
        let swapping = HookedFileSystem(base: fixture.disk) {
            guard fixture.disk.counts.reads > 0, fixture.disk.contents["/swap"] == nil else { return }
            guard fixture.disk.contents[Paths.join(BackupFixture.target, "LOCK")] != nil else { return }
            if let file = try? fixture.disk.open("/swap", .create) { try? file.write([1, 2, 3], at: 0) }
            let kept = fixture.disk.contents[path] ?? []
            try? fixture.disk.rename("/swap", to: path)
            if let file = try? fixture.disk.open("/swap", .create) { try? file.write(kept, at: 0) }
        }
        let report = try fixture.backup(through: swapping)
        #expect(fixture.disk.contents[path] == [1, 2, 3])
        #expect(report.manifest.head == fixture.log?.head.durable)
        #expect(try BackupFixture.verify(on: fixture.disk).isClean)
    }

    @Test func `a damaged log is not backed up, and earlier backups stay`() throws {
        let fixture = try fixture()
        var generator = generator
        try fixture.append(&generator, isIdle: true)
        let log = Paths.join(BackupFixture.directory, "log")
        for (name, offset) in [
            (SegmentName.name(firstSequence: 1), 4200), (SegmentName.name(firstSequence: 1), 4000),
            (try fixture.disk.list(log).sorted().last { $0.hasSuffix(".seg") } ?? "", 4200),
        ] {
            fixture.disk.tamper(Paths.join(log, name)) { $0[offset] ^= 4 }
            #expect(code { _ = try fixture.backup() } == .damaged)
            fixture.disk.tamper(Paths.join(log, name)) { $0[offset] ^= 4 }
            _ = try fixture.backup()
        }
        // A sealed segment that is known is not read again: the backup has what the log has no more.
        fixture.disk.tamper(Paths.join(log, SegmentName.name(firstSequence: 1))) { $0[4200] ^= 4 }
        _ = try fixture.backup()
        #expect(try BackupFixture.verify(on: fixture.disk).isClean)
    }

    @Test func `a target of another log, a directory in use and points outside are refused`() throws {
        let fixture = try fixture()
        _ = try fixture.backup()
        #expect(code { _ = try BackupFixture.restore(.sequence(.none), on: fixture.disk) } == .invalidArgument)
        let beyond = RestorePoint.sequence(fixture.log?.head.durable.next ?? .none)
        #expect(code { _ = try BackupFixture.restore(beyond, on: fixture.disk) } == .invalidArgument)
        let early = RestorePoint.time(Timestamp(microseconds: 0))
        #expect(code { _ = try BackupFixture.restore(early, on: fixture.disk) } == .invalidArgument)
        #expect(code { _ = try BackupFixture.restore(to: "/new/other", on: fixture.disk) } == .invalidArgument)
        #expect(code { _ = try BackupFixture.restore(number: 9, on: fixture.disk) } == .notFound)
        #expect(
            code { _ = try BackupFixture.restore(to: BackupFixture.directory, on: fixture.disk) } == .invalidArgument
        )
        #expect(!fixture.disk.contents.keys.contains { $0.hasPrefix("/new") })

        fixture.close()
        for path in fixture.disk.contents.keys where path.hasPrefix(BackupFixture.directory) {
            try fixture.disk.remove(path)
        }
        #expect(code { _ = try fixture.backup() } == .notFound)
        let other = try SegmentedLog.open(
            directory: BackupFixture.directory,
            options: BackupFixture.smallOptions,
            fileSystem: fixture.disk
        )
        other.close()
        #expect(code { _ = try fixture.backup() } == .invalidArgument)
        let held = try BackupTarget(BackupFixture.target, fileSystem: fixture.disk).lock()
        #expect(code { _ = try fixture.backup() } == .locked)
        held.close()
    }

    @Test func `signed tree heads go along, but not those of a longer log, and no keys`() throws {
        let fixture = try fixture()
        let head = fixture.log?.head.durable.value ?? 0
        try fixture.disk.createDirectory(BackupFixture.directory + "/checkpoints")
        try fixture.disk.createDirectory(BackupFixture.directory + "/vault")
        for size in [3, head] {
            let file = try fixture.disk.open(BackupFixture.directory + "/checkpoints/\(size)", .create)
            try file.write(Array("shop\n\(size)\nroot\n\n— sig\n".utf8), at: 0)
        }
        let key = try fixture.disk.open(BackupFixture.directory + "/vault/keys", .create)
        try key.write(Array("a secret that stays".utf8), at: 0)
        #expect(try fixture.backup().manifest.checkpoints.map(\.name).sorted() == ["3", "\(head)"].sorted())
        #expect(
            !fixture.disk.contents.contains {
                $0.key.hasPrefix("/backup") && $0.value == Array("a secret that stays".utf8)
            }
        )
        #expect(try BackupFixture.verify(on: fixture.disk).isClean)
        let cut = try BackupFixture.restore(.sequence(SequenceNumber(4)), on: fixture.disk)
        #expect(cut.checkpointCount == 1)
        let whole = try BackupFixture.restore(to: "/new/whole/shop", on: fixture.disk)
        #expect(whole.checkpointCount == 2)
        #expect(fixture.disk.contents[BackupFixture.restored + "/checkpoints/3"] != nil)
        let note = String(
            decoding: fixture.disk.contents[BackupFixture.restored + "/restored.json"] ?? [],
            as: UTF8.self
        )
        #expect(note.contains("\"head\": 4,") && note.contains("\"isCut\": true"))
    }

    @Test func `pruning keeps the newest, and everything they need`() throws {
        let fixture = try fixture()
        var generator = generator
        for _ in 0..<4 {
            _ = try fixture.backup()
            try fixture.append(&generator)
        }
        let target = BackupTarget(BackupFixture.target, fileSystem: fixture.disk)
        #expect(code { _ = try target.prune(keeping: 0) } == .invalidArgument)
        let report = try target.prune(keeping: 2)
        #expect(report.manifestCount == 2)
        #expect(report.fileCount == 2)
        #expect(try target.manifests().map(\.number) == [3, 4])
        #expect(try BackupFixture.verify(on: fixture.disk).isClean)
        #expect(try target.prune(keeping: 2) == BackupTarget.PruneReport())
        #expect(try fixture.backup().manifest.number == 5)
    }

    @Test func `verifying compares with what the manifest says, and notes what was proven`() throws {
        let fixture = try fixture()
        let backup = LogBackup(
            directory: BackupFixture.directory,
            target: BackupFixture.target,
            fileSystem: fixture.disk,
            now: { Timestamp(microseconds: BackupFixture.start) }
        )
        let report = try backup.run(facts: { BackupFacts(stateHash: "of\($0)") })
        #expect(report.manifest.stateHash == "of\(report.manifest.head)")
        #expect(report.manifest.root == fixture.log.map { "\($0.treeHead.root)" })
        let verifier = BackupVerifier(
            target: BackupFixture.target,
            scratch: "/scratch",
            fileSystem: fixture.disk,
            now: { Timestamp(microseconds: BackupFixture.start) }
        )
        let note = Paths.join(BackupFixture.target, "manifests/00000001.verified")
        let differs = try verifier.run(compare: { _, manifest in
            manifest.stateHash == "of\(manifest.head)" ? ["not the same state"] : []
        })
        #expect(differs.findings.map(\.kind) == [.differs])
        #expect(fixture.disk.contents[note] == nil)
        #expect(try verifier.run().isClean)
        #expect(fixture.disk.contents[note] != nil)
        #expect(!fixture.disk.contents.keys.contains { $0.hasPrefix("/scratch") })

        var other = report.manifest
        other.root = "\(MerkleHash.emptyRoot)"
        fixture.disk.tamper(Paths.join(BackupFixture.target, "manifests/00000001.manifest")) { $0 = other.encode() }
        let root = try verifier.run()
        #expect(root.findings.map(\.kind) == [.differs])
        #expect(root.findings.first?.lastSequence == report.manifest.head)
    }
}
