public import EventSourcing

extension SegmentedLog {
    /// The size and the root of the Merkle tree over the durable records.
    ///
    /// Who learned that a record is durable finds it in the tree. Costs at most 1,023 hashes, and the wait for those of one
    /// block when one was just written.
    public var treeHead: TreeHead {
        let tree = core.tree.snapshot
        return TreeHead(size: tree.size, root: tree.root)
    }

    /// The root of the tree as it was at some size; reads at most 1,024 records.
    ///
    /// - Throws: `invalidArgument` when the log has not so many durable records; what reading throws.
    public func treeHead(at size: Int) throws -> TreeHead {
        let tree = core.tree.snapshot
        try require(0 <= size && size <= tree.size, "0 ≤ \(size) ≤ \(tree.size)")
        return TreeHead(size: size, root: try tree.root(at: size, leaves: leaves))
    }

    /// Shows that a record is among the first `size`; reads at most 2,048 records.
    ///
    /// - Parameters:
    ///   - sequence: The record.
    ///   - size: The tree's size; `nil` for that of all durable records.
    /// - Returns: The proof, which was checked.
    /// - Throws: `invalidArgument` when there are not so many durable records; what reading throws.
    public func inclusionProof(of sequence: SequenceNumber, in size: Int? = nil) throws -> InclusionProof {
        let tree = core.tree.snapshot
        let size = size ?? tree.size
        let number = Int(clamping: sequence.value)
        try require(1 <= number && number <= size && size <= tree.size, "1 ≤ \(number) ≤ \(size) ≤ \(tree.size)")
        let source = leaves
        let proof = InclusionProof(
            sequence: sequence,
            leaf: try source(number - 1..<number)[0],
            head: TreeHead(size: size, root: try tree.root(at: size, leaves: source)),
            path: try tree.inclusionPath(of: number - 1, in: size, leaves: source)
        )
        guard proof.isValid else { throw mismatch }
        return proof
    }

    /// Shows that the first `newSize` records begin with the first `oldSize`; reads at most 2,048 records.
    ///
    /// - Returns: The proof, which was checked.
    /// - Throws: `invalidArgument` unless 1 ≤ `oldSize` ≤ `newSize` ≤ the number of durable records; what reading throws.
    public func consistencyProof(from oldSize: Int, to newSize: Int) throws -> ConsistencyProof {
        let tree = core.tree.snapshot
        try require(
            1 <= oldSize && oldSize <= newSize && newSize <= tree.size,
            "1 ≤ \(oldSize) ≤ \(newSize) ≤ \(tree.size)"
        )
        let source = leaves
        let proof = ConsistencyProof(
            old: TreeHead(size: oldSize, root: try tree.root(at: oldSize, leaves: source)),
            new: TreeHead(size: newSize, root: try tree.root(at: newSize, leaves: source)),
            path: try tree.consistencyPath(from: oldSize, to: newSize, leaves: source)
        )
        guard proof.isValid else { throw mismatch }
        return proof
    }

    /// The nodes beside some records, from left to right; reads at most 1,024 records for each of them.
    ///
    /// - Throws: `invalidArgument` unless the sequence numbers rise from 1 to the size, and that is not above the number of durable
    ///   records; what reading throws.
    func subsetPath(of sequences: [SequenceNumber], in size: Int) throws -> [MerkleHash] {
        let tree = core.tree.snapshot
        let indexes = sequences.map { Int(clamping: $0.value) - 1 }
        let isRising = zip(indexes, indexes.dropFirst()).allSatisfy { $0 < $1 }
        try require(
            isRising && indexes.first ?? 0 >= 0 && indexes.last ?? 0 < size && size <= tree.size,
            "1 ≤ sequences ≤ \(size) ≤ \(tree.size)"
        )
        return try tree.subsetPath(of: indexes, in: size, leaves: leaves)
    }

    /// Reads records for their leaves.
    private var leaves: MerkleTree.LeafSource {
        { range in
            var leaves: [MerkleHash] = []
            leaves.reserveCapacity(range.count)
            let last = SequenceNumber(UInt64(range.upperBound))
            try self.read(from: SequenceNumber(UInt64(range.lowerBound + 1)), through: last) { _, body in
                leaves.append(RecordLeaf.hash(body))
                return true
            }
            guard leaves.count == range.count else { throw self.mismatch }
            return leaves
        }
    }

    private var mismatch: LogStorageError {
        LogStorageError(
            .damaged,
            "The records read are not those of the Merkle tree; run 'patronctl verify' to see what is damaged",
            path: core.directory
        )
    }

    private func require(_ condition: Bool, _ text: String) throws {
        guard !condition else { return }
        throw LogStorageError(.invalidArgument, "The log has no such tree: \(text) does not hold")
    }
}
