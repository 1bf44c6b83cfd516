extension SegmentFooter {
    /// Reads the footer at the end of a file; `nil` when there is none of those versions, or its checksums are wrong.
    ///
    /// - Parameters:
    ///   - file: A segment's file.
    ///   - byteCount: Where it ends.
    ///   - oldestVersion: The oldest version that will do; of 1 there are no nodes.
    /// - Throws: When the file cannot be read.
    init?(endOf file: any File, byteCount: Int, oldestVersion: UInt32 = version) throws(FileError) {
        guard byteCount >= SegmentHeader.byteCount + Self.headByteCount + Self.trailerByteCount else { return nil }
        let trailer = try file.read(Self.trailerByteCount, at: byteCount - Self.trailerByteCount)
        guard trailer.count == Self.trailerByteCount, trailer.number(at: 24, as: UInt64.self) == Format.trailerMagic,
            trailer.number(at: 20, as: UInt32.self) == trailer.crc32c(0..<20),
            (oldestVersion...Self.version).contains(trailer.number(at: 16, as: UInt32.self))
        else { return nil }
        let footerByteCount = Int(trailer.number(at: 8, as: UInt32.self))
        guard footerByteCount >= Self.headByteCount + Self.trailerByteCount,
            let offset = Int(exactly: trailer.number(at: 0, as: UInt64.self)), offset >= SegmentHeader.byteCount,
            offset == byteCount - footerByteCount
        else { return nil }
        let bytes = try file.read(footerByteCount - Self.trailerByteCount, at: offset)
        guard bytes.count == footerByteCount - Self.trailerByteCount,
            bytes.number(at: 0, as: UInt32.self) == Format.footerMagic,
            bytes.crc32c(0..<bytes.count) == trailer.number(at: 12, as: UInt32.self)
        else { return nil }
        self.init(checked: bytes, offset: offset)
        guard self.byteCount == footerByteCount else { return nil }
    }

    /// The footer that these bytes are, whose checksum is right.
    private init?(checked bytes: [UInt8], offset: Int) {
        let entryCount = Int(bytes.number(at: 4, as: UInt32.self))
        let nodeCount = Int(bytes.number(at: 96, as: UInt32.self))
        let nodesOffset = Self.headByteCount + entryCount * Self.entryByteCount
        guard bytes.count == nodesOffset + nodeCount * MerkleHash.byteCount,
            bytes.number(at: 40, as: UInt64.self) == UInt64(offset),
            let rawByteCount = Int(exactly: bytes.number(at: 56, as: UInt64.self))
        else { return nil }
        let span = unsafe bytes.span.bytes
        self.init(
            firstSequence: bytes.number(at: 8, as: UInt64.self),
            nextSequence: bytes.number(at: 16, as: UInt64.self),
            firstRecordedAt: bytes.number(at: 24, as: Int64.self),
            lastRecordedAt: bytes.number(at: 32, as: Int64.self),
            offset: offset,
            blockCount: Int(bytes.number(at: 48, as: UInt32.self)),
            lastChecksum: bytes.number(at: 52, as: UInt32.self),
            rawByteCount: rawByteCount,
            digest: Array(bytes[64..<96]),
            entries: (0..<entryCount)
                .map { index in
                    let start = Self.headByteCount + index * Self.entryByteCount
                    return Entry(
                        firstSequence: span.number(at: start, as: UInt64.self),
                        offset: Int(truncatingIfNeeded: span.number(at: start + 8, as: UInt64.self)),
                        firstRecordedAt: span.number(at: start + 16, as: Int64.self),
                        lastRecordedAt: span.number(at: start + 24, as: Int64.self)
                    )
                },
            nodes: (0..<nodeCount).map { MerkleHash(span, at: nodesOffset + $0 * MerkleHash.byteCount) }
        )
    }
}
