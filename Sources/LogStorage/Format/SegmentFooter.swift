/// What follows the blocks of a sealed segment: an index of its blocks and the digest of its bytes.
///
/// It follows from the header and the blocks alone, so it can be written again at any time, byte for byte.
package struct SegmentFooter: Hashable, Sendable {
    package static let headByteCount = 104
    package static let entryByteCount = 32
    package static let trailerByteCount = 32

    /// One link of blocks: the blocks from one restart of the compression up to the next.
    package struct Entry: Hashable, Sendable {
        package var firstSequence: UInt64
        package var offset: Int
        package var firstRecordedAt: Int64
        package var lastRecordedAt: Int64
    }

    package var firstSequence: UInt64
    package var nextSequence: UInt64
    package var firstRecordedAt: Int64
    package var lastRecordedAt: Int64
    /// Where the blocks end and the footer begins.
    package var offset: Int
    package var blockCount: Int
    package var lastChecksum: UInt32
    package var rawByteCount: Int
    /// SHA-256 of all bytes of the segment before the footer.
    package var digest: [UInt8]
    package var entries: [Entry]

    var byteCount: Int { Self.headByteCount + entries.count * Self.entryByteCount + Self.trailerByteCount }
}

extension SegmentFooter {
    /// The footer's bytes.
    func encode() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: byteCount)
        bytes.store(Format.footerMagic, at: 0)
        bytes.store(UInt32(entries.count), at: 4)
        bytes.store(firstSequence, at: 8)
        bytes.store(nextSequence, at: 16)
        bytes.store(firstRecordedAt, at: 24)
        bytes.store(lastRecordedAt, at: 32)
        bytes.store(UInt64(offset), at: 40)
        bytes.store(UInt32(blockCount), at: 48)
        bytes.store(lastChecksum, at: 52)
        bytes.store(UInt64(rawByteCount), at: 56)
        bytes.replaceSubrange(64..<96, with: digest)
        // 96: Merkle node count and 100: reserved, both zero in version 1.
        var next = Self.headByteCount
        for entry in entries {
            bytes.store(entry.firstSequence, at: next)
            bytes.store(UInt64(entry.offset), at: next + 8)
            bytes.store(entry.firstRecordedAt, at: next + 16)
            bytes.store(entry.lastRecordedAt, at: next + 24)
            next += Self.entryByteCount
        }
        bytes.store(UInt64(offset), at: next)
        bytes.store(UInt32(byteCount), at: next + 8)
        bytes.store(bytes.crc32c(0..<next), at: next + 12)
        bytes.store(Format.footerVersion, at: next + 16)
        bytes.store(bytes.crc32c(next..<next + 20), at: next + 20)
        bytes.store(Format.trailerMagic, at: next + 24)
        return bytes
    }
}
