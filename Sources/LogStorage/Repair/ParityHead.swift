/// What a parity file says of the segment it belongs to.
struct ParityHead: Hashable {
    static let fixedByteCount = 112
    static let endByteCount = 8

    var firstSequence: UInt64
    var layout: ParityLayout
    /// SHA-256 of the whole segment file.
    var fileDigest: [UInt8]
    /// The digest in the segment's footer.
    var segmentDigest: [UInt8]
    /// The CRC-32C of each cell, by shard and then by row; parity shards last.
    var checksums: [UInt32]
}

extension ParityHead {
    /// The head's bytes.
    func encode() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: layout.headByteCount)
        bytes.store(Format.parityMagic, at: 0)
        bytes.store(UInt16(1), at: 8)
        bytes.store(UInt16(1), at: 10)
        bytes.store(UInt16(ReedSolomon.dataCount), at: 12)
        bytes.store(UInt16(ReedSolomon.parityCount), at: 14)
        bytes.store(firstSequence, at: 16)
        bytes.store(UInt64(layout.fileByteCount), at: 24)
        bytes.replaceSubrange(32..<64, with: fileDigest)
        bytes.replaceSubrange(64..<96, with: segmentDigest)
        bytes.store(UInt32(layout.shardByteCount), at: 96)
        bytes.store(UInt32(Format.parityCellByteCount), at: 100)
        bytes.store(UInt32(layout.rowCount), at: 104)
        for (index, checksum) in checksums.enumerated() {
            bytes.store(checksum, at: Self.fixedByteCount + index * 4)
        }
        bytes.store(bytes.crc32c(0..<bytes.count - 4), at: bytes.count - 4)
        return bytes
    }

    /// The last bytes of the file, by which the second head is found.
    var end: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.endByteCount)
        bytes.store(UInt32(layout.headByteCount), at: 0)
        bytes.store(~UInt32(layout.headByteCount), at: 4)
        return bytes
    }

    /// Reads either head of a parity file; `nil` when both are damaged, or a newer version wrote them.
    static func read(_ file: StorageFile) throws(LogStorageError) -> ParityHead? {
        let byteCount = try file.size()
        if let head = try read(file, at: 0, upTo: byteCount) { return head }
        let end = try file.read(endByteCount, at: max(0, byteCount - endByteCount))
        guard end.count == endByteCount, end.number(at: 4, as: UInt32.self) == ~end.number(at: 0, as: UInt32.self)
        else { return nil }
        let offset = byteCount - endByteCount - Int(end.number(at: 0, as: UInt32.self))
        return offset < 0 ? nil : try read(file, at: offset, upTo: byteCount)
    }

    private static func read(
        _ file: StorageFile,
        at offset: Int,
        upTo limit: Int
    ) throws(LogStorageError) -> ParityHead? {
        let fixed = try file.read(fixedByteCount, at: offset)
        guard fixed.count == fixedByteCount, fixed.number(at: 0, as: UInt64.self) == Format.parityMagic,
            fixed.number(at: 10, as: UInt16.self) <= 1,
            fixed.number(at: 24, as: UInt64.self) <= UInt64(2 * Format.segmentByteLimit)
        else { return nil }
        let layout = ParityLayout(fileByteCount: Int(fixed.number(at: 24, as: UInt64.self)))
        guard offset + layout.headByteCount <= limit else { return nil }
        let bytes = try file.read(layout.headByteCount, at: offset)
        var head = ParityHead(
            firstSequence: fixed.number(at: 16, as: UInt64.self),
            layout: layout,
            fileDigest: Array(fixed[32..<64]),
            segmentDigest: Array(fixed[64..<96]),
            checksums: []
        )
        guard bytes.count == layout.headByteCount else { return nil }
        for index in 0..<ReedSolomon.count * layout.rowCount {
            head.checksums.append(bytes.number(at: fixedByteCount + index * 4, as: UInt32.self))
        }
        // Counts, sizes and checksum: all must be what this version writes.
        return head.encode() == bytes ? head : nil
    }
}
