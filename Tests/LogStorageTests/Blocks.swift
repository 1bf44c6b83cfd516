import EventSourcing
import TestSupport

@testable import LogStorage

/// Builds blocks the way the writer does.
struct BlockMaker {
    private var builder: BlockBuilder
    private var sequence: UInt64
    private var checksum: UInt32

    init(options: LogOptions = LogOptions(), sequence: UInt64 = 1, checksum: UInt32 = 7) {
        builder = BlockBuilder(options: options)
        self.sequence = sequence
        self.checksum = checksum
    }

    var expected: BlockExpectation {
        BlockExpectation(sequence: sequence, previousChecksum: checksum, recordedAt: .min)
    }

    /// The next block's bytes, to stand at `offset`.
    mutating func block(_ bodies: [[UInt8]], at offset: Int) -> (header: BlockHeader, bytes: [UInt8]) {
        let records = batch(bodies, at: 1)
        let rawByteCount = RecordPacker.rawByteCount(records)
        let staged = StagedBatch(batch: records, rawByteCount: rawByteCount, recordedAt: 1, reserve: 0)
        let commit = Commit(
            batches: bodies.isEmpty ? [] : [staged],
            rawByteCount: rawByteCount,
            firstSequence: sequence,
            recordCount: bodies.count,
            firstRecordedAt: 1,
            lastRecordedAt: 1,
            reserve: 0,
            needsRoll: false
        )
        let header = builder.build(commit, at: offset, after: checksum)
        sequence = header.nextSequence
        checksum = header.checksum
        return (header, Array(builder.bytes[..<header.extent]))
    }
}

extension SeededGenerator {
    /// Bodies from compressible over random to all zeroes, the hardest to tell from lost sectors.
    mutating func bodies(count: ClosedRange<Int> = 1...6, byteCount: ClosedRange<Int> = 0...3000) -> [[UInt8]] {
        let count = Int.random(in: count, using: &self)
        return (0..<count).map { _ in body(byteCount: byteCount) }
    }

    mutating func body(byteCount: ClosedRange<Int>) -> [UInt8] {
        let count = Int.random(in: byteCount, using: &self)
        switch Int.random(in: 0..<4, using: &self) {
        case 0: return [UInt8](repeating: 0, count: count)
        case 1:
            return Array(
                repeatElement(Array("customer 17 placed an order; ".utf8), count: count / 29 + 1).joined().prefix(count)
            )
        case 2: return randomBytes(count)
        default:
            // Zeroes between random bytes: stored as they are, for want of something better.
            let zeroes = min(count, 1600)
            return randomBytes((count - zeroes) / 2) + [UInt8](repeating: 0, count: zeroes)
                + randomBytes(count - zeroes - (count - zeroes) / 2)
        }
    }

    mutating func randomBytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count { withUnsafeBytes(of: next()) { bytes += $0 } }
        return Array(bytes.prefix(count))
    }
}
