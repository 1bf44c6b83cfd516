import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

/// The tree that several threads make of a log's records is the one that a single thread makes.
@Suite struct TreeWalkTests {
    @Test func `threads make the same tree and the same roots, wherever it is asked for`() throws {
        try Property.forAll(seeds: 60) { generator in
            let count = generator.number(in: 0...4000)
            let wanted = (0..<generator.number(in: 0...6))
                .map { _ in generator.chance(1, in: 3) ? 1024 * generator.below(4) : generator.below(count + 1) }
            let hashers = LeafHashers(threadCount: generator.number(in: 0...4))
            defer { hashers.close() }
            var (alone, together) = (TreeWalk(wantedSizes: wanted), TreeWalk(wantedSizes: wanted, hashers: hashers))
            let large = generator.chance(1, in: 4) ? generator.randomBytes(LeafHashers.batchByteCount) : []
            for index in 0..<count {
                let isLarge = !large.isEmpty && generator.chance(1, in: 500)
                let body = isLarge ? large : generator.randomBytes(generator.below(40))
                alone.add(body.span.bytes)
                together.add(body.span.bytes)
                guard generator.chance(1, in: 400) else { continue }
                let range = (first: UInt64(generator.below(index + 1) + 1), next: UInt64(index + 2))
                try requireEqual(
                    together.nodes(from: range.first, to: range.next),
                    alone.nodes(from: range.first, to: range.next),
                    "nodes from \(range.first) to \(range.next)"
                )
                try requireEqual(together.tree, alone.tree, "the tree of \(index + 1)")
            }
            if generator.chance(1, in: 2) { together.stop() } else { together.settle() }
            try requireEqual(together.tree, alone.tree, "the tree of \(count) with roots at \(wanted)")
            try requireEqual(together.roots, alone.roots, "the roots at \(wanted) of \(count)")
        }
    }

    /// A closed log in several segments, with a checkpoint after each round.
    private static func log(_ generator: inout SeededGenerator) throws -> SimulatedFileSystem {
        let disk = SimulatedFileSystem()
        var options = GoldenLog.options
        options.runsByHand = true
        options.segmentByteCount = 12 << 10
        options.checkpointSigner = Samples.signer
        for _ in 0..<3 {
            let log = try SegmentedLog.open(directory: "/shop", options: options, fileSystem: disk)
            for _ in 0..<generator.number(in: 1...40) {
                let bodies = generator.bodies(count: 1...60, byteCount: 0...30)
                _ = try log.appending(bodies, expectedHead: log.head.appended).get()
                log.workByHand(isIdle: true)
            }
            log.close()
        }
        return disk
    }

    @Test func `a report is the same whatever threads there are, of whole logs and damaged ones`() throws {
        try Property.forAll(seeds: 30) { generator in
            let disk = try Self.log(&generator)
            let paths = disk.contents.keys.filter { !$0.hasSuffix("/") && $0.contains("/log/") }.sorted()
            for _ in 0..<generator.below(3) {
                disk.tamper(generator.pick(paths)) { bytes in
                    guard !bytes.isEmpty else { return }
                    bytes[generator.below(bytes.count)] ^= UInt8(generator.number(in: 1...255))
                }
            }
            // Whether a record passes follows from its bytes and its sequence, which must be its own.
            let divisor = UInt64(generator.number(in: 1...2000))
            func report(_ threadCount: Int) throws -> VerificationReport {
                try LogVerifier.verify(
                    directory: "/shop",
                    checkpointKey: Samples.signer.publicKey,
                    checkRecord: { body, sequence in
                        let sum = (0..<body.byteCount)
                            .reduce(sequence.value) { $0 + UInt64(body.number(at: $1, as: UInt8.self)) }
                        if sum % divisor == 0 { throw Violation("the sum is \(sum)") }
                    },
                    fileSystem: disk,
                    threadCount: threadCount
                )
            }
            let alone = try report(1)
            for threadCount in [2, 3, 5] { try requireEqual(try report(threadCount), alone, "\(threadCount) threads") }
        }
    }

    @Test func `the first record that does not pass is named, with its bytes`() throws {
        let disk = SimulatedFileSystem()
        var options = GoldenLog.options
        options.runsByHand = true
        let log = try SegmentedLog.open(directory: "/shop", options: options, fileSystem: disk)
        for first in stride(from: 0, to: 4000, by: 100) {
            let bodies = (first..<first + 100).map { [UInt8($0 >> 8), UInt8($0 & 255)] }
            _ = try log.appending(bodies, expectedHead: log.head.appended).get()
            log.workByHand()
        }
        log.close()
        for (number, threadCount) in [(1, 1), (1, 3), (1024, 2), (1025, 3), (2500, 1), (2500, 2), (4000, 4)] {
            let report = try LogVerifier.verify(
                directory: "/shop",
                checkRecord: { body, sequence in
                    let index = Int(body.number(at: 0, as: UInt8.self)) << 8 | Int(body.number(at: 1, as: UInt8.self))
                    if UInt64(index + 1) != sequence.value { throw Violation("record \(index) is not \(sequence)") }
                    if index + 1 >= number { throw Violation("no") }
                },
                fileSystem: disk,
                threadCount: threadCount
            )
            let expected = RejectedRecord(sequence: SequenceNumber(UInt64(number)), reason: "\(Violation("no"))")
            #expect(report.rejectedRecord == expected)
            #expect(report.isClean)
        }
    }
}
