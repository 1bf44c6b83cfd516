import EventSourcing

/// The numbers of snapshot format version 1, as `docs/FORMAT.md` lists them.
enum SnapshotFormat {
    static let version: UInt16 = 1
    /// `PTRNSNP` and a line end.
    static let headerMagic: UInt64 = 0x0a50_4e53_4e52_5450
    /// `PCHK`.
    static let chunkMagic: UInt32 = 0x4b48_4350
    /// `PTRNSND` and a line end.
    static let trailerMagic: UInt64 = 0x0a44_4e53_4e52_5450

    static let headerByteCount = 256
    static let chunkHeaderByteCount = 20
    static let chunkEndByteCount = 4
    static let trailerByteCount = 64
    /// The raw size of every chunk but the last.
    static let chunkByteLimit = 512 << 10
}

/// The first 256 bytes of a snapshot.
struct SnapshotHeader: Hashable {
    var logID: LogID
    var createdAt: Int64
    var stamp: SnapshotStamp

    private enum Field {
        static let magic = 0
        static let version = 8
        static let byteCount = 12
        static let logID = 16
        static let sequence = 32
        static let recordedAt = 40
        static let createdAt = 48
        static let leafHash = 56
        static let fingerprint = 88
        static let stateHash = 120
        static let checksum = SnapshotFormat.headerByteCount - 4
    }

    func encode() -> [UInt8] {
        var bytes = [UInt8].zeroes(SnapshotFormat.headerByteCount)
        bytes.store(SnapshotFormat.headerMagic, at: Field.magic)
        bytes.store(SnapshotFormat.version, at: Field.version)
        bytes.store(UInt32(SnapshotFormat.headerByteCount), at: Field.byteCount)
        bytes.store(logID.high, at: Field.logID)
        bytes.store(logID.low, at: Field.logID + 8)
        bytes.store(stamp.sequence.value, at: Field.sequence)
        bytes.store(stamp.recordedAt.microseconds, at: Field.recordedAt)
        bytes.store(createdAt, at: Field.createdAt)
        for (offset, digest) in [
            (Field.leafHash, stamp.leafHash.bytes), (Field.fingerprint, stamp.fingerprint),
            (Field.stateHash, stamp.stateHash),
        ] {
            precondition(digest.count == SnapshotStamp.digestByteCount, "a digest has 32 bytes")
            bytes.replaceSubrange(offset..<offset + digest.count, with: digest)
        }
        bytes.store(bytes.crc32c(0..<Field.checksum), at: Field.checksum)
        return bytes
    }

    /// The version in a header that is whole, whatever its version; `nil` when it is not.
    static func version(_ bytes: [UInt8]) -> UInt16? {
        guard bytes.count == SnapshotFormat.headerByteCount,
            bytes.number(at: Field.magic, as: UInt64.self) == SnapshotFormat.headerMagic,
            bytes.number(at: Field.checksum, as: UInt32.self) == bytes.crc32c(0..<Field.checksum)
        else { return nil }
        return bytes.number(at: Field.version, as: UInt16.self)
    }

    /// Reads a header; `nil` when the bytes are none of this version.
    init?(_ bytes: [UInt8]) {
        guard Self.version(bytes) == SnapshotFormat.version,
            let leafHash = MerkleHash(bytes[Field.leafHash..<Field.leafHash + MerkleHash.byteCount])
        else { return nil }
        func digest(_ offset: Int) -> [UInt8] { Array(bytes[offset..<offset + SnapshotStamp.digestByteCount]) }
        logID = LogID(
            high: bytes.number(at: Field.logID, as: UInt64.self),
            low: bytes.number(at: Field.logID + 8, as: UInt64.self)
        )
        createdAt = bytes.number(at: Field.createdAt, as: Int64.self)
        stamp = SnapshotStamp(
            sequence: SequenceNumber(bytes.number(at: Field.sequence, as: UInt64.self)),
            recordedAt: Timestamp(microseconds: bytes.number(at: Field.recordedAt, as: Int64.self)),
            leafHash: leafHash,
            fingerprint: digest(Field.fingerprint),
            stateHash: digest(Field.stateHash)
        )
    }

    init(logID: LogID, createdAt: Int64, stamp: SnapshotStamp) {
        self.logID = logID
        self.createdAt = createdAt
        self.stamp = stamp
    }
}

/// The last 64 bytes of a snapshot.
struct SnapshotTrailer: Hashable {
    var rawByteCount: Int
    var chunkCount: Int
    /// SHA-256 of everything before the trailer.
    var digest: [UInt8]

    private enum Field {
        static let magic = 0
        static let rawByteCount = 8
        static let chunkCount = 16
        static let digest = 24
        static let checksum = SnapshotFormat.trailerByteCount - 4
    }

    init(rawByteCount: Int, chunkCount: Int, digest: [UInt8]) {
        self.rawByteCount = rawByteCount
        self.chunkCount = chunkCount
        self.digest = digest
    }

    func encode() -> [UInt8] {
        var bytes = [UInt8].zeroes(SnapshotFormat.trailerByteCount)
        bytes.store(SnapshotFormat.trailerMagic, at: Field.magic)
        bytes.store(UInt64(rawByteCount), at: Field.rawByteCount)
        bytes.store(UInt64(chunkCount), at: Field.chunkCount)
        bytes.replaceSubrange(Field.digest..<Field.digest + digest.count, with: digest)
        bytes.store(bytes.crc32c(0..<Field.checksum), at: Field.checksum)
        return bytes
    }

    /// Reads a trailer; `nil` when the bytes are none.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == SnapshotFormat.trailerByteCount,
            bytes.number(at: Field.magic, as: UInt64.self) == SnapshotFormat.trailerMagic,
            bytes.number(at: Field.checksum, as: UInt32.self) == bytes.crc32c(0..<Field.checksum),
            let raw = Int(exactly: bytes.number(at: Field.rawByteCount, as: UInt64.self)),
            let chunks = Int(exactly: bytes.number(at: Field.chunkCount, as: UInt64.self))
        else { return nil }
        rawByteCount = raw
        chunkCount = chunks
        digest = Array(bytes[Field.digest..<Field.digest + SnapshotStamp.digestByteCount])
    }
}
