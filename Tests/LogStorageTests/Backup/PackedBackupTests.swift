import EventSourcing
import Synchronization
import TestSupport
import Testing

@testable import LogStorage

/// Packed segments and husks in backups.
@Suite struct PackedBackupTests {
    /// A log of four segments, of which three are packed.
    private func fixture() throws -> BackupFixture {
        var generator = SeededGenerator(seed: 21)
        let fixture = try BackupFixture()
        while (fixture.log?.statistics.segments ?? 0) < 4 { try fixture.append(&generator) }
        fixture.log?.keepByHand()
        try requireEqual(fixture.isPacked, [true, true, true, false], "what is packed")
        return fixture
    }

    @Test func `a log with packed segments is restored up to any record`() throws {
        let fixture = try fixture()
        _ = try fixture.backup()
        for head in 1...fixture.bodies.count {
            let directory = "/new/\(head)/shop"
            let point = RestorePoint.sequence(SequenceNumber(UInt64(head)))
            let report = try BackupFixture.restore(point, to: directory, on: fixture.disk)
            try requireEqual(report.head.value, UInt64(head), "the head")
            let byteCount = BackupFixture.logByteCount(in: directory, on: fixture.disk)
            try requireEqual(report.byteCount, byteCount, "the bytes")
            try BackupFixture.checkRestored(Array(fixture.bodies.prefix(head)), in: directory, on: fixture.disk)
        }
    }

    @Test func `blocks packed from one block are restored up to any record or time`() async throws {
        var options = BackupFixture.smallOptions
        options.blockByteLimit = 400 << 10
        options.segmentByteCount = 500 << 10
        options.zeroStepByteCount = 64 << 10
        var generator = SeededGenerator(seed: 22)
        let fixture = try BackupFixture(options: options)
        // Each block is packed into several, which share its times.
        while (fixture.log?.statistics.segments ?? 0) < 2 {
            for _ in 0..<60 { try fixture.append(&generator, phrases: 80, works: false) }
            fixture.log?.workByHand()
        }
        fixture.log?.keepByHand()
        try requireEqual(fixture.isPacked, [true, false], "what is packed")
        let blockCount = fixture.log?.core.withState { $0.segments[0].blockCount } ?? 0
        try require(blockCount > 3, "there are \(blockCount) packed blocks")
        _ = try fixture.backup()
        let disk = fixture.disk.crashImage(seed: 1)
        try await Property.forAllConcurrently(seeds: 60) { generator in
            let disk = disk.crashImage(seed: 1)
            let head = generator.number(in: 1...fixture.bodies.count)
            var point = RestorePoint.sequence(SequenceNumber(UInt64(head)))
            var expected = head
            if generator.chance(1, in: 2) {
                let time = BackupFixture.time(head)
                point = .time(time)
                let recorded = fixture.bodies.map { unsafe BackupFixture.recordedAt($0.span.bytes) }
                expected = recorded.count { $0.map { $0 <= time } ?? false }
            }
            let report = try BackupFixture.restore(point, on: disk)
            try requireEqual(report.head.value, UInt64(expected), "the head restored to \(point)")
            try BackupFixture.checkRestored(Array(fixture.bodies.prefix(expected)), on: disk, options: fixture.options)
        }
    }

    @Test func `a segment packed or redacted since is copied anew, and each backup restores what it was`() throws {
        var generator = SeededGenerator(seed: 23)
        let fixture = try BackupFixture()
        while (fixture.log?.statistics.segments ?? 0) < 4 { try fixture.append(&generator) }
        let original = fixture.bodies
        let plain = try fixture.backup()
        fixture.log?.keepByHand()
        let packed = try fixture.backup()
        #expect(packed.copiedFileCount == 3)
        #expect(packed.manifest.segments.last == plain.manifest.segments.last)
        #expect(packed.manifest.segments[0].digest != plain.manifest.segments[0].digest)
        try fixture.redact(segment: 1) { $0.value.isMultiple(of: 2) }
        let redacted = try fixture.backup()
        #expect(redacted.copiedFileCount == 1)
        #expect(fixture.bodies != original)
        #expect(try fixture.backup().copiedFileCount == 0)
        #expect(try BackupFixture.verify(on: fixture.disk).isClean)
        for head in 1...original.count {
            for (number, bodies) in [(1, original), (2, original), (3, fixture.bodies)] {
                let directory = "/new/\(number)-\(head)/shop"
                let point = RestorePoint.sequence(SequenceNumber(UInt64(head)))
                _ = try BackupFixture.restore(point, number: number, to: directory, on: fixture.disk)
                try BackupFixture.checkRestored(Array(bodies.prefix(head)), in: directory, on: fixture.disk)
            }
        }
    }

    @Test func `the root is made from the nodes in footers, and little is read again`() throws {
        var options = BackupFixture.smallOptions
        options.blockByteLimit = 8 << 10
        options.segmentByteCount = 20 << 10
        var generator = SeededGenerator(seed: 25)
        let fixture = try BackupFixture(options: options)
        for limit in [1023, 1024, 1500, 2600, 2601] {
            while fixture.bodies.count < limit {
                for _ in 0..<20 { try fixture.append(&generator, works: false) }
                fixture.log?.workByHand()
            }
            if limit == 1500 { fixture.log?.keepByHand() }
            let report = try fixture.backup()
            let leaves = fixture.bodies.map { unsafe RecordLeaf.hash($0.span.bytes) }
            #expect(report.manifest.root == "\(MerkleModel.root(leaves[...]))")
        }
        // The tail's chunk and the segments that hold it, not the log.
        let reads = fixture.disk.counts.reads
        #expect(try fixture.backup().copiedFileCount == 0)
        let perSegment = (fixture.disk.counts.reads - reads) / (fixture.log?.statistics.segments ?? 1)
        #expect(perSegment <= 24)
        #expect(try BackupFixture.verify(on: fixture.disk).isClean)
    }

    @Test func `a segment that is sealed and packed while the backup looks is not taken for the last one`() throws {
        for place in 1...40 {
            var generator = SeededGenerator(seed: 24)
            let fixture = try BackupFixture()
            while (fixture.log?.statistics.segments ?? 0) < 2 { try fixture.append(&generator) }
            for _ in 0..<4 { try fixture.append(&generator) }
            let operationCount = Atomic(0)
            let hooked = HookedFileSystem(base: fixture.disk) {
                guard operationCount.add(1, ordering: .relaxed).newValue == place else { return }
                fixture.log?.sealByHand()
                fixture.log?.keepByHand()
            }
            let report = try fixture.backup(through: hooked)
            #expect(report.manifest.head == fixture.log?.head.durable)
            _ = try BackupFixture.restore(on: fixture.disk)
            try BackupFixture.checkRestored(fixture.bodies, on: fixture.disk)
        }
    }
}
