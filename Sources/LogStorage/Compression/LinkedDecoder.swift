import CLZ4

/// Decodes the blocks of a link in their order, keeping the last 64 KiB as the next block's dictionary.
struct LinkedDecoder {
    /// Holds the dictionary and, behind it, the block decoded last.
    private(set) var window: [UInt8] = []
    /// Where the block decoded last lies in ``window``.
    private(set) var block = 0..<0
    private var unmasked: [UInt8] = []

    /// Decodes the payload that lies at `range` of `stored`.
    ///
    /// - Returns: `false` when the bytes are no such payload, which a correct checksum all but rules out.
    mutating func decode(_ header: BlockHeader, _ stored: [UInt8], _ range: Range<Int>) -> Bool {
        if header.maskIndex != 0 {
            unmasked = Array(stored[range])
            PayloadMask.apply(header.maskIndex, to: &unmasked, 0..<unmasked.count)
            return decodePlain(header, unmasked, 0..<unmasked.count)
        }
        return decodePlain(header, stored, range)
    }

    private mutating func decodePlain(_ header: BlockHeader, _ stored: [UInt8], _ range: Range<Int>) -> Bool {
        let count = header.rawByteCount
        let dictionary = makeRoom(for: count, keepingDictionary: !header.restartsLink)
        let start = dictionary.upperBound
        let decoded = unsafe stored.withUnsafeBytes { source in
            unsafe window.withUnsafeMutableBytes { target in
                let input = unsafe UnsafeRawBufferPointer(rebasing: source[range])
                let output = unsafe UnsafeMutableRawBufferPointer(rebasing: target[start..<start + count])
                guard header.codec == .lz4 else {
                    unsafe output.copyMemory(from: input)
                    return count
                }
                let history = unsafe UnsafeMutableRawBufferPointer(rebasing: target[dictionary])
                return unsafe Int(
                    LZ4_decompress_safe_usingDict(
                        input.baseAddress?.assumingMemoryBound(to: CChar.self),
                        output.baseAddress?.assumingMemoryBound(to: CChar.self),
                        Int32(input.count),
                        Int32(count),
                        history.baseAddress?.assumingMemoryBound(to: CChar.self),
                        Int32(history.count)
                    )
                )
            }
        }
        block = start..<start + count
        return decoded == count
    }

    /// Makes room for `count` bytes right behind the dictionary, and returns where the dictionary is.
    private mutating func makeRoom(for count: Int, keepingDictionary: Bool) -> Range<Int> {
        guard keepingDictionary else {
            grow(to: count)
            return 0..<0
        }
        let kept = min(block.upperBound, Format.dictionaryByteLimit)
        if block.upperBound + count > window.count, block.upperBound > kept {
            slide(keeping: kept)
        }
        let end = block.upperBound
        grow(to: end + count)
        return end - kept..<end
    }

    private mutating func slide(keeping kept: Int) {
        let start = block.upperBound - kept
        unsafe window.withUnsafeMutableBytes {
            unsafe $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<start + kept]))
        }
        block = kept..<kept
    }

    private mutating func grow(to byteCount: Int) {
        guard byteCount > window.count else { return }
        // Room for the dictionary and several blocks, so that growing and sliding stay rare.
        let wanted = max(byteCount * 2, 4 * Format.dictionaryByteLimit)
        var larger = [UInt8].zeroes(wanted)
        let kept = block.upperBound
        unsafe larger.withUnsafeMutableBytes { target in
            unsafe window.withUnsafeBytes {
                unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<kept]))
            }
        }
        window = larger
    }
}
