/// What the block at some place must be to follow the one before it.
struct BlockExpectation: Hashable {
    var sequence: UInt64
    /// The checksum of the header before; `nil` where that is not known.
    var previousChecksum: UInt32?
    var recordedAt: Int64
}

/// Why the bytes at some place are not the next block.
enum BlockFault: Error, Hashable {
    /// No valid header.
    case noHeader
    /// A valid header, but the payload, the padding or the end is not what was written.
    case payload(BlockHeader)
    /// A valid header that does not belong here.
    case misplaced(BlockHeader)
    /// The file ends inside the block.
    case cutOff(BlockHeader)
}

extension FileWindow {
    /// Reads and checks the block at `offset`.
    ///
    /// - Returns: Its header, and where its first byte is in ``bytes``; or what is wrong.
    mutating func block(
        at offset: Int,
        end: Int,
        expecting expected: BlockExpectation?
    ) throws(FileError) -> Result<(header: BlockHeader, position: Int), BlockFault> {
        guard let headerPosition = try load(offset, BlockHeader.byteCount, end: end),
            let header = unsafe BlockHeader(
                bytes.span.bytes.extracting(headerPosition..<headerPosition + BlockHeader.byteCount)
            )
        else { return .failure(.noHeader) }
        guard header.offset == offset, expected.map(header.follows) ?? true else {
            return .failure(.misplaced(header))
        }
        guard let position = try load(offset, header.extent, end: end) else { return .failure(.cutOff(header)) }
        let block = unsafe bytes.span.bytes.extracting(position..<position + header.extent)
        guard header.fits(block) else { return .failure(.payload(header)) }
        return .success((header, position))
    }
}

extension BlockHeader {
    func follows(_ expected: BlockExpectation) -> Bool {
        firstSequence == expected.sequence
            && (expected.previousChecksum.map { $0 == previousChecksum } ?? true)
    }

    /// Whether payload, padding and end of `block`, which starts with this header, are what was written.
    func fits(_ block: RawSpan) -> Bool {
        let payloadEnd = Self.byteCount + storedByteCount
        let end = extent - Self.endByteCount
        return block.number(at: end, as: UInt32.self) == Format.blockEndMagic
            && block.number(at: end + 4, as: UInt32.self) == checksum
            && Checksum.isZero(block.extracting(payloadEnd..<end))
            && Checksum.crc32c(block.extracting(Self.byteCount..<payloadEnd)) == payloadChecksum
    }
}
