import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

/// Opening reads headers and footers where they agree, and knows what reading everything would have said.
@Suite struct OpeningTests {
    private func inspect(_ disk: SimulatedFileSystem, trustsFooters: Bool) throws -> LogInspection {
        var inspector = LogInspector(
            fileSystem: disk,
            directory: LogByHand.directory + "/log",
            organization: "shop",
            depth: WalkDepth(trustsFooters: trustsFooters)
        )
        return try inspector.inspect(.read)
    }

    @Test func `footers say what reading everything says`() throws {
        try Property.forAll(seeds: 60) { generator in
            var hand = try LogByHand(segmentByteCount: generator.number(in: 16...60) << 10, packs: false)
            var time: Int64 = 0
            for _ in 0..<generator.number(in: 1...40) {
                time += Int64(generator.below(3))
                let batch = (0..<generator.number(in: 1...120)).map { _ in generator.body(byteCount: 0...50) }
                try hand.append(batch, at: Timestamp(microseconds: time))
                if generator.chance(1, in: 8) { hand.log.sealByHand() }
                if generator.chance(1, in: 12) { hand.log.workByHand(isIdle: true) }
                if generator.chance(1, in: 12) { try hand.packSome(&generator) }
                if generator.chance(1, in: 10) { try hand.reopen() }
            }
            let disk = hand.disk.crashImage(seed: generator.next())
            let full = try inspect(disk, trustsFooters: false)
            let quick = try inspect(disk, trustsFooters: true)
            try #require(full.findings == quick.findings && full.damage == [])
            try requireEqual(quick.contents.statistics, full.contents.statistics, "the statistics")
            try requireEqual(quick.contents.index, full.contents.index, "the index")
            try requireEqual(quick.contents.lastRecordedAt, full.contents.lastRecordedAt, "the last time")
            try requireEqual(
                quick.contents.lastBlockHoldsRecords,
                full.contents.lastBlockHoldsRecords,
                "whether a mark is owed"
            )
            try requireEqual(quick.tree, full.tree, "the Merkle tree")
            try requireEqual(quick.segments.map(\.blocksEnd), full.segments.map(\.blocksEnd), "where blocks end")
            try requireEqual(quick.unsealed.map(\.footer), full.unsealed.map(\.footer), "the footers to write")
            let sealed = quick.segments.dropLast().filter { $0.tail == .footer }
            try #require(sealed.allSatisfy { !$0.wasRead } && quick.segments.last?.wasRead ?? true)
        }
    }

    @Test func `opening a log of many segments reads a little of each`() throws {
        var generator = SeededGenerator(seed: 1)
        var hand = try LogByHand()
        try hand.fill(segments: 12, &generator)
        hand.log.close()
        let reads = hand.disk.counts.reads
        let log = try SegmentedLog.open(directory: LogByHand.directory, options: hand.options, fileSystem: hand.disk)
        // Two headers, a trailer and a footer of each; the last one, and the leaves before it.
        #expect(hand.disk.counts.reads - reads < 12 * 5 + 15)
        #expect(!log.verification.isFinished)
        #expect(log.verification.progress.totalByteCount > 10 * (40 << 10))
        log.keepByHand()
        #expect(log.verification.isFinished)
        #expect(log.verification.findings == [])
        #expect(try contents(of: log) == hand.bodies)
    }

    @Test func `what rots in a sealed segment is found in the background, and told`() throws {
        var generator = SeededGenerator(seed: 2)
        var hand = try LogByHand(packs: false)
        try hand.fill(segments: 4, &generator)
        hand.log.close()
        let name = try #require(hand.disk.contents.keys.sorted().filter { $0.hasSuffix(".seg") }.dropFirst().first)
        hand.disk.tamper(name) { $0[SegmentHeader.byteCount + 5000] ^= 4 }
        let told = ManyTold()
        var options = hand.options
        options.reportFinding = { told.add("\($0)") }
        let log = try SegmentedLog.open(directory: LogByHand.directory, options: options, fileSystem: hand.disk)
        #expect(log.recovery.isClean)
        log.keepByHand()
        #expect(log.verification.isFinished)
        #expect(log.verification.findings.map(\.kind) == [.rotten])
        #expect(told.all == log.verification.findings.map(\.description))
        // It goes on, and gives everything but what is damaged.
        _ = try log.append(batch([[1]], at: 9), expectedHead: log.head.appended)
        #expect(try contents(of: log, from: 1, through: 1) == [hand.bodies[0]])
        #expect(throws: LogStorageError.self) { try contents(of: log) }
        #expect(try contents(of: log, from: log.head.durable.value) == [hand.bodies[hand.bodies.count - 1]])
    }

