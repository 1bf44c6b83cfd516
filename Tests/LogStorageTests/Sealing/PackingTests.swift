import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

/// A log on a simulated disk, without threads.
struct LogByHand {
    static let directory = "/data/shop"

    let disk = SimulatedFileSystem()
    let options: LogOptions
    private(set) var log: SegmentedLog
    private(set) var bodies: [[UInt8]] = []

    init(
        segmentByteCount: Int = 40 << 10,
        packedBlockByteCount: Int = SegmentPacker.blockByteCount,
        packs: Bool = true
    ) throws {
        var options = LogOptions()
        options.runsByHand = true
        options.blockByteLimit = 8 << 10
        options.segmentByteCount = segmentByteCount
        options.linkRestartInterval = 4 << 10
        options.zeroStepByteCount = 4 << 10
        options.packedBlockByteCount = packedBlockByteCount
        options.packsSealedSegments = packs
        self.options = options
        try disk.createDirectory("/data")
        try disk.syncDirectory("/")
        log = try SegmentedLog.open(directory: Self.directory, options: options, fileSystem: disk)
    }

    mutating func append(_ batch: [[UInt8]], at time: Timestamp = .seconds(1)) throws {
        var records = RecordBatch(recordedAt: time)
        for body in batch { records.appendRecord { $0 += body } }
        try log.append(records, expectedHead: log.head.appended)
        bodies += batch
        log.workByHand()
    }

    /// Appends records of an ordinary kind until there are so many segments.
    mutating func fill(segments: Int, _ generator: inout SeededGenerator) throws {
        var time: Int64 = 1_000_000
        while log.statistics.segments < segments {
            let batch = (0..<generator.number(in: 1...30))
                .map { _ in
                    let text =
                        "customer \(generator.below(900)) placed order \(generator.below(90_000)) of \(generator.below(99)) EUR"
                    return Array(text.utf8) + generator.bytes(generator.below(20))
                }
            time += Int64(generator.below(3))
            try append(batch, at: Timestamp(microseconds: time))
        }
    }

    mutating func reopen() throws {
        log.close()
        log = try SegmentedLog.open(directory: Self.directory, options: options, fileSystem: disk)
    }

    func verify() throws -> VerificationReport {
        try LogVerifier.verify(directory: Self.directory, fileSystem: disk)
    }

    func path(ofSegment first: UInt64) -> String { Self.directory + "/log/" + SegmentName.name(firstSequence: first) }

    var segments: [LogSegment] { log.core.withState(\.segments) }

    var isPacked: [Bool] { log.core.withState { $0.segments.map(\.header.isPacked) } }
}

/// What remains of a record, with nothing but its leaf.
func makeHusk(of body: RawSpan) -> [UInt8] { [0x08, 0x01, 0x72, 0x20] + RecordLeaf.hash(body).bytes }

/// The blocks of a segment, each with its payload as it is stored.
func blocks(of segment: LogSegment) throws -> [(header: BlockHeader, payload: [UInt8])] {
    var blocks: [(header: BlockHeader, payload: [UInt8])] = []
    var scanner = BlockScanner(segment)
    while let header = try scanner.advance() {
        let start = scanner.block.lowerBound + BlockHeader.byteCount
        blocks.append((header, Array(scanner.stored[start..<start + header.storedByteCount])))
    }
    return blocks
}

extension LogKeeper {
    /// Packs a segment, with a look for what to change into every block of it.
    mutating func pack(
        _ source: LogSegment,
        next: SegmentHeader,
        redaction: @escaping RecordRedaction
    ) throws -> Outcome {
        let offsets = Set(try blocks(of: source).map(\.header.offset))
        return pack(source, next: next, changes: SegmentChanges(redaction: redaction, blocks: offsets))
    }
}

