import Crypto

/// The parity file of one sealed segment: what is wrong with it, and how it is made.
struct SegmentParity {
    let files: StorageFiles
    /// The log's directory.
    let directory: String
    /// The segment's name.
    let name: String

    private var path: String { Paths.join(directory, SegmentName.parity(of: name)) }

    /// Where a parity file is not what it must be.
    struct Fault: Hashable {
        var offset: Int
        var byteCount: Int?
        var meaning: String
    }

    /// The first thing that is wrong with the parity file; `nil` when it is whole, or there is none.
    ///
    /// - Parameters:
    ///   - segment: The segment's file; `nil` when it is not there.
    ///   - checksData: Whether the segment is known to be whole, so that the checksums of its cells must be right; else they
    ///     are not looked at.
    /// - Returns: What is wrong.
    /// - Throws: When a file cannot be read.
    func fault(_ segment: StorageFile?, checksData: Bool) throws(LogStorageError) -> Fault? {
        guard let parity = try files.open(path) else { return nil }
        defer { parity.close() }
        guard let head = try ParityHead.read(parity) else {
            return Fault(offset: 0, meaning: "Its head is not what was written.")
        }
        guard SegmentName.name(firstSequence: head.firstSequence) == name else {
            return Fault(offset: 0, meaning: "It belongs to another segment.")
        }
        guard let segment else { return Fault(offset: 0, meaning: "There is no such segment.") }
        if let footer = try segment.footer(endingAt: try segment.size()), footer.digest != head.segmentDigest {
            return Fault(offset: 0, meaning: "It is of the segment as it was before it was written anew.")
        }
        return try fault(ParityCells(head: head, segment: segment, parity: parity), checksData: checksData)
    }

    /// Whether the segment that is there has a whole parity file of its own; does not read the segment but for its footer.
    func isWhole(_ segment: StorageFile) throws(LogStorageError) -> Bool {
        guard let parity = try files.open(path) else { return false }
        parity.close()
        return try fault(segment, checksData: false) == nil
    }

    private func fault(_ cells: ParityCells, checksData: Bool) throws(LogStorageError) -> Fault? {
        let (layout, head) = (cells.layout, cells.head.encode())
        let secondHeadOffset = head.count + ReedSolomon.parityCount * layout.shardByteCount
        guard try cells.parity.read(head.count, at: 0) == head else {
            return Fault(offset: 0, byteCount: head.count, meaning: "Its first head is not what was written.")
        }
        let shards = (checksData ? 0 : ReedSolomon.dataCount)..<ReedSolomon.count
        for row in 0..<layout.rowCount {
            guard let shard = try cells.row(row, shards).lost.min() else { continue }
            guard shard >= ReedSolomon.dataCount else {
                return Fault(offset: 0, meaning: "It was not made of the segment as it is.")
            }
            let cell = layout.cell(row)
            return Fault(
                offset: cells.parityOffset(of: shard) + cell.lowerBound,
                byteCount: cell.count,
                meaning: "These bytes are not what was written."
            )
        }
        let rest = layout.parityByteCount - secondHeadOffset
        guard try cells.parity.size() == layout.parityByteCount,
            try cells.parity.read(rest, at: secondHeadOffset) == head + cells.head.end
        else {
            return Fault(offset: secondHeadOffset, byteCount: rest, meaning: "Its second head is not what was written.")
        }
        return nil
    }

    /// Writes the parity file, in the place of one that may be there; the directory is left to the caller to sync.
    ///
    /// - Parameters:
    ///   - segment: The segment's file.
    ///   - replacing: Told before anything is written that a file at this path is replaced, with the SHA-256 of the segment.
    ///   - goesOn: Asked after so many bytes; `false` ends the work with the error `closed`.
    /// - Returns: `false` when the segment is not sealed, or not what its footer says; then nothing was written.
    /// - Throws: When a file cannot be read or written.
    func write(
        _ segment: StorageFile,
        replacing: (String, [UInt8]) throws(LogStorageError) -> Void = { (_, _) throws(LogStorageError) in },
        goesOn: (Int) -> Bool = { _ in true }
    ) throws(LogStorageError) -> Bool {
        let layout = ParityLayout(fileByteCount: try segment.size())
        guard let footer = try segment.footer(endingAt: layout.fileByteCount),
            SegmentName.name(firstSequence: footer.firstSequence) == name
        else { return false }
        var digest = SHA256()
        try add(0..<footer.offset, of: segment, to: &digest, goesOn)
        guard digest.bytes == footer.digest else { return false }
        // The file's begins as the blocks' does.
        try add(footer.offset..<layout.fileByteCount, of: segment, to: &digest, goesOn)
        var head = ParityHead(
            firstSequence: footer.firstSequence,
            layout: layout,
            fileDigest: digest.bytes,
            segmentDigest: footer.digest,
            checksums: [UInt32](repeating: 0, count: ReedSolomon.count * layout.rowCount)
        )
        if let old = try files.open(path) {
            old.close()
            try replacing(path, head.fileDigest)
        }
        let passing = Paths.join(directory, SegmentName.passingParity)
        try files.place(path, by: passing) { (parity) throws(LogStorageError) in
            let code = ReedSolomon()
            let source = ParityCells(head: head, segment: segment, parity: StorageFile(path: passing, file: parity))
            for row in 0..<layout.rowCount {
                let cell = layout.cell(row)
                var cells = try source.row(row, 0..<ReedSolomon.dataCount).cells
                code.encode(&cells, cellByteCount: cell.count)
                for shard in 0..<ReedSolomon.count {
                    let place = shard * cell.count..<(shard + 1) * cell.count
                    head.checksums[shard * layout.rowCount + row] = cells.crc32c(place)
                    guard shard >= ReedSolomon.dataCount else { continue }
                    try withFileErrors { () throws(FileError) in
                        try parity.write(cells, place, at: source.parityOffset(of: shard) + cell.lowerBound)
                    }
                }
                try Self.check(goesOn(ReedSolomon.count * cell.count))
            }
            let bytes = head.encode()
            try withFileErrors { () throws(FileError) in
                try parity.write(bytes, at: 0)
                try parity.write(bytes + head.end, at: source.parityOffset(of: ReedSolomon.count))
            }
        }
        return true
    }

    private func add(
        _ range: Range<Int>,
        of segment: StorageFile,
        to digest: inout SHA256,
        _ goesOn: (Int) -> Bool
    ) throws(LogStorageError) {
        try segment.read(range) { (bytes, part) throws(LogStorageError) in
            digest.update(bytes, part)
            try Self.check(goesOn(part.count))
        }
    }

    private static func check(_ goesOn: Bool) throws(LogStorageError) {
        if !goesOn { throw LogStorageError(.closed, "The log was closed") }
    }
}
