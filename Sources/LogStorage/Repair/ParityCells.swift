/// The rows of cells of a segment and its parity file, as they are on the disk.
struct ParityCells {
    let head: ParityHead
    /// `nil` when the segment is not there.
    let segment: StorageFile?
    let parity: StorageFile

    var layout: ParityLayout { head.layout }

    func close() {
        segment?.close()
        parity.close()
    }

    /// Where a parity shard begins in its file.
    func parityOffset(of shard: Int) -> Int {
        layout.headByteCount + (shard - ReedSolomon.dataCount) * layout.shardByteCount
    }

    /// Reads the cells of a row in some shards into one buffer, and says which of them are not what was written.
    func row(
        _ row: Int,
        _ shards: Range<Int> = 0..<ReedSolomon.count
    ) throws(LogStorageError) -> (cells: [UInt8], lost: Set<Int>) {
        let cell = layout.cell(row)
        var cells = [UInt8].zeroes(ReedSolomon.count * cell.count)
        var lost: Set<Int> = []
        for shard in shards {
            let place = shard * cell.count..<(shard + 1) * cell.count
            try fill(&cells, place, shard, cell)
            if cells.crc32c(place) != head.checksums[shard * layout.rowCount + row] { lost.insert(shard) }
        }
        return (cells, lost)
    }

    private func fill(
        _ cells: inout [UInt8],
        _ place: Range<Int>,
        _ shard: Int,
        _ cell: Range<Int>
    ) throws(LogStorageError) {
        let isParity = shard >= ReedSolomon.dataCount
        let offset = (isParity ? parityOffset(of: shard) : shard * layout.shardByteCount) + cell.lowerBound
        // What lies behind the end counts as zeroes, and is none of the segment's.
        let end = isParity ? Int.max : layout.fileByteCount
        let wanted = place.lowerBound..<place.lowerBound + max(0, min(place.count, end - offset))
        guard let file = isParity ? parity : segment, !wanted.isEmpty else { return }
        _ = try withFileErrors { () throws(FileError) in try file.file.read(into: &cells, wanted, at: offset) }
    }
}
