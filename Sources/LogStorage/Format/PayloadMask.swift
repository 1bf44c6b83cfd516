import CChecksum

/// Keeps a written block from looking like a lost one.
///
/// Recovery knows a lost sector by its zeroes. A payload may hold 512 zeroes of its own, so every sector's piece of a block
/// is written with at least two bytes that are not zero (two, so that one flipped bit cannot make it look lost): where it
/// would not be so, the payload is XORed with a mask. Two masks differ in nearly every byte, so a piece rules out one mask
/// at most, and one of the next few always serves.
enum PayloadMask {
    /// The eight bytes repeated over the payload.
    static func mask(_ index: UInt16) -> UInt64 {
        guard index != 0 else { return 0 }
        var mixed = UInt64(index) &* 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// Applies, or takes off, the mask `index`.
    static func apply(_ index: UInt16, to bytes: inout [UInt8], _ range: Range<Int>) {
        guard index != 0 else { return }
        let word = mask(index).littleEndian
        unsafe bytes.withUnsafeMutableBytes {
            unsafe patron_xor($0.baseAddress.map { unsafe $0 + range.lowerBound }, range.count, word)
        }
    }

    /// Whether every sector's piece of a block, to be written at `offset`, has two bytes that are not zero.
    static func hasNoLostPiece(_ bytes: [UInt8], _ block: Range<Int>, at offset: Int) -> Bool {
        let bytes = unsafe bytes.span.bytes.extracting(block)
        for piece in SectorPieces(count: bytes.byteCount, at: offset)
        where Checksum.nonzeroCount(bytes.extracting(piece), limit: 2) < 2 { return false }
        return true
    }
}

/// The ranges of some bytes that lie in one sector each.
struct SectorPieces: Sequence, IteratorProtocol {
    private var start = 0
    private let count: Int
    private let offset: Int

    /// The pieces of `count` bytes that start at `offset` in the file.
    init(count: Int, at offset: Int) {
        self.count = count
        self.offset = offset
    }

    mutating func next() -> Range<Int>? {
        guard start < count else { return nil }
        let sectorEnd = ((offset + start) / Format.sectorByteCount + 1) * Format.sectorByteCount - offset
        defer { start = Swift.min(count, sectorEnd) }
        return start..<Swift.min(count, sectorEnd)
    }
}
