import EventSourcing
import TestSupport

@testable import LogStorage

/// Snapshots of made-up content on a disk in memory.
enum SnapshotFiles {
    static let directory = "/data/organizations/golden/snapshots"

    static func store(on disk: SimulatedFileSystem, logID: UInt64 = 1) -> SnapshotStore {
        SnapshotStore(
            directory: directory,
            logID: LogID(high: 0x0011_2233_4455_6677, low: logID),
            fileSystem: disk,
            now: { Timestamp(microseconds: 1_700_000_000_000_000) }
        )
    }

    static func stamp(_ sequence: UInt64) -> SnapshotStamp {
        SnapshotStamp(
            sequence: SequenceNumber(sequence),
            recordedAt: Timestamp(microseconds: 1_600_000_000_000_000 + Int64(sequence)),
            leafHash: MerkleHash([UInt8](repeating: 1, count: 32)) ?? .emptyRoot,
            fingerprint: [UInt8](repeating: 2, count: 32),
            stateHash: [UInt8](repeating: 3, count: 32)
        )
    }

    /// Writes a snapshot in pieces of this size.
    @discardableResult
    static func write(
        _ content: [UInt8],
        at sequence: UInt64,
        in store: SnapshotStore,
        pieceByteCount: Int = 1 << 16
    ) throws -> Int {
        let writer = try store.create(stamp(sequence))
        for start in stride(from: 0, to: content.count, by: pieceByteCount) {
            let piece = Array(content[start..<min(content.count, start + pieceByteCount)])
            try writer.append(piece.span.bytes)
        }
        return try writer.finish()
    }

    /// All content of a snapshot, checked.
    static func read(_ sequence: UInt64, in store: SnapshotStore) throws -> [UInt8] {
        let reader = try store.open(SequenceNumber(sequence))
        var content: [UInt8] = []
        while true {
            let piece = try reader.next()
            if piece.isEmpty { break }
            content += piece
        }
        try requireEqual(reader.stamp, stamp(sequence), "stamp")
        try requireEqual(content.count, reader.rawByteCount, "size")
        return content
    }

    /// Bytes of which some compress.
    static func content(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            if random.chance(1, in: 2) {
                bytes += random.bytes(random.below(300_000))
            } else {
                bytes += [UInt8].repeating(random.bytes(16), count: random.below(300_000))
            }
        }
        return Array(bytes[..<count])
    }
}
