import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

@Suite struct LogRepairTests {
    private func flip(_ offset: Int, of name: String, on disk: SimulatedFileSystem) {
        disk.tamper(RepairFixture.path(name)) { $0[offset] ^= 1 }
    }

    @Test func `what is too much for parity is named with its records, and nothing is changed`() throws {
        let fixture = try RepairFixture()
        let (name, bytes) = fixture.sealed[1]
        let shard = ParityLayout(fileByteCount: bytes.count).shardByteCount
        fixture.disk.tamper(RepairFixture.path(name)) { for index in 0..<5 * shard { $0[index] ^= 255 } }
        let before = fixture.disk.contents
        let report = try RepairFixture.repair(fixture.disk).run()
        #expect(fixture.disk.contents == before)
        #expect(report.plan.segments.map(\.name) == [name])
        #expect(report.plan.segments.first?.verdict == .tooMuch)
        let first = try #require(SegmentName.firstSequence(name))
        let next = try #require(SegmentName.firstSequence(fixture.sealed[2].name))
        let head = UInt64(fixture.bodies.count)
        #expect(report.plan.lost == [Self.records(first, next - 1)])
        #expect(report.plan.doubtful == [Self.records(next, head)])
        #expect(!report.verification.isClean)
        #expect(throws: LogStorageError.self) { try RepairFixture.repair(fixture.disk).undo() }
    }

    private static func records(_ first: UInt64, _ last: UInt64?) -> RecordRange {
        RecordRange(first: SequenceNumber(first), last: last.map { SequenceNumber($0) })
    }

    @Test func `ranges of lost records are merged, and what lies between is doubtful`() {
        var plan = RepairPlan()
        let finding = { (first: UInt64?, last: UInt64?, kind: LogFinding.Kind) in
            LogFinding(
                segment: "",
                offset: 0,
                firstSequence: first.map { SequenceNumber($0) },
                lastSequence: last.map { SequenceNumber($0) },
                kind: kind,
                meaning: ""
            )
        }
        plan.others = [
            finding(30, nil, .missing), finding(7, 9, .rotten), finding(10, 12, .rotten), finding(20, 20, .brokenChain),
            finding(1, 2, .time), finding(48, 60, .tampered), finding(nil, nil, .stray), finding(8, 8, .rotten),
        ]
        plan.judgeRecords(firstSequences: [1, 11, 40], last: 50)
        #expect(plan.lost.map(\.description) == ["7–12", "20", "30–39"])
        #expect(plan.doubtful.map(\.description) == ["13–19", "21–29", "40–60"])
        plan.doubtful = []
        plan.judgeRecords(firstSequences: [1, 11], last: 29)
        #expect(plan.lost.map(\.description) == ["7–12", "20", "30–?"])
        #expect(plan.doubtful.map(\.description) == ["13–19", "21–29", "48–60"])
    }

    @Test func `strewn damage hits different rows, so far more of it is rebuilt`() throws {
        let fixture = try RepairFixture(segments: 2, byteCount: 3 << 20)
        let (name, bytes) = fixture.sealed[0]
        let layout = ParityLayout(fileByteCount: bytes.count)
        #expect(layout.rowCount > 2)
        let disk = fixture.disk
        disk.tamper(RepairFixture.path(name)) { bytes in
            // Four shards in each row, other ones in each.
            for row in 0..<layout.rowCount {
                for shard in 0..<4 {
                    bytes[(row * 4 + shard) * layout.shardByteCount + layout.cell(row).lowerBound] ^= 1
                }
            }
        }
        let plan = try RepairFixture.repair(disk).plan()
        #expect(plan.rebuildable.map(\.name) == [name])
        #expect(plan.lost.isEmpty)
        #expect(try RepairFixture.repair(disk).run().repaired == [name])
        try fixture.checkWhole(disk)
        // And a run of the length that is always restored, across rows.
        disk.tamper(RepairFixture.path(name)) { bytes in
            for index in 100_001..<100_001 + 3 * layout.shardByteCount + 1 { bytes[index] = 0xEE }
        }
        #expect(try RepairFixture.repair(disk).run().repaired == [name])
        try fixture.checkWhole(disk)
    }