@Suite struct PackingTests {
    @Test func `packing changes the files and nothing else`() throws {
        var generator = SeededGenerator(seed: 1)
        var hand = try LogByHand()
        try hand.fill(segments: 4, &generator)
        let before = hand.log.statistics
        hand.log.keepByHand()
        #expect(hand.isPacked == [true, true, true, false])
        let after = hand.log.statistics
        #expect(after.storedBytes < before.storedBytes)
        #expect(after.rawBytes == before.rawBytes)
        #expect(after.events == before.events && after.head == before.head && after.lastAt == before.lastAt)
        #expect(try contents(of: hand.log) == hand.bodies)
        for first in stride(from: 1, through: hand.bodies.count, by: 17) {
            let record = try contents(of: hand.log, from: UInt64(first), through: UInt64(first))
            #expect(record == [hand.bodies[first - 1]])
        }
        #expect(try hand.verify().findings == [])
        #expect(try hand.verify().statistics.storedBytes == after.storedBytes)
        try hand.append([[1, 2, 3]])
        try hand.reopen()
        #expect(hand.log.recovery.isClean)
        #expect(hand.isPacked == [true, true, true, false])
        #expect(try contents(of: hand.log) == hand.bodies)
        #expect(!hand.disk.contents.keys.contains { $0.hasSuffix(".tmp") })
    }

    @Test func `a segment that would hardly shrink stays as it is`() throws {
        var generator = SeededGenerator(seed: 2)
        var hand = try LogByHand()
        while hand.log.statistics.segments < 3 { try hand.append([generator.bytes(3000)]) }
        hand.log.keepByHand()
        #expect(hand.isPacked == [false, false, false])
        #expect(!hand.disk.contents.keys.contains { $0.hasSuffix(SegmentName.packed) })
        #expect(try hand.verify().findings == [])
    }

    @Test func `nothing is packed on a disk that is nearly full`() throws {
        var generator = SeededGenerator(seed: 3)
        var hand = try LogByHand()
        try hand.fill(segments: 3, &generator)
        hand.disk.plan { [used = hand.disk.usedByteCount] in $0.capacity = used + 4 * (40 << 10) }
        hand.log.keepByHand()
        #expect(hand.isPacked == [false, false, false])
        hand.disk.plan { $0.capacity = nil }
        hand.log.keepByHand()
        #expect(hand.isPacked == [true, true, false])
    }

    @Test func `a reader that holds the old file goes on`() throws {
        var generator = SeededGenerator(seed: 4)
        var hand = try LogByHand()
        try hand.fill(segments: 3, &generator)
        var seen: [[UInt8]] = []
        try hand.log.read(from: SequenceNumber(1), through: nil) { sequence, body in
            if sequence.value == 5 { hand.log.keepByHand() }
            seen.append(body.withUnsafeBytes { Array($0) })
            return true
        }
        #expect(hand.isPacked == [true, true, false])
        #expect(seen == hand.bodies)
    }

    @Test func `a damaged segment is not packed`() throws {
        var generator = SeededGenerator(seed: 5)
        var hand = try LogByHand()
        try hand.fill(segments: 3, &generator)
        let path = LogByHand.directory + "/log/" + SegmentName.name(firstSequence: 1)
        hand.disk.tamper(path) { $0[5000] ^= 1 }
        hand.log.keepByHand()
        #expect(hand.isPacked == [false, true, false])
        #expect(try hand.verify().findings.map(\.kind) == [.rotten])
    }

