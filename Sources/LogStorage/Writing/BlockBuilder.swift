import EventSourcing

/// Turns commits into the bytes of blocks.
struct BlockBuilder {
    private let compressor: LinkedCompressor
    /// The block's bytes, from 0 to its extent.
    private(set) var bytes: [UInt8]
    private var linkOffset = 0

    init(options: LogOptions) {
        compressor = LinkedCompressor(
            blockByteLimit: options.blockByteLimit,
            restartInterval: options.linkRestartInterval
        )
        let bound = LinkedCompressor.bound(rawByteCount: options.blockByteLimit)
        bytes = [UInt8](repeating: 0, count: BlockHeader.extent(storedByteCount: bound))
    }

    /// Makes the next block independent of earlier ones, as the first of a segment must be.
    mutating func restartLink() { compressor.restart() }

    /// Builds the block of `commit`, to be written at `offset`; ``bytes`` then holds it.
    mutating func build(_ commit: Commit, at offset: Int, after previousChecksum: UInt32) -> BlockHeader {
        var header = BlockHeader()
        header.firstSequence = commit.firstSequence
        header.firstRecordedAt = commit.firstRecordedAt
        header.lastRecordedAt = commit.lastRecordedAt
        header.recordCount = commit.recordCount
        header.rawByteCount = commit.rawByteCount
        header.previousChecksum = previousChecksum
        header.offset = offset
        if commit.rawByteCount > 0 {
            let result = unsafe compressor.compress(
                rawByteCount: commit.rawByteCount,
                into: &bytes,
                at: BlockHeader.byteCount
            ) { unsafe RecordPacker.pack(commit.batches, into: $0) }
            header.codec = result.codec
            header.storedByteCount = result.storedByteCount
            header.restartsLink = result.restartsLink
            if result.restartsLink { linkOffset = offset }
            header.linkDistance = offset - linkOffset
        }
        Self.finish(&header, in: &bytes)
        return header
    }

    /// Writes header, padding and end around the payload, with the first mask that leaves no sector looking lost.
    static func finish(_ header: inout BlockHeader, in bytes: inout [UInt8]) {
        let payload = BlockHeader.byteCount..<BlockHeader.byteCount + header.storedByteCount
        let end = header.extent - BlockHeader.endByteCount
        for index in payload.upperBound..<end { bytes[index] = 0 }
        for maskIndex in UInt16.min...UInt16.max {
            PayloadMask.apply(maskIndex, to: &bytes, payload)
            header.maskIndex = maskIndex
            header.payloadChecksum = bytes.crc32c(payload)
            header.store(in: &bytes, at: 0)
            bytes.store(Format.blockEndMagic, at: end)
            bytes.store(header.checksum, at: end + 4)
            if PayloadMask.hasNoLostPiece(bytes, 0..<header.extent, at: header.offset) { return }
            PayloadMask.apply(maskIndex, to: &bytes, payload)
        }
    }
}

/// Lays records out as a block's raw bytes: each its length, then its body.
enum RecordPacker {
    static func rawByteCount(_ batch: RecordBatch) -> Int {
        var total = batch.bytes.count
        var start = 0
        for end in batch.ends {
            total += Varint.byteCount(end - start)
            start = end
        }
        return total
    }

    static func pack(_ batches: [StagedBatch], into buffer: UnsafeMutableRawBufferPointer) {
        var next = 0
        for staged in batches {
            unsafe staged.batch.bytes.withUnsafeBytes { bodies in
                var start = 0
                for end in staged.batch.ends {
                    var length = end - start
                    while length >= 0x80 {
                        unsafe buffer[next] = UInt8(truncatingIfNeeded: length) | 0x80
                        length >>= 7
                        next += 1
                    }
                    unsafe buffer[next] = UInt8(truncatingIfNeeded: length)
                    next += 1
                    if end > start {
                        unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[next...])
                            .copyMemory(from: UnsafeRawBufferPointer(rebasing: bodies[start..<end]))
                    }
                    next += end - start
                    start = end
                }
            }
        }
    }
}