    @Test func `a missing segment, one without parity and the active one are lost`() throws {
        let fixture = try RepairFixture()
        let names = fixture.sealed.map(\.name)
        let active = try #require(
            try fixture.disk.list(RepairFixture.path("")).sorted().last { SegmentName.firstSequence($0) != nil }
        )
        try fixture.disk.remove(RepairFixture.path(fixture.parity[0].name))
        flip(5000, of: names[0], on: fixture.disk)
        try fixture.disk.remove(RepairFixture.path(names[2]))
        flip(4096, of: active, on: fixture.disk)
        let plan = try RepairFixture.repair(fixture.disk).plan()
        #expect(plan.segments.map(\.name) == [names[0], names[2], active])
        #expect(plan.segments.map(\.verdict) == [.noParity, .tooMuch, .noParity])
        let missing = try #require(SegmentName.firstSequence(names[2]))
        // Up to where the active segment can be read again.
        #expect(plan.lost.last?.first.value == missing)
        #expect(plan.lost.last?.last?.value ?? 0 >= SegmentName.firstSequence(active) ?? .max)
    }

    @Test func `parity of another segment is of no use, and written anew once the segment is whole`() throws {
        let fixture = try RepairFixture()
        let disk = fixture.disk
        let path = RepairFixture.path(fixture.parity[0].name)
        disk.tamper(path) { $0 = fixture.parity[1].bytes }
        #expect(try RepairFixture.verify(disk).findings.map(\.kind) == [.parity])
        flip(5000, of: fixture.sealed[0].name, on: disk)
        let plan = try RepairFixture.repair(disk).plan()
        #expect(plan.segments.map(\.verdict) == [.noParity])
        #expect(plan.parity.map(\.segment) == [fixture.parity[0].name])
        _ = try RepairFixture.repair(disk).run()
        #expect(disk.contents[path] == fixture.parity[1].bytes)
        flip(5000, of: fixture.sealed[0].name, on: disk)
        #expect(try RepairFixture.repair(disk).run().parityWritten == [fixture.sealed[0].name])
        try fixture.checkWhole(disk)
    }

    @Test func `segment and parity file damaged together are rebuilt, both are kept, and both are put back`() throws {
        let fixture = try RepairFixture()
        let disk = fixture.disk
        let (name, parity) = (fixture.sealed[0].name, fixture.parity[0].name)
        for offset in stride(from: 0, to: fixture.parity[0].bytes.count, by: 7) {
            flip(offset, of: parity, on: disk)
            flip(4100, of: name, on: disk)
            let damaged = disk.contents
            let report = try RepairFixture.repair(disk).run()
            try requireEqual(report.repaired, [name], "what is repaired")
            try requireEqual(report.quarantineFiles.count, 2, "how many files are kept")
            try fixture.checkWhole(disk)
            try requireEqual(try RepairFixture.repair(disk).undo(), [name, parity], "what is undone")
            for name in [name, parity] {
                let path = RepairFixture.path(name)
                try require(disk.contents[path] == damaged[path], "\(name) is not what it was")
            }
            disk.tamper(RepairFixture.path(name)) { $0 = fixture.sealed[0].bytes }
            disk.tamper(RepairFixture.path(parity)) { $0 = fixture.parity[0].bytes }
            for path in disk.contents.keys where path.contains("/quarantine/") { try disk.remove(path) }
        }
    }

    @Test func `repairs are undone one by one, from the last`() throws {
        let fixture = try RepairFixture()
        let disk = fixture.disk
        for (name, _) in fixture.sealed {
            flip(4200, of: name, on: disk)
            #expect(try RepairFixture.repair(disk).run().repaired == [name])
        }
        flip(4200, of: fixture.sealed[0].name, on: disk)
        let kept = try RepairFixture.repair(disk).run()
        #expect(kept.quarantineFiles.count == 1)
        for (name, _) in [fixture.sealed[0]] + fixture.sealed.reversed() {
            #expect(try RepairFixture.repair(disk).undo() == [name])
        }
        let error = #expect(throws: LogStorageError.self) { try RepairFixture.repair(disk).undo() }
        #expect(error?.code == .notFound)
        #expect(disk.contents.keys.count { $0.hasSuffix(KeptFile.undoneSuffix) } == 4)
    }

    @Test func `nothing is undone once the segment was written anew`() throws {
        let fixture = try RepairFixture()
        let disk = fixture.disk
        flip(4200, of: fixture.sealed[0].name, on: disk)
        _ = try RepairFixture.repair(disk).run()
        let running = try BackupFixture(options: fixture.options, disk: disk)
        try running.redact(segment: 0) { $0.value == 1 }
        running.log?.keepByHand()
        running.close()
        let before = disk.contents
        let error = #expect(throws: LogStorageError.self) { try RepairFixture.repair(disk).undo() }
        #expect(error?.code == .invalidArgument)
        #expect(disk.contents == before)
        #expect(try RepairFixture.verify(disk).findings == [])
    }
}
