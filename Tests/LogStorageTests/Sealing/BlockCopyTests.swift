import EventSourcing
import Synchronization
import TestSupport
import Testing

@testable import LogStorage

/// Compaction copies the blocks of a packed segment in which there is nothing to change.
@Suite struct BlockCopyTests {
    private static func husk(of sequences: Set<UInt64>) -> RecordRedaction {
        { sequence, body in
            sequences.contains(sequence.value) && RecordLeaf.huskHash(body) == nil ? makeHusk(of: body) : nil
        }
    }

    /// A log with two packed segments of some twenty blocks, and the active one.
    private func packed(_ generator: inout SeededGenerator) throws -> LogByHand {
        var hand = try LogByHand(segmentByteCount: 80 << 10, packedBlockByteCount: 4 << 10)
        try hand.fill(segments: 3, &generator)
        hand.log.keepByHand()
        #expect(hand.isPacked == [true, true, false])
        return hand
    }

    @Test func `only the block with the husk changes`() throws {
        var generator = SeededGenerator(seed: 1)
        let hand = try packed(&generator)
        let before = try blocks(of: hand.segments[0])
        let touched = before[5]
        let root = hand.log.treeHead
        let report = hand.log.compactByHand(redaction: Self.husk(of: [touched.header.firstSequence + 3]))
        #expect(report.failures == [] && report.rewrittenSegmentCount == 1 && report.redactedCount == 1)
        let after = try blocks(of: hand.segments[0])
        for (header, payload) in before where header != touched.header {
            let copy = try #require(after.first { $0.header.firstSequence == header.firstSequence })
            #expect(copy.payload == payload && copy.header.payloadChecksum == header.payloadChecksum)
            #expect(copy.header.firstRecordedAt == header.firstRecordedAt)
            #expect(copy.header.lastRecordedAt == header.lastRecordedAt)
        }
        #expect(after.first { $0.header.firstSequence == touched.header.firstSequence }?.payload != touched.payload)
        #expect(hand.log.treeHead == root)
        #expect(try hand.verify().findings == [])
    }

    /// As many as there are, the small blocks that husks leave behind full ones do not pile up.
    @Test func `blocks stay large however often they change`() throws {
        var generator = SeededGenerator(seed: 2)
        let hand = try packed(&generator)
        let before = try blocks(of: hand.segments[0])
        let first = before[3].header.firstSequence
        for sequence in first..<before[6].header.firstSequence {
            let report = hand.log.compactByHand(redaction: Self.husk(of: [sequence]))
            try #require(report.redactedCount == 1)
        }
        #expect(try blocks(of: hand.segments[0]).count <= before.count + 6)
        #expect(try hand.verify().findings == [])
    }

    @Test func `a block with right checksums that is not the one that was sealed is not copied`() throws {
        var generator = SeededGenerator(seed: 3)
        let hand = try packed(&generator)
        let path = hand.path(ofSegment: 1)
        var last = try #require(try blocks(of: hand.segments[0]).last).header
        last.lastRecordedAt += 1
        hand.disk.tamper(path) { bytes in
            last.store(in: &bytes, at: last.offset)
            bytes.store(last.checksum, at: last.offset + last.extent - 4)
        }
        let rotten = hand.disk.contents[path]
        let report = hand.log.compactByHand(redaction: Self.husk(of: [1]))
        #expect(report.failures.count == 1 && report.rewrittenSegmentCount == 0)
        #expect(report.failures.first?.contains("not those that were sealed") ?? false)
        #expect(hand.disk.contents[path] == rotten)
    }