    @Test func `records can be changed while packing, and the others stay`() throws {
        var generator = SeededGenerator(seed: 6)
        var hand = try LogByHand(segmentByteCount: 80 << 10)
        try hand.fill(segments: 3, &generator)
        let husk: RecordRedaction = { sequence, body in sequence.value % 3 == 0 ? makeHusk(of: body) : nil }
        let (source, next) = hand.log.core.withState { ($0.segments[0], $0.segments[1].header) }
        var keeper = LogKeeper(core: hand.log.core)
        #expect(try keeper.pack(source, next: next, redaction: husk) == .replaced)
        let expected = hand.bodies.enumerated()
            .map { index, body in
                let sequence = UInt64(index + 1)
                let isChanged = sequence % 3 == 0 && sequence < next.firstSequence
                return isChanged ? makeHusk(of: body.span.bytes) : body
            }
        #expect(try contents(of: hand.log) == expected)
        #expect(try hand.verify().findings == [])
        let head = hand.log.treeHead
        // Whatever would change the tree is not kept.
        let again = hand.log.core.withState { $0.segments[0] }
        let forgery: RecordRedaction = { sequence, _ in sequence.value == 7 ? [1] : nil }
        guard case .failed = try keeper.pack(again, next: next, redaction: forgery) else {
            Issue.record("a record was replaced by another one")
            return
        }
        // A packed segment can be packed once more, and the next one still knows it.
        #expect(try keeper.pack(again, next: next, redaction: { _, _ in nil }) == .replaced)
        #expect(try contents(of: hand.log) == expected)
        #expect(try hand.verify().findings == [])
        try hand.reopen()
        #expect(hand.log.treeHead == head)
        #expect(
            try hand.verify().statistics
                == {
                    var s = hand.log.statistics; s.syncs = 0; return s
                }()
        )
    }

    @Test func `a leftover of packing is removed at open`() throws {
        var generator = SeededGenerator(seed: 7)
        var hand = try LogByHand()
        try hand.fill(segments: 2, &generator)
        let path = LogByHand.directory + "/log/" + SegmentName.packed
        _ = try hand.disk.open(path, .create)
        #expect(try hand.verify().findings == [])
        try hand.reopen()
        #expect(hand.disk.contents[path] == nil)
    }

    @Test func `a packed segment without its footer is damage, even as the last`() throws {
        var generator = SeededGenerator(seed: 8)
        var hand = try LogByHand()
        try hand.fill(segments: 2, &generator)
        hand.log.keepByHand()
        hand.log.close()
        let path = LogByHand.directory + "/log/" + SegmentName.name(firstSequence: 1)
        let whole = hand.disk.contents[path]?.count ?? 0
        let last = try #require(hand.disk.contents.keys.sorted().last { $0.hasSuffix(".seg") })
        hand.disk.tamper(path) { $0.removeSubrange((whole - 40)...) }
        #expect(try hand.verify().findings.map(\.kind) == [.footer])
        try hand.disk.remove(last)
        #expect(try hand.verify().findings.contains { $0.isDamage })
        let log = try SegmentedLog.open(directory: LogByHand.directory, options: hand.options, fileSystem: hand.disk)
        #expect(log.recovery.tornTail == nil && !log.recovery.damage.isEmpty)
    }
}

@Suite struct PackingPropertyTests {
    @Test func `packed or not, a log holds the same records at the same times`() throws {
        try Property.forAll(seeds: 60) { generator in
            var hand = try LogByHand(
                segmentByteCount: generator.number(in: 16...200) << 10,
                packedBlockByteCount: generator.pick([500, 5000, SegmentPacker.blockByteCount])
            )
            var time: Int64 = 0
            for _ in 0..<generator.number(in: 5...40) {
                time += Int64(generator.below(4))
                let batch = generator.bodies(count: 1...6, byteCount: 0...1300)
                try hand.append(batch, at: Timestamp(microseconds: time))
                if generator.chance(1, in: 10) { hand.log.sealByHand() }
                if generator.chance(1, in: 10) { hand.log.keepByHand() }
            }
            hand.log.keepByHand()
            try #require(try contents(of: hand.log) == hand.bodies)
            let report = try hand.verify()
            try #require(report.findings == [])
            var statistics = hand.log.statistics
            statistics.syncs = 0
            try #require(report.statistics == statistics)
            let first = generator.number(in: 1...hand.bodies.count)
            let last = min(hand.bodies.count, first + generator.below(40))
            try #require(
                try contents(of: hand.log, from: UInt64(first), through: UInt64(last))
                    == Array(hand.bodies[first - 1..<last])
            )
        }
    }
}
