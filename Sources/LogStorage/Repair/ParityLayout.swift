/// How a segment is divided for its parity: into data shards one after another, and each shard into cells.
///
/// The cells with the same place in all shards, those of the parity shards included, are one row of the code. So damage
/// that lies together hits few cells of each row, and damage that is strewn hits different rows.
struct ParityLayout: Hashable {
    var fileByteCount: Int

    /// The size of a shard; behind the end of the file a shard counts as zeroes.
    var shardByteCount: Int {
        let least = (fileByteCount + ReedSolomon.dataCount - 1) / ReedSolomon.dataCount
        return max(1, (least + Format.sectorByteCount - 1) / Format.sectorByteCount) * Format.sectorByteCount
    }

    /// How many cells a shard has.
    var rowCount: Int { (shardByteCount + Format.parityCellByteCount - 1) / Format.parityCellByteCount }

    /// Where the cells of a row lie in their shards; those of the last row may be smaller.
    func cell(_ row: Int) -> Range<Int> {
        let start = row * Format.parityCellByteCount
        return start..<min(start + Format.parityCellByteCount, shardByteCount)
    }

    /// The size of everything before the parity shards, and of its copy behind them.
    var headByteCount: Int { ParityHead.fixedByteCount + ReedSolomon.count * rowCount * 4 + 4 }

    var parityByteCount: Int { 2 * headByteCount + ReedSolomon.parityCount * shardByteCount + ParityHead.endByteCount }
}
