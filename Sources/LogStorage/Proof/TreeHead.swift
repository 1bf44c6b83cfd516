public import EventSourcing

/// How many records a log has, and the root of the Merkle tree over them.
public struct TreeHead: Hashable, Sendable {
    /// How many records, which is the last one's sequence number.
    public var size: Int
    /// The root of the tree over them, as RFC 6962 defines it.
    public var root: MerkleHash

    /// A tree head.
    public init(size: Int, root: MerkleHash) {
        self.size = size
        self.root = root
    }
}

/// Shows that a record is in a tree.
public struct InclusionProof: Hashable, Sendable {
    /// The record; its leaf's index is one less.
    public var sequence: SequenceNumber
    /// The record's leaf hash.
    public var leaf: MerkleHash
    /// The tree.
    public var head: TreeHead
    /// The hashes beside the way from the leaf to the root.
    public var path: [MerkleHash]

    /// Whether the proof holds; needs nothing else.
    public var isValid: Bool {
        guard let index = Int(exactly: sequence.value) else { return false }
        return MerkleVerification.includes(leaf, at: index - 1, in: head.size, root: head.root, path: path)
    }
}

/// Shows that a tree begins with all the records of an earlier one.
public struct ConsistencyProof: Hashable, Sendable {
    /// The earlier tree.
    public var old: TreeHead
    /// The later tree.
    public var new: TreeHead
    /// The hashes that connect them.
    public var path: [MerkleHash]

    /// Whether the proof holds; needs nothing else.
    public var isValid: Bool {
        MerkleVerification.isConsistent(from: old.size, old.root, to: new.size, new.root, path: path)
    }
}
