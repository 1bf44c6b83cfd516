/// Checks proofs with nothing but what they are given, by the algorithms of RFC 9162.
public enum MerkleVerification {
    /// Whether `path` shows that `leaf` is the leaf `index` (from 0) of the tree of `size` leaves with this root.
    ///
    /// RFC 9162, section 2.1.3.2.
    public static func includes(
        _ leaf: MerkleHash,
        at index: Int,
        in size: Int,
        root: MerkleHash,
        path: [MerkleHash]
    ) -> Bool {
        guard index >= 0, index < size else { return false }
        var climb = Climb(place: index, last: size - 1)
        var hash = leaf
        for sibling in path {
            guard let side = climb.next() else { return false }
            hash = side == .left ? .node(sibling, hash) : .node(hash, sibling)
        }
        return climb.isAtRoot && hash == root
    }

    /// Whether `path` shows that the tree of `size` leaves begins with all the leaves of the tree of `oldSize`.
    ///
    /// RFC 9162, section 2.1.4.2. Between trees of one size the path is empty and the roots are equal; no path begins at
    /// the empty tree.
    public static func isConsistent(
        from oldSize: Int,
        _ oldRoot: MerkleHash,
        to size: Int,
        _ root: MerkleHash,
        path: [MerkleHash]
    ) -> Bool {
        guard oldSize >= 1, oldSize <= size else { return false }
        if oldSize == size { return path.isEmpty && oldRoot == root }
        var path = path[...]
        if oldSize & (oldSize - 1) == 0 { path = ([oldRoot] + path)[...] }
        guard let first = path.popFirst() else { return false }
        var climb = Climb(place: oldSize - 1, last: size - 1)
        climb.skipRightNodes()
        var (oldHash, hash) = (first, first)
        for sibling in path {
            guard let side = climb.next() else { return false }
            if side == .left { oldHash = .node(sibling, oldHash) }
            hash = side == .left ? .node(sibling, hash) : .node(hash, sibling)
        }
        return climb.isAtRoot && oldHash == oldRoot && hash == root
    }
}

/// The way from a node up to the root, level by level.
private struct Climb {
    /// Where the node stands in its level.
    var place: Int
    /// Where the last node of that level stands.
    var last: Int

    enum Side {
        case left
        case right
    }

    var isAtRoot: Bool { last == 0 }

    /// Goes up from nodes that are the right half of the node above.
    mutating func skipRightNodes() {
        while place & 1 == 1 { goUp() }
    }

    /// Goes up to where the next sibling belongs, and says on which side it stands; `nil` at the root, which has none.
    mutating func next() -> Side? {
        guard !isAtRoot else { return nil }
        let isRight = place & 1 == 1 || place == last
        // A last node without a sibling is the node above, too.
        if isRight { while place & 1 == 0, place != 0 { goUp() } }
        goUp()
        return isRight ? .left : .right
    }

    private mutating func goUp() {
        place >>= 1
        last >>= 1
    }
}