    /// A disk that writes something else is found out by reading back, wherever it does.
    @Test func `what is not read back as it was written does not replace anything`() throws {
        try Property.forAll(seeds: 40) { generator in
            var hand = try packed(&generator)
            let path = LogByHand.directory + "/log/" + SegmentName.packed
            let place = generator.number(in: 0...100_000)
            let disk = hand.disk
            let before = disk.contents
            let isTampered = Mutex(false)
            // The last sync is that of the footer: what is wrong then is what will be read back.
            let hooked = HookedFileSystem(base: disk) {
                guard let bytes = disk.contents[path], bytes.suffix(8) == [UInt8]("PTRNEND\n".utf8)[...],
                    !isTampered.withLock({ $0 })
                else { return }
                isTampered.withLock { $0 = true }
                disk.tamper(path) { $0[place % $0.count] ^= 1 }
            }
            hand.log.close()
            let log = try SegmentedLog.open(directory: LogByHand.directory, options: hand.options, fileSystem: hooked)
            let report = log.compactByHand(redaction: Self.husk(of: [1]))
            log.close()
            try require(report.failures.count == 1 && report.rewrittenSegmentCount == 0, "\(report)")
            try requireEqual(disk.contents[hand.path(ofSegment: 1)], before[hand.path(ofSegment: 1)], "the segment")
            try hand.reopen()
            try require(try hand.verify().isClean, "the log is not clean any more")
        }
    }

    @Test func `whatever is redacted, in however many rounds, all that was proven holds`() throws {
        try Property.forAll(seeds: 80) { generator in
            var hand = try LogByHand(
                segmentByteCount: generator.number(in: 16...120) << 10,
                packedBlockByteCount: generator.pick([300, 1000, 5000, SegmentPacker.blockByteCount])
            )
            var time: Int64 = 0
            var expected: [[UInt8]] = []
            for _ in 0..<generator.number(in: 1...5) {
                for _ in 0..<generator.number(in: 5...30) {
                    time += Int64(generator.below(4))
                    let bodies = generator.bodies(count: 1...6, byteCount: 0...generator.pick([80, 1300]))
                    try hand.append(bodies, at: Timestamp(microseconds: time))
                    expected += bodies
                    if generator.chance(1, in: 8) { hand.log.sealByHand() }
                }
                if generator.chance(1, in: 2) { hand.log.keepByHand() }
                if generator.chance(1, in: 4) { try hand.reopen() }
                try compact(hand, &expected, &generator)
            }
            try hand.reopen()
            try require(try contents(of: hand.log) == expected, "the records after opening anew")
        }
    }

    private func compact(
        _ hand: LogByHand,
        _ expected: inout [[UInt8]],
        _ generator: inout SeededGenerator
    ) throws {
        let (wins, count) = generator.pick([(0, 1), (1, 300), (1, 20), (1, 2), (1, 1)])
        let chosen = expected.indices.filter { index in
            RecordLeaf.huskHash(of: expected[index]) == nil && generator.chance(wins, in: count)
        }
        let head = hand.log.treeHead
        let proven = (0..<5).map { _ in SequenceNumber(UInt64(generator.number(in: 1...expected.count))) }
        let proofs = try proven.map { try hand.log.inclusionProof(of: $0) }
        let report = hand.log.compactByHand(redaction: Self.husk(of: Set(chosen.map { UInt64($0 + 1) })))
        try require(report.failures.isEmpty && report.stop == nil, "\(report)")
        // Without threads the active segment is not sealed for it.
        let active = hand.segments[hand.segments.count - 1].header.firstSequence
        for index in chosen where UInt64(index + 1) < active {
            let body = expected[index]
            expected[index] = makeHusk(of: body.span.bytes)
        }
        try require(try contents(of: hand.log) == expected, "the records")
        try requireEqual(hand.log.treeHead, head, "the root")
        try requireEqual(try proven.map { try hand.log.inclusionProof(of: $0) }, proofs, "the proofs")
        let verification = try hand.verify()
        try require(verification.findings == [], "\(verification.findings)")
        var statistics = hand.log.statistics
        statistics.syncs = 0
        try requireEqual(verification.statistics, statistics, "the statistics")
    }
}
