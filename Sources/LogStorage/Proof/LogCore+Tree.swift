import EventSourcing

extension LogCore {
    /// The Merkle tree of the records before `sequence`; reads fewer than 1,024 records.
    func tree(before sequence: UInt64) throws -> MerkleTree {
        let (chunkCount, leafCount) = (sequence - 1).quotientAndRemainder(dividingBy: UInt64(MerkleTree.chunkLeafCount))
        var leaves: [MerkleHash] = []
        if leafCount > 0 {
            let reader = try withState { (state) throws(LogStorageError) in
                try state.reader(from: sequence - leafCount, through: sequence - 1)
            }
            try reader?
                .read { _, body in
                    leaves.append(RecordLeaf.hash(body))
                    return true
                }
        }
        return MerkleTree(chunks: tree.snapshot.chunks.prefix(Int(chunkCount)), tail: leaves)
    }
}
