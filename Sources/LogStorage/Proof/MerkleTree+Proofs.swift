extension MerkleTree {
    /// The root of the first `size` leaves; reads at most one chunk.
    func root(at size: Int, leaves: @escaping LeafSource) throws -> MerkleHash {
        if size == self.size { return root }
        var chunk = ChunkLeaves(tree: self, source: leaves)
        return try chunk.node(0..<size)
    }

    /// The siblings on the way from leaf `index` to the root of the first `size` leaves; reads at most two chunks.
    ///
    /// `PATH(m, D[n])` of RFC 6962, section 2.1.1. The index must be below the size, and that not above the tree's.
    func inclusionPath(of index: Int, in size: Int, leaves: @escaping LeafSource) throws -> [MerkleHash] {
        var chunks = ChunkLeaves(tree: self, source: leaves)
        var path: [MerkleHash] = []
        var range = 0..<size
        while range.count > 1 {
            let middle = range.lowerBound + Self.split(range.count)
            let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
            path.append(try chunks.node(index < middle ? right : left))
            range = index < middle ? left : right
        }
        return path.reversed()
    }

    /// The nodes that lead from some leaves to the root of the first `size`, from left to right; reads the chunks of the leaves.
    ///
    /// The indexes must rise and be below the size, and that not above the tree's. With one index these are the nodes of
    /// ``inclusionPath(of:in:leaves:)`` in another order.
    func subsetPath(of indexes: [Int], in size: Int, leaves: @escaping LeafSource) throws -> [MerkleHash] {
        var chunks = ChunkLeaves(tree: self, source: leaves)
        var path: [MerkleHash] = []
        try addPath(of: indexes[...], in: 0..<size, &chunks, to: &path)
        return path
    }

    private func addPath(
        of indexes: ArraySlice<Int>,
        in range: Range<Int>,
        _ chunks: inout ChunkLeaves,
        to path: inout [MerkleHash]
    ) throws {
        guard !indexes.isEmpty else { return path.append(try chunks.node(range)) }
        guard range.count > 1 else { return }
        let middle = range.lowerBound + Self.split(range.count)
        let place = indexes.firstIndex { $0 >= middle } ?? indexes.endIndex
        try addPath(of: indexes[..<place], in: range.lowerBound..<middle, &chunks, to: &path)
        try addPath(of: indexes[place...], in: middle..<range.upperBound, &chunks, to: &path)
    }

    /// What shows that the first `size` leaves begin with the first `oldSize`; reads at most two chunks.
    ///
    /// `PROOF(m, D[n])` of RFC 6962, section 2.1.2. The old size must be from 1 to the new one, and that not above the tree's.
    func consistencyPath(from oldSize: Int, to size: Int, leaves: @escaping LeafSource) throws -> [MerkleHash] {
        var chunks = ChunkLeaves(tree: self, source: leaves)
        var path: [MerkleHash] = []
        var range = 0..<size
        while range.upperBound != oldSize {
            let middle = range.lowerBound + Self.split(range.count)
            let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
            path.append(try chunks.node(oldSize <= middle ? right : left))
            range = oldSize <= middle ? left : right
        }
        // The old tree as a whole is known to who has its root; a part of it is not.
        if range.lowerBound > 0 { path.append(try chunks.node(range)) }
        return path.reversed()
    }
}

/// Makes the nodes below chunks from leaves, reading each chunk once.
private struct ChunkLeaves {
    let tree: MerkleTree
    let source: MerkleTree.LeafSource
    private var leaves: [Int: [MerkleHash]] = [:]

    init(tree: MerkleTree, source: @escaping MerkleTree.LeafSource) {
        self.tree = tree
        self.source = source
    }

    /// The node over `range`, which is one of the ranges that dividing from 0 on leads to.
    mutating func node(_ range: Range<Int>) throws -> MerkleHash {
        if range.isEmpty { return .emptyRoot }
        if let stored = tree.storedNode(range) { return stored }
        let count = MerkleTree.chunkLeafCount
        guard range.count > count else {
            let start = range.lowerBound / count * count
            let chunk = try chunkLeaves(range.lowerBound / count)
            return .root(chunk[range.lowerBound - start..<range.upperBound - start])
        }
        let middle = range.lowerBound + MerkleTree.split(range.count)
        return .node(try node(range.lowerBound..<middle), try node(middle..<range.upperBound))
    }

    private mutating func chunkLeaves(_ index: Int) throws -> [MerkleHash] {
        if index == tree.chunks.count { return tree.tail }
        if let known = leaves[index] { return known }
        let start = index * MerkleTree.chunkLeafCount
        let chunk = try source(start..<start + MerkleTree.chunkLeafCount)
        // So that no proof, and no signature, is ever of other records than those that made the tree.
        guard MerkleHash.root(chunk[...]) == tree.chunks[index] else {
            throw LogStorageError(
                .damaged,
                "Records \(start + 1) to \(start + chunk.count) are not those of the Merkle tree; run 'patronctl verify'"
            )
        }
        leaves[index] = chunk
        return chunk
    }
}
