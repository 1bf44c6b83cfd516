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
        // The file has its size, but its sector was lost, and room behind it was not cut.
        let lost = try await disk { bytes, footer in
            for index in footer..<bytes.count { bytes[index] = 0 }
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

@Suite struct SealingPropertyTests {
    private func footer(_ generator: inout SeededGenerator) -> SegmentFooter {
        let offset = SegmentHeader.byteCount + 8 * Int.random(in: 1..<500, using: &generator)
        return SegmentFooter(
            firstSequence: 1,
            nextSequence: 1000,
            firstRecordedAt: 1_700_000_000_000_000,
            lastRecordedAt: 1_700_000_001_000_000,
            offset: offset,
            blockCount: 10,
            lastChecksum: 3_000_000_000,
            rawByteCount: 100_000,
            digest: generator.randomBytes(32),
            entries: (1...Int.random(in: 1...60, using: &generator))
                .map {
                    .init(
                        firstSequence: UInt64($0),
                        offset: $0 * 4096,
                        firstRecordedAt: 1_700_000_000_000_000 + Int64($0),
                        lastRecordedAt: 1_700_000_000_500_000
                    )
                },
            nodes: (0..<Int.random(in: 0...3, using: &generator))
                .map { .leaf([UInt8($0)].span.bytes) }
        )
    }

    @Test func `a footer is whole, written in part, or changed`() throws {
        try Property.forAll(seeds: 500) { generator in
            let footer = footer(&generator)
            let expected = footer.encode()
            func judge(_ tail: [UInt8]) -> WalkedSegment.Tail {
                SegmentWalk.compare(tail, (tail.lastIndex { $0 != 0 } ?? -1) + 1, with: footer, at: footer.offset)
            }
            try #require(judge(expected) == .footer)
            try #require(judge(footer.encode(version: 1)) == .footer)

            var part = expected
            let pieces = Array(SectorPieces(count: expected.count, at: footer.offset))
            for piece in pieces where Bool.random(using: &generator) {
                for index in piece { part[index] = 0 }
            }
            if Bool.random(using: &generator), let end = pieces.randomElement(using: &generator)?.upperBound {
                part.removeSubrange(end...)
            } else {
                part += [UInt8](repeating: 0, count: Int.random(in: 1...2000, using: &generator))
            }
            try #require(part == expected ? judge(part) == .footer : judge(part) == .interruptedFooter)

            var changed = expected + [UInt8](repeating: 0, count: Int.random(in: 0...100, using: &generator))
            changed[Int.random(in: changed.indices, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
            guard case .rottenFooter = judge(changed) else { throw Unexpected(tail: judge(changed)) }
        }
    }

    private struct Unexpected: Error {
        var tail: WalkedSegment.Tail
    }
}
