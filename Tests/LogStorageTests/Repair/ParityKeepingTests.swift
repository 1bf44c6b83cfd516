import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

/// The keeper writes parity files, and never leaves one of bytes that are gone.
@Suite struct ParityKeepingTests {
    private func parity(on disk: SimulatedFileSystem) -> [String: [UInt8]] {
        disk.contents.filter { SegmentName.segment(ofParity: Paths.lastComponent($0.key)) != nil }
    }

    /// A disk with the same log without parity files.
    private func unprotected(_ whole: RepairFixture) throws -> SimulatedFileSystem {
        let disk = whole.disk.crashImage(seed: 1)
        for (name, _) in whole.parity { try disk.remove(RepairFixture.path(name)) }
        try disk.syncDirectory(RepairFixture.path(""))
        return disk
    }

    @Test func `each sealed segment gets a parity file once, after it was packed or found not worth it`() throws {
        var generator = SeededGenerator(seed: 21)
        let fixture = try BackupFixture()
        while (fixture.log?.statistics.segments ?? 0) < 4 { try fixture.append(&generator) }
        #expect(parity(on: fixture.disk).isEmpty)
        fixture.log?.keepByHand()
        #expect(fixture.isPacked == [true, true, true, false])
        let written = parity(on: fixture.disk)
        #expect(written.count == 3)
        #expect(try RepairFixture.verify(fixture.disk).findings == [])
        fixture.close()
        let again = try BackupFixture(disk: fixture.disk)
        let writes = fixture.disk.counts.writes
        again.log?.keepByHand()
        #expect(parity(on: fixture.disk) == written)
        #expect(fixture.disk.counts.writes == writes)
        again.close()
        #expect(!fixture.disk.contents.keys.contains { $0.hasSuffix(".tmp") })
    }

    @Test func `what is missing, or left over from an interrupted writing, is put right at the next start`() throws {
        let whole = try RepairFixture()
        let disk = whole.disk
        try disk.remove(RepairFixture.path(whole.parity[0].name))
        for name in [SegmentName.passingParity, SegmentName.repaired] {
            _ = try disk.open(RepairFixture.path(name), .create)
            disk.tamper(RepairFixture.path(name)) { $0 = [1, 2, 3] }
        }
        #expect(try RepairFixture.verify(disk).findings == [])
        let running = try BackupFixture(options: whole.options, disk: disk)
        running.log?.keepByHand()
        running.close()
        try whole.checkWhole(disk)
        #expect(!disk.contents.keys.contains { $0.hasSuffix(".tmp") })
    }

    @Test func `a full disk and a failing write leave the segment without parity, and the log goes on`() throws {
        var generator = SeededGenerator(seed: 32)
        let whole = try RepairFixture()
        let full = try BackupFixture(options: whole.options, disk: try unprotected(whole))
        full.disk.plan { [used = full.disk.usedByteCount] in $0.capacity = used + 4 * full.options.segmentByteCount }
        full.log?.keepByHand()
        #expect(parity(on: full.disk).isEmpty)
        full.disk.plan { $0.capacity = nil }
        full.log?.keepByHand()
        #expect(parity(on: full.disk).count == 3)

        let failing = try BackupFixture(options: whole.options, disk: try unprotected(whole))
        failing.disk.plan { [now = failing.disk.counts.writes] in $0.failingWrites = [now + 2] }
        failing.log?.keepByHand()
        #expect(parity(on: failing.disk).count == 2)
        try failing.append(&generator)
        #expect(failing.log?.head.durable == failing.log?.head.appended)
        #expect(try RepairFixture.verify(failing.disk).findings == [])
    }

    @Test func `wherever the power fails while parity is written, the log is whole and the next start goes on`() throws
    {
        let whole = try RepairFixture()
        let prepared = try unprotected(whole)
        var crashCount = 0
        for change in 1... {
            let disk = prepared.crashImage(seed: 1)
            let running = try BackupFixture(options: whole.options, disk: disk)
            disk.plan { [now = disk.counts.changes] in $0.crashAtChange = now + change }
            running.log?.keepByHand()
            guard disk.hasCrashed else { break }
            crashCount += 1
            for seed in 0..<6 {
                let image = disk.crashImage(seed: UInt64(seed))
                let findings = try RepairFixture.verify(image).findings
                try require(findings.isEmpty, "after a crash at change \(change): \(findings)")
                let next = try BackupFixture(options: whole.options, disk: image)
                try require(next.log?.recovery.isClean ?? false, "opening after a crash at change \(change)")
                next.log?.keepByHand()
                next.close()
                try whole.checkWhole(image)
            }
        }
        #expect(crashCount > 15)
    }

    @Test func `wherever the power fails while records are redacted, no parity of the old bytes is left`() throws {
        let whole = try RepairFixture()
        var crashCount = 0
        for change in 1... {
            let disk = whole.disk.crashImage(seed: 1)
            let running = try BackupFixture(options: whole.options, disk: disk)
            disk.plan { [now = disk.counts.changes] in $0.crashAtChange = now + change }
            try? running.redact(segment: 1) { $0.value.isMultiple(of: 2) }
            running.log?.keepByHand()
            guard disk.hasCrashed else { break }
            crashCount += 1
            for seed in 0..<6 {
                let image = disk.crashImage(seed: UInt64(seed))
                let segment = image.contents[RepairFixture.path(whole.sealed[1].name)] ?? []
                let parity = image.contents[RepairFixture.path(whole.parity[1].name)]
                if segment != whole.sealed[1].bytes {
                    try require(parity != whole.parity[1].bytes, "parity of what was redacted is still there")
                }
                let findings = try RepairFixture.verify(image).findings
                try require(findings.isEmpty, "after a crash at change \(change): \(findings)")
                let next = try BackupFixture(options: whole.options, disk: image)
                next.log?.keepByHand()
                try requireEqual(self.parity(on: image).count, 3, "how many parity files there are")
                try require(try RepairFixture.verify(image).isClean, "the next start leaves something")
            }
        }
        #expect(crashCount > 10)
    }
}
