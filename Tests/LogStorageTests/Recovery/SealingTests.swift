import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

@Suite struct SealingTests {
    private static let sealed = "/golden/log/" + SegmentName.name(firstSequence: 1)

    /// The golden log on a disk in memory, with its first segment's footer changed.
    private func disk(_ change: (inout [UInt8], _ footer: Int) -> Void) async throws -> SimulatedFileSystem {
        let disk = SimulatedFileSystem()
        try await GoldenLog.write(on: disk)
        disk.tamper(Self.sealed) { bytes in
            let footer = Int(bytes.number(at: bytes.count - SegmentFooter.trailerByteCount, as: UInt64.self))
            change(&bytes, footer)
        }
        return disk
    }

    private func reopened(_ disk: SimulatedFileSystem) throws -> [UInt8]? {
        #expect(try LogVerifier.verify(directory: "/golden", fileSystem: disk).findings == [])
        let log = try SegmentedLog.open(directory: "/golden", options: GoldenLog.options, fileSystem: disk)
        #expect(log.recovery.isClean)
        log.close()
        return disk.contents[Self.sealed]
    }

    @Test(arguments: [0, 8, 100, 230])
    func `a footer that reached the disk in part is written again`(_ keptByteCount: Int) async throws {
        let whole = try await disk { _, _ in }.contents[Self.sealed]
        // The file ends inside the footer, at a sector's end or not.
        let short = try await disk { bytes, footer in
            let end = (footer + keptByteCount) / Format.sectorByteCount * Format.sectorByteCount
            bytes.removeSubrange(max(end, footer)...)
        }
        #expect(try reopened(short) == whole)
        // The file has its size, but a sector was lost, and room behind it was not cut.
        let lost = try await disk { bytes, footer in
            for index in footer..<(footer / 512 + 1) * 512 { bytes[index] = 0 }
            bytes += [UInt8](repeating: 0, count: keptByteCount)
        }
        #expect(try reopened(lost) == whole)
    }

    @Test func `a footer with a changed byte is damage, and every record can be read`() async throws {
        let disk = try await disk { bytes, footer in bytes[footer + 70] ^= 1 }
        let findings = try LogVerifier.verify(directory: "/golden", fileSystem: disk).findings
        #expect(findings.map(\.kind) == [.footer])
        let log = try SegmentedLog.open(directory: "/golden", options: GoldenLog.options, fileSystem: disk)
        #expect(try contents(of: log) == GoldenLog.batches.flatMap(\.self))
        #expect(throws: AppendError.self) { try log.append(batch([[1]], at: 1), expectedHead: log.head.appended) }
    }
}
