import EventSourcing
import Synchronization
import TestSupport
import Testing

@testable import LogStorage

@Suite struct BackupPropertyTests {
    /// Between any two file operations of the backup the log may take, write, seal and begin segments.
    @Test func `a backup beside a writer restores to a prefix of the log, up to any record`() async throws {
        try await Property.forAllConcurrently(seeds: 600) { generator in
            let fixture = try BackupFixture(options: Self.options(&generator))
            for round in 0...generator.below(3) {
                for _ in 0..<generator.below(12) { try fixture.append(&generator, isIdle: generator.chance(1, in: 4)) }
                if generator.chance(1, in: 3) { fixture.log?.keepByHand() }
                let least = fixture.log?.head.durable.value ?? 0
                let report = try fixture.backup(through: Self.busy(fixture, &generator))
                try require(report.manifest.head.value >= least, "an acknowledged record is not in backup \(round + 1)")
                try requireEqual(report.manifest.number, round + 1, "the backup's number")
                let bodies = fixture.bodies.prefix(Int(report.manifest.head.value))
                let leaves = bodies.map { RecordLeaf.hash($0.span.bytes) }
                try requireEqual(report.manifest.root, "\(MerkleModel.root(leaves[...]))", "the backup's root")
            }
            let verification = try BackupFixture.verify(on: fixture.disk)
            try require(verification.isClean, "the target is not clean: \(verification.findings)")
            try Self.checkCuts(fixture, &generator)
        }
    }

    /// Restores some backup to some record, or to some time.
    private static func checkCuts(_ fixture: BackupFixture, _ generator: inout SeededGenerator) throws {
        let manifests = try BackupTarget(BackupFixture.target, fileSystem: fixture.disk).manifests()
        let manifest = generator.pick(manifests)
        let head = Int(manifest.head.value)
        var point = RestorePoint.end
        var expected = head
        if head > 0, generator.chance(1, in: 2) {
            expected = generator.number(in: 1...head)
            point = .sequence(SequenceNumber(UInt64(expected)))
        } else if head > 0 {
            let time = Timestamp(microseconds: BackupFixture.start + Int64(generator.below(head / 3 + 2)) * 1000)
            point = .time(time)
            let recorded = fixture.bodies.prefix(head).map { unsafe BackupFixture.recordedAt($0.span.bytes) }
            expected = recorded.count { $0.map { $0 <= time } ?? false }
        }
        let report = try BackupFixture.restore(point, number: manifest.number, on: fixture.disk)
        try requireEqual(report.head.value, UInt64(expected), "the head restored to \(point)")
        try BackupFixture.checkRestored(
            Array(fixture.bodies.prefix(expected)),
            on: fixture.disk,
            options: fixture.options
        )
    }

    private static func options(_ generator: inout SeededGenerator) -> LogOptions {
        var options = BackupFixture.smallOptions
        options.segmentByteCount = SegmentHeader.byteCount + 1800 + generator.below(4000)
        options.linkRestartInterval = generator.below(1500)
        return options
    }

    /// The disk of a fixture, whose log goes on between the operations of whoever uses it.
    private static func busy(_ fixture: BackupFixture, _ generator: inout SeededGenerator) -> HookedFileSystem {
        let writer = Mutex(generator.fork())
        let pace = generator.number(in: 2...40)
        return HookedFileSystem(base: fixture.disk) {
            writer.withLock { generator in
                guard generator.chance(1, in: pace) else { return }
                if generator.chance(1, in: 6) { fixture.log?.keepByHand() }
                try? fixture.append(
                    &generator,
                    isIdle: generator.chance(1, in: 4),
                    works: generator.chance(3, in: 4)
                )
            }
        }
    }

    @Test func `a backup beside a writer on threads of its own restores to a prefix`() async throws {
        for seed in 0..<10 {
            var generator = SeededGenerator(seed: UInt64(seed))
            var options = BackupFixture.smallOptions
            options.runsByHand = false
            options.zeroAheadByteCount = 8 << 10
            let fixture = try BackupFixture(options: options)
            for _ in 0..<20 { try fixture.append(&generator) }
            let isDone = Atomic(false)
            let appender = Task.detached { [generator] in
                var generator = generator
                while !isDone.load(ordering: .relaxed) {
                    try fixture.append(&generator)
                    await Task.yield()
                }
            }
            var reports: [BackupReport] = []
            for _ in 0..<5 { reports.append(try fixture.backup()) }
            isDone.store(true, ordering: .relaxed)
            try await appender.value
            fixture.close()
            #expect(try BackupFixture.verify(on: fixture.disk).findings == [])
            for report in reports {
                let directory = "/new/\(report.manifest.number)/shop"
                let restored = try BackupFixture.restore(
                    number: report.manifest.number,
                    to: directory,
                    on: fixture.disk
                )
                try BackupFixture.checkRestored(
                    Array(fixture.bodies.prefix(Int(restored.head.value))),
                    in: directory,
                    on: fixture.disk
                )
            }
        }
    }
}
