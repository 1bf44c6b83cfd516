/// The 64 bytes before a block's payload.
package struct BlockHeader: Hashable, Sendable {
    /// How the payload is stored.
    package enum Codec: UInt8, Sendable {
        case stored = 0
        case lz4 = 1
    }

    package static let byteCount = 64
    package static let endByteCount = 8
    /// The size of a block without records, which marks how far the log was durable.
    package static let markExtent = extent(storedByteCount: 0)

    package var codec: Codec = .stored
    /// Whether the payload can be decoded without earlier blocks.
    package var restartsLink = true
    /// Which mask the stored payload was XORed with; 0 for none.
    package var maskIndex: UInt16 = 0
    /// The first record's sequence; in a mark, the next one's.
    package var firstSequence: UInt64 = 1
    package var firstRecordedAt: Int64 = 0
    package var lastRecordedAt: Int64 = 0
    package var recordCount = 0
    package var rawByteCount = 0
    package var storedByteCount = 0
    /// How many bytes before this block the block starts that restarts the link.
    package var linkDistance = 0
    package var payloadChecksum: UInt32 = 0
    /// The header checksum of the block before, or of the segment header.
    package var previousChecksum: UInt32 = 0
    /// Where the block starts in its segment.
    package var offset = 0
    /// This header's own checksum; set by reading and writing.
    package var checksum: UInt32 = 0

    package init() {}

    /// The bytes a block takes in its segment.
    package var extent: Int { Self.extent(storedByteCount: storedByteCount) }

    package var nextSequence: UInt64 { firstSequence + UInt64(recordCount) }

    package static func extent(storedByteCount: Int) -> Int {
        Format.aligned(byteCount + storedByteCount) + endByteCount
    }
}

extension BlockHeader {
    private enum Field {
        static let magic = 0
        static let codec = 4
        static let flags = 5
        static let maskIndex = 6
        static let firstSequence = 8
        static let firstRecordedAt = 16
        static let lastRecordedAt = 24
        static let recordCount = 32
        static let rawByteCount = 36
        static let storedByteCount = 40
        static let linkDistance = 44
        static let payloadChecksum = 48
        static let previousChecksum = 52
        static let offset = 56
        static let checksum = 60
    }

    /// Reads the header at the start of `bytes`; `nil` when its checksum or a limit says that it is none.
    package init?(_ bytes: RawSpan) {
        guard bytes.byteCount >= Self.byteCount,
            bytes.number(at: Field.magic, as: UInt32.self) == Format.blockMagic,
            bytes.number(at: Field.checksum, as: UInt32.self)
                == Checksum.crc32c(bytes.extracting(0..<Field.checksum)),
            let codec = Codec(rawValue: bytes.number(at: Field.codec, as: UInt8.self))
        else { return nil }
        let flags = bytes.number(at: Field.flags, as: UInt8.self)
        self.codec = codec
        restartsLink = flags & 1 != 0
        maskIndex = bytes.number(at: Field.maskIndex, as: UInt16.self)
        firstSequence = bytes.number(at: Field.firstSequence, as: UInt64.self)
        firstRecordedAt = bytes.number(at: Field.firstRecordedAt, as: Int64.self)
        lastRecordedAt = bytes.number(at: Field.lastRecordedAt, as: Int64.self)
        recordCount = Int(bytes.number(at: Field.recordCount, as: UInt32.self))
        rawByteCount = Int(bytes.number(at: Field.rawByteCount, as: UInt32.self))
        storedByteCount = Int(bytes.number(at: Field.storedByteCount, as: UInt32.self))
        linkDistance = Int(bytes.number(at: Field.linkDistance, as: UInt32.self)) * Format.alignment
        payloadChecksum = bytes.number(at: Field.payloadChecksum, as: UInt32.self)
        previousChecksum = bytes.number(at: Field.previousChecksum, as: UInt32.self)
        offset = Int(bytes.number(at: Field.offset, as: UInt32.self)) * Format.alignment
        checksum = bytes.number(at: Field.checksum, as: UInt32.self)
        guard flags <= 1, isWithinLimits else { return nil }
    }

    private var isWithinLimits: Bool {
        rawByteCount <= Format.rawByteLimit && storedByteCount <= rawByteCount && recordCount <= rawByteCount
            && (codec == .lz4 || storedByteCount == rawByteCount) && firstSequence >= 1
            && firstSequence < UInt64.max - UInt64(Format.rawByteLimit) && linkDistance <= offset
            && restartsLink == (linkDistance == 0)
    }

    /// Writes the header at `position`, and its checksum.
    mutating func store(in bytes: inout [UInt8], at position: Int) {
        bytes.store(Format.blockMagic, at: position + Field.magic)
        bytes.store(codec.rawValue, at: position + Field.codec)
        bytes.store(UInt8(restartsLink ? 1 : 0), at: position + Field.flags)
        bytes.store(maskIndex, at: position + Field.maskIndex)
        bytes.store(firstSequence, at: position + Field.firstSequence)
        bytes.store(firstRecordedAt, at: position + Field.firstRecordedAt)
        bytes.store(lastRecordedAt, at: position + Field.lastRecordedAt)
        bytes.store(UInt32(recordCount), at: position + Field.recordCount)
        bytes.store(UInt32(rawByteCount), at: position + Field.rawByteCount)
        bytes.store(UInt32(storedByteCount), at: position + Field.storedByteCount)
        bytes.store(UInt32(linkDistance / Format.alignment), at: position + Field.linkDistance)
        bytes.store(payloadChecksum, at: position + Field.payloadChecksum)
        bytes.store(previousChecksum, at: position + Field.previousChecksum)
        bytes.store(UInt32(offset / Format.alignment), at: position + Field.offset)
        checksum = bytes.crc32c(position..<position + Field.checksum)
        bytes.store(checksum, at: position + Field.checksum)
    }
}
