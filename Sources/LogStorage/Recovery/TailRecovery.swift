/// What the bytes behind the last valid block are.
enum TailVerdict: Hashable {
    /// Nothing was ever written there.
    case clean
    /// One interrupted write left this many bytes.
    case torn(byteCount: Int)
    /// No interrupted write explains them.
    case damaged(LogFinding.Kind)
}

/// Tells a torn tail from damage, from the bytes alone.
///
/// What one interrupted write can leave is narrow. The room was zero before, disks write sectors whole, and every sector's
/// piece of a block has two bytes or more that are not zero. So after an interrupted write each sector's piece is either as
/// it was written or zero, at least one is zero, and everything behind the block is zero. A bit that rotted in a block that
/// was written whole leaves no zero piece; one in the unused room leaves a single byte.
enum TailRecovery {
    /// Judges `tail`, which begins at `offset` of the last segment, where the next block would be, and ends with the file.
    static func classify(_ tail: [UInt8], at offset: Int, expecting expected: BlockExpectation) -> TailVerdict {
        let bytes = unsafe tail.span.bytes
        let usedEnd = Checksum.nonzeroEnd(bytes)
        guard usedEnd > 0 else { return .clean }
        guard firstValidHeader(in: tail, at: offset, from: Format.alignment) == nil else { return .damaged(.rotten) }
        guard let header = BlockHeader(bytes) else { return classifyHeaderless(bytes, usedEnd, at: offset) }
        guard header.offset == offset, header.follows(expected) else { return .damaged(.brokenChain) }
        guard header.extent <= bytes.byteCount else { return .damaged(.missing) }
        guard usedEnd <= header.extent else { return .damaged(.stray) }
        let pieces = Pieces(bytes.extracting(0..<header.extent), at: offset)
        return pieces.hasLost && !pieces.hasStray ? .torn(byteCount: usedEnd) : .damaged(.rotten)
    }

    /// Judges bytes that do not begin with a valid header.
    private static func classifyHeaderless(_ bytes: RawSpan, _ usedEnd: Int, at offset: Int) -> TailVerdict {
        let pieces = Pieces(bytes.extracting(0..<usedEnd), at: offset)
        guard usedEnd <= BlockHeader.extent(storedByteCount: Format.rawByteLimit), !pieces.hasStray else {
            return .damaged(.stray)
        }
        // A header that lies in one sector is written whole or not at all.
        guard bytes.byteCount >= BlockHeader.byteCount, hasLostHeaderPiece(bytes, at: offset) else {
            return .damaged(.rotten)
        }
        let start = bytes.number(at: 0, as: UInt32.self)
        return start == 0 || start == Format.blockMagic ? .torn(byteCount: usedEnd) : .damaged(.rotten)
    }

    /// The first place from `start` on, a multiple of eight, with a valid header that says it is there.
    static func firstValidHeader(
        in tail: [UInt8],
        at offset: Int,
        from start: Int
    ) -> (position: Int, header: BlockHeader)? {
        var position = start
        let bytes = unsafe tail.span.bytes
        let end = Checksum.nonzeroEnd(bytes)
        while position + BlockHeader.byteCount <= bytes.byteCount, position < end {
            let candidate = bytes.extracting(position..<position + BlockHeader.byteCount)
            if candidate.number(at: 0, as: UInt32.self) == Format.blockMagic, let header = BlockHeader(candidate),
                header.offset == offset + position
            {
                return (position, header)
            }
            position += Format.alignment
        }
        return nil
    }

    /// Whether a whole sector's piece of the header is zero: a header in one sector is written whole or not at all.
    private static func hasLostHeaderPiece(_ bytes: RawSpan, at offset: Int) -> Bool {
        SectorPieces(count: BlockHeader.byteCount, at: offset)
            .contains {
                Checksum.isZero(bytes.extracting($0))
            }
    }

    /// What the sectors' pieces of some bytes look like.
    private struct Pieces {
        /// Whether one is zero.
        var hasLost = false
        /// Whether one has a single byte that is not zero, as no written piece has.
        var hasStray = false

        init(_ bytes: RawSpan, at offset: Int) {
            for piece in SectorPieces(count: bytes.byteCount, at: offset) {
                switch Checksum.nonzeroCount(bytes.extracting(piece), limit: 2) {
                case 0: hasLost = true
                case 1: hasStray = true
                default: break
                }
            }
        }
    }
}
