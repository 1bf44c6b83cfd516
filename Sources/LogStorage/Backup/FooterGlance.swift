/// The few facts of a sealed segment's footer that a backup goes by.
struct FooterGlance: Hashable {
    var firstSequence: UInt64
    var nextSequence: UInt64
    /// Where the blocks end.
    var offset: Int
    /// SHA-256 of all before the footer.
    var digest: [UInt8]

    /// Reads the footer at the end of a file; `nil` when there is no whole one.
    init?(_ file: StorageFile, byteCount: Int) throws(LogStorageError) {
        let trailerOffset = byteCount - SegmentFooter.trailerByteCount
        guard trailerOffset >= SegmentHeader.byteCount + SegmentFooter.headByteCount else { return nil }
        let trailer = try file.read(SegmentFooter.trailerByteCount, at: trailerOffset)
        guard trailer.count == SegmentFooter.trailerByteCount,
            trailer.number(at: 24, as: UInt64.self) == Format.trailerMagic,
            trailer.number(at: 20, as: UInt32.self) == trailer.crc32c(0..<20)
        else { return nil }
        let count = Int(trailer.number(at: 8, as: UInt32.self))
        guard let offset = Int(exactly: trailer.number(at: 0, as: UInt64.self)), offset >= SegmentHeader.byteCount,
            count >= SegmentFooter.headByteCount + SegmentFooter.trailerByteCount, offset + count == byteCount
        else { return nil }
        let footer = try file.read(count - SegmentFooter.trailerByteCount, at: offset)
        guard footer.count == count - SegmentFooter.trailerByteCount,
            footer.number(at: 0, as: UInt32.self) == Format.footerMagic,
            trailer.number(at: 12, as: UInt32.self) == footer.crc32c(0..<footer.count)
        else { return nil }
        firstSequence = footer.number(at: 8, as: UInt64.self)
        nextSequence = footer.number(at: 16, as: UInt64.self)
        self.offset = offset
        digest = Array(footer[64..<96])
    }
}
