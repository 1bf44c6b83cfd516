import CLZ4

/// Compresses the blocks of a segment, each with what came before it as its dictionary.
///
/// The raw bytes since the last restart lie in one buffer that never moves, because LZ4 looks back into it.
@safe final class LinkedCompressor {
    private let stream: UnsafeMutablePointer<LZ4_stream_t>
    private let window: UnsafeMutableRawBufferPointer
    private let restartInterval: Int
    private var windowByteCount = 0

    /// - Parameters:
    ///   - blockByteLimit: The most raw bytes one block may have.
    ///   - restartInterval: After how many raw bytes the link restarts.
    init(blockByteLimit: Int, restartInterval: Int) {
        unsafe window = .allocate(byteCount: restartInterval + blockByteLimit, alignment: 16)
        unsafe stream = .allocate(capacity: 1)
        self.restartInterval = restartInterval
    }

    deinit {
        unsafe window.deallocate()
        unsafe stream.deallocate()
    }

    /// Makes the next block independent of all before it.
    func restart() { windowByteCount = 0 }

    /// Compresses one block.
    ///
    /// - Parameters:
    ///   - rawByteCount: The block's raw size, within the limit.
    ///   - output: Where the stored bytes go.
    ///   - position: Where in `output` they begin; behind it there must be room for `LZ4_compressBound` of the size.
    ///   - fill: Writes the raw bytes.
    /// - Returns: The codec, the stored size, and whether the block restarts the link.
    func compress(
        rawByteCount: Int,
        into output: inout [UInt8],
        at position: Int,
        fill: (UnsafeMutableRawBufferPointer) -> Void
    ) -> (codec: BlockHeader.Codec, storedByteCount: Int, restartsLink: Bool) {
        if windowByteCount >= restartInterval { restart() }
        let restarts = windowByteCount == 0
        if restarts { unsafe LZ4_initStream(stream, MemoryLayout<LZ4_stream_t>.size) }
        let raw = unsafe UnsafeMutableRawBufferPointer(
            rebasing: window[windowByteCount..<windowByteCount + rawByteCount]
        )
        unsafe fill(raw)
        windowByteCount += rawByteCount
        let compressed = unsafe output.withUnsafeMutableBytes { all in
            let target = unsafe UnsafeMutableRawBufferPointer(rebasing: all[position...])
            let count = unsafe LZ4_compress_fast_continue(
                stream,
                raw.baseAddress?.assumingMemoryBound(to: CChar.self),
                target.baseAddress?.assumingMemoryBound(to: CChar.self),
                Int32(rawByteCount),
                Int32(target.count),
                1
            )
            if count > 0, count < rawByteCount { return Int(count) }
            unsafe target.copyMemory(from: UnsafeRawBufferPointer(raw))
            return rawByteCount
        }
        return (compressed < rawByteCount ? .lz4 : .stored, compressed, restarts)
    }

    /// The most bytes LZ4 can make of `rawByteCount`.
    static func bound(rawByteCount: Int) -> Int { Int(LZ4_compressBound(Int32(rawByteCount))) }
}