    @Test func `a file that cannot be read in the background is a finding, too`() throws {
        var generator = SeededGenerator(seed: 7)
        var hand = try LogByHand(packs: false)
        try hand.fill(segments: 3, &generator)
        try hand.reopen()
        hand.disk.plan { [read = hand.disk.counts.reads + 1] in $0.failingReads = [read] }
        hand.log.keepByHand()
        let finding = try #require(hand.log.verification.findings.first)
        #expect(hand.log.verification.findings.count == 1 && hand.log.verification.isFinished)
        #expect(finding.segment == SegmentName.name(firstSequence: 1) && finding.meaning.contains("cannot be read"))
    }

    @Test func `damage near the end of a sealed segment, which the tree needs, is found at once`() throws {
        var generator = SeededGenerator(seed: 3)
        var hand = try LogByHand(packs: false)
        try hand.fill(segments: 2, &generator)
        hand.log.close()
        let path = LogByHand.directory + "/log/" + SegmentName.name(firstSequence: 1)
        let footer = Int(
            hand.disk.contents[path]?.suffix(32).withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) } ?? 0
        )
        hand.disk.tamper(path) { $0[footer - 100] ^= 4 }
        let log = try SegmentedLog.open(directory: LogByHand.directory, options: hand.options, fileSystem: hand.disk)
        #expect(log.recovery.damage.map(\.kind) == [.rotten])
        #expect(log.verification.isFinished)
    }

    @Test func `a damaged footer makes opening read its segment`() throws {
        var generator = SeededGenerator(seed: 4)
        var hand = try LogByHand()
        try hand.fill(segments: 4, &generator)
        hand.log.close()
        let path = LogByHand.directory + "/log/" + SegmentName.name(firstSequence: 1)
        let whole = hand.disk.contents[path]
        // As if a crash had lost the footer: it is written again.
        hand.disk.tamper(path) { bytes in
            let footer = Int(bytes.number(at: bytes.count - SegmentFooter.trailerByteCount, as: UInt64.self))
            bytes.removeSubrange(footer...)
        }
        let quick = try inspect(hand.disk, trustsFooters: true)
        #expect(quick.segments.map(\.wasRead) == [true, false, false, true])
        #expect(quick.findings == [] && quick.unsealed.count == 1)
        let log = try SegmentedLog.open(directory: LogByHand.directory, options: hand.options, fileSystem: hand.disk)
        #expect(log.recovery.isClean)
        #expect(hand.disk.contents[path] == whole)
        log.close()
        hand.disk.tamper(path) { $0[$0.count - 40] ^= 1 }
        let damaged = try SegmentedLog.open(
            directory: LogByHand.directory,
            options: hand.options,
            fileSystem: hand.disk
        )
        #expect(damaged.recovery.damage.map(\.kind) == [.footer])
    }

    @Test func `a segment swapped for an older one is found at once`() throws {
        var generator = SeededGenerator(seed: 5)
        var one = try LogByHand(packs: false)
        var other = try LogByHand(packs: false)
        try one.fill(segments: 3, &generator)
        try other.fill(segments: 3, &generator)
        one.log.close()
        other.log.close()
        let path = LogByHand.directory + "/log/" + SegmentName.name(firstSequence: 1)
        let foreign = try #require(other.disk.contents[path])
        one.disk.tamper(path) { $0 = foreign }
        let log = try SegmentedLog.open(directory: LogByHand.directory, options: one.options, fileSystem: one.disk)
        #expect(!log.recovery.damage.isEmpty)
    }

    @Test func `the check goes on by itself, and closing does not wait for it`() async throws {
        try await withTemporaryDirectory { root in
            let directory = root + "/default"
            var options = LogOptions()
            options.segmentByteCount = 64 << 10
            options.blockByteLimit = 4 << 10
            options.zeroStepByteCount = 8 << 10
            var generator = SeededGenerator(seed: 6)
            var head = SequenceNumber.none
            var log = try SegmentedLog.open(directory: directory, options: options)
            while log.statistics.segments < 8 {
                head = try await appendWhenRoom(log, batch([generator.randomBytes(3000)], at: 1), head)
            }
            try await log.waitUntilDurable(head)
            log.close()
            for _ in 0..<5 {
                log = try SegmentedLog.open(directory: directory, options: options)
                log.close()
            }
            log = try SegmentedLog.open(directory: directory, options: options)
            #expect(log.verification.progress.totalByteCount > 6 * (60 << 10))
            while !log.verification.isFinished { try await Task.sleep(for: .milliseconds(1)) }
            #expect(log.verification.findings == [])
            log.close()
        }
    }
}

extension LogByHand {
    /// Packs some of the sealed segments of a log that does not pack by itself.
    func packSome(_ generator: inout SeededGenerator) throws {
        var keeper = LogKeeper(core: log.core)
        let segments = log.core.withState { $0.segments }
        for (segment, next) in zip(segments, segments.dropFirst())
        where !segment.header.isPacked && generator.chance(1, in: 2) {
            _ = keeper.pack(segment, next: next.header, changes: nil)
        }
    }
}
