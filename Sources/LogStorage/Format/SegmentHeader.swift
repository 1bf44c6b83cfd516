/// The first 4,096 bytes of a segment.
package struct SegmentHeader: Hashable, Sendable {
    package static let byteCount = 4096
    package static let digestByteCount = 32

    package var version = Format.plainVersion
    package var leastReaderVersion = Format.plainVersion
    package var logID: LogID
    package var firstSequence: UInt64
    /// Microseconds since 1970.
    package var createdAt: Int64
    /// The header checksum of the last block of the segment before; 0 in the first.
    package var previousChecksum: UInt32 = 0
    /// SHA-256 of the header and blocks of the segment before; zeroes in the first.
    package var previousDigest = [UInt8](repeating: 0, count: digestByteCount)
    package var organization: String
    /// What the segment was before it was packed; `nil` when it was not.
    package var origin: Origin?
    /// This header's own checksum, with which the chain of blocks begins; set by reading and writing.
    package var checksum: UInt32 = 0

    /// What the segment after a packed one knows it by: the chain between segments stays as it was written.
    package struct Origin: Hashable, Sendable {
        /// The `checksum` of the last block before packing.
        package var lastChecksum: UInt32
        /// SHA-256 of the bytes before the footer, before packing.
        package var digest: [UInt8]
    }

    package var isPacked: Bool { origin != nil }

    package init(logID: LogID, firstSequence: UInt64, createdAt: Int64, organization: String) {
        self.logID = logID
        self.firstSequence = firstSequence
        self.createdAt = createdAt
        self.organization = organization
    }
}

extension SegmentHeader {
    private enum Field {
        static let magic = 0
        static let version = 8
        static let leastReaderVersion = 10
        static let byteCount = 12
        static let logID = 16
        static let firstSequence = 32
        static let createdAt = 40
        static let previousChecksum = 48
        static let organizationByteCount = 52
        static let previousDigest = 56
        static let organization = 88
        static let flags = 216
        static let originLastChecksum = 220
        static let originDigest = 224
        static let checksum = SegmentHeader.byteCount - 4
    }

    /// Why bytes are not a header this version reads.
    enum Fault: Error, Hashable {
        case rotten
        case newer(leastReaderVersion: UInt16)
    }

    init(_ bytes: RawSpan) throws(Fault) {
        guard bytes.byteCount >= Self.byteCount,
            bytes.number(at: Field.magic, as: UInt64.self) == Format.segmentMagic,
            bytes.number(at: Field.checksum, as: UInt32.self)
                == Checksum.crc32c(bytes.extracting(0..<Field.checksum))
        else { throw .rotten }
        version = bytes.number(at: Field.version, as: UInt16.self)
        leastReaderVersion = bytes.number(at: Field.leastReaderVersion, as: UInt16.self)
        guard leastReaderVersion <= Format.version else { throw .newer(leastReaderVersion: leastReaderVersion) }
        logID = LogID(
            high: bytes.number(at: Field.logID, as: UInt64.self),
            low: bytes.number(at: Field.logID + 8, as: UInt64.self)
        )
        firstSequence = bytes.number(at: Field.firstSequence, as: UInt64.self)
        createdAt = bytes.number(at: Field.createdAt, as: Int64.self)
        previousChecksum = bytes.number(at: Field.previousChecksum, as: UInt32.self)
        previousDigest = Self.array(bytes, Field.previousDigest, Self.digestByteCount)
        let nameByteCount = Int(bytes.number(at: Field.organizationByteCount, as: UInt32.self))
        guard nameByteCount <= Format.organizationByteLimit, firstSequence >= 1,
            let name = String(validating: Self.array(bytes, Field.organization, nameByteCount), as: UTF8.self)
        else { throw .rotten }
        organization = name
        if version > Format.plainVersion, bytes.number(at: Field.flags, as: UInt32.self) & 1 != 0 {
            origin = Origin(
                lastChecksum: bytes.number(at: Field.originLastChecksum, as: UInt32.self),
                digest: Self.array(bytes, Field.originDigest, Self.digestByteCount)
            )
        }
        checksum = bytes.number(at: Field.checksum, as: UInt32.self)
    }

    private static func array(_ bytes: RawSpan, _ offset: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { bytes.number(at: offset + $0, as: UInt8.self) }
    }

    /// The header's bytes; sets the checksum.
    mutating func encode() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.byteCount)
        bytes.store(Format.segmentMagic, at: Field.magic)
        bytes.store(version, at: Field.version)
        bytes.store(leastReaderVersion, at: Field.leastReaderVersion)
        bytes.store(UInt32(Self.byteCount), at: Field.byteCount)
        bytes.store(logID.high, at: Field.logID)
        bytes.store(logID.low, at: Field.logID + 8)
        bytes.store(firstSequence, at: Field.firstSequence)
        bytes.store(createdAt, at: Field.createdAt)
        bytes.store(previousChecksum, at: Field.previousChecksum)
        bytes.store(UInt32(organization.utf8.count), at: Field.organizationByteCount)
        bytes.replaceSubrange(Field.previousDigest..<Field.previousDigest + Self.digestByteCount, with: previousDigest)
        bytes.replaceSubrange(
            Field.organization..<Field.organization + organization.utf8.count,
            with: organization.utf8
        )
        if let origin {
            bytes.store(UInt32(1), at: Field.flags)
            bytes.store(origin.lastChecksum, at: Field.originLastChecksum)
            bytes.replaceSubrange(Field.originDigest..<Field.originDigest + Self.digestByteCount, with: origin.digest)
        }
        checksum = bytes.crc32c(0..<Field.checksum)
        bytes.store(checksum, at: Field.checksum)
        return bytes
    }
}
