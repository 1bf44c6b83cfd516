/// A file read in large pieces, forward.
struct FileWindow {
    let file: any File
    /// The bytes read last; only those before `filled` count.
    private(set) var bytes: [UInt8] = []
    private var start = 0
    private var filled = 0
    private let pieceByteCount: Int
    private var nextPieceByteCount: Int

    /// - Parameters:
    ///   - file: What to read.
    ///   - pieceByteCount: How much to read at a time, at most.
    ///   - firstPieceByteCount: How much to read the first time.
    init(_ file: any File, pieceByteCount: Int = 1 << 20, firstPieceByteCount: Int = 64 << 10) {
        self.file = file
        self.pieceByteCount = pieceByteCount
        nextPieceByteCount = min(firstPieceByteCount, pieceByteCount)
    }

    /// Makes `count` bytes from `offset` on available in ``bytes``, where the file reaches so far.
    ///
    /// - Parameters:
    ///   - offset: Where in the file.
    ///   - count: How many bytes are needed.
    ///   - end: Up to where reading ahead makes sense.
    /// - Returns: Where the first of them is in ``bytes``; `nil` when the file ends before the last.
    /// - Throws: When reading fails.
    mutating func load(_ offset: Int, _ count: Int, end: Int) throws(FileError) -> Int? {
        if offset >= start, offset + count <= start + filled { return offset - start }
        // Small at first, so that reading one record costs little.
        let wanted = max(count, min(nextPieceByteCount, end - offset))
        nextPieceByteCount = min(pieceByteCount, nextPieceByteCount * 4)
        if bytes.count < wanted { bytes = .zeroes(wanted) }
        start = offset
        filled = 0
        filled = try file.read(into: &bytes, 0..<wanted, at: offset)
        return filled >= count ? 0 : nil
    }
}
