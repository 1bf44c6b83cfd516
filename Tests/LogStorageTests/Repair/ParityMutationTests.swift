import TestSupport
import Testing

@testable import LogStorage

/// Every byte of a parity file changes: it is noticed and named, does no harm, and is mended.
@Suite struct ParityMutationTests {
    private static let sliceCount = 4
    private static let shared = Result { try RepairFixture() }

    @Test(arguments: 0..<sliceCount)
    func `a changed byte of a parity file is noticed and mended`(_ slice: Int) throws {
        let fixture = try Self.shared.get()
        let (name, bytes) = fixture.parity[1]
        for offset in stride(from: slice, to: bytes.count, by: Self.sliceCount) {
            let disk = fixture.disk.crashImage(seed: 1)
            disk.tamper(RepairFixture.path(name)) { $0[offset] ^= 1 << UInt8(offset / Self.sliceCount % 8) }
            let findings = try RepairFixture.verify(disk).findings
            try requireEqual(findings.map(\.kind), [.parity], "what is found of byte \(offset)")
            try requireEqual(findings.first?.segment, name, "where byte \(offset) is")
            let finding = findings[0]
            let end = finding.byteCount.map { finding.offset + $0 } ?? bytes.count
            try require(finding.offset <= offset && offset < end, "byte \(offset) is not at \(finding)")
            guard offset % 5 == 0 else { continue }
            // By hand, …
            let repaired = disk.crashImage(seed: 1)
            let report = try RepairFixture.repair(repaired).run()
            try requireEqual(report.parityWritten, [fixture.sealed[1].name], "whose parity is written")
            try fixture.checkWhole(repaired)
            // … and by itself.
            let log = try SegmentedLog.open(
                directory: RepairFixture.directory,
                options: fixture.options,
                fileSystem: disk
            )
            try require(log.recovery.isClean, "opening minds byte \(offset)")
            log.keepByHand()
            log.close()
            try fixture.checkWhole(disk)
        }
    }

    @Test func `a cut, longer, empty or orphaned parity file is noticed and mended`() throws {
        let fixture = try Self.shared.get()
        let changes: [(inout [UInt8]) -> Void] = [
            { $0.removeLast() }, { $0.removeLast(400) }, { $0.append(0) }, { $0 = [] }, { $0.removeFirst() },
        ]
        for change in changes {
            let disk = fixture.disk.crashImage(seed: 1)
            disk.tamper(RepairFixture.path(fixture.parity[0].name), change)
            #expect(try RepairFixture.verify(disk).findings.map(\.kind) == [.parity])
            _ = try RepairFixture.repair(disk).run()
            try fixture.checkWhole(disk)
        }
        let disk = fixture.disk.crashImage(seed: 1)
        let orphan = SegmentName.parity(of: SegmentName.name(firstSequence: 4_000_000))
        _ = try disk.open(RepairFixture.path(orphan), .create)
        disk.tamper(RepairFixture.path(orphan)) { $0 = fixture.parity[0].bytes }
        #expect(try RepairFixture.verify(disk).findings.map(\.segment) == [orphan])
    }
}
