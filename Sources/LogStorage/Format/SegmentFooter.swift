/// What follows the blocks of a sealed segment: an index of its blocks, the Merkle nodes that end in it, and the digest of
/// its bytes.
///
/// It follows from the headers and blocks up to here alone, so it can be written again at any time, byte for byte.
package struct SegmentFooter: Hashable, Sendable {
    package static let headByteCount = 104
    package static let entryByteCount = 32
    package static let trailerByteCount = 32
    /// The version that is written; 1 has no nodes and is read for ever.
    package static let version: UInt32 = 2

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
    /// The nodes of the chunks of the Merkle tree whose last leaf lies in the segment.
    package var nodes: [MerkleHash] = []

    var byteCount: Int { nodesOffset + nodes.count * MerkleHash.byteCount + Self.trailerByteCount }

    /// Where the nodes begin in the footer.
    private var nodesOffset: Int { Self.headByteCount + entries.count * Self.entryByteCount }
}

extension SegmentFooter {
    /// The footer's bytes, as they are written, or as version 1 had them.
    func encode(version: UInt32 = version) -> [UInt8] {
        if version == 1, !nodes.isEmpty {
            var footer = self
            footer.nodes = []
            return footer.encode(version: 1)
        }
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
        bytes.store(UInt32(nodes.count), at: 96)
        var next = Self.headByteCount
        for entry in entries {
            bytes.store(entry.firstSequence, at: next)
            bytes.store(UInt64(entry.offset), at: next + 8)
            bytes.store(entry.firstRecordedAt, at: next + 16)
            bytes.store(entry.lastRecordedAt, at: next + 24)
            next += Self.entryByteCount
        }
        for node in nodes {
            node.store(in: &bytes, at: next)
            next += MerkleHash.byteCount
        }
        bytes.store(UInt64(offset), at: next)
        bytes.store(UInt32(byteCount), at: next + 8)
        bytes.store(bytes.crc32c(0..<next), at: next + 12)
        bytes.store(version, at: next + 16)
        bytes.store(bytes.crc32c(next..<next + 20), at: next + 20)
        bytes.store(Format.trailerMagic, at: next + 24)
        return bytes
    }
}

extension SegmentFooter {
    /// The nodes that the footer at the start of `bytes` has where this one's belong; `nil` when there is no room for them.
    ///
    /// For a segment whose nodes cannot be computed, because records before it are missing.
    func nodes(in bytes: [UInt8], count: Int) -> [MerkleHash]? {
        guard bytes.count >= nodesOffset + count * MerkleHash.byteCount else { return nil }
        let span = unsafe bytes.span.bytes
        return (0..<count).map { MerkleHash(span, at: nodesOffset + $0 * MerkleHash.byteCount) }
    }
}
