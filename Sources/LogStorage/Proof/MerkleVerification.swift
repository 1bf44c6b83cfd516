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

    /// The root of the tree of `size` leaves, some of which are known, with the nodes beside them from left to right; `nil` when these
    /// are too few or too many.
    ///
    /// The tree is divided as RFC 6962, section 2.1, has it; a part without a known leaf is the next node.
    static func root(
        of leaves: [(index: Int, hash: MerkleHash)],
        in size: Int,
        path: [MerkleHash]
    ) -> MerkleHash? {
        guard !leaves.isEmpty else { return nil }
        var rest = path[...]
        let root = node(0..<size, leaves[...], &rest)
        return rest.isEmpty ? root : nil
    }

    private static func node(
        _ range: Range<Int>,
        _ leaves: ArraySlice<(index: Int, hash: MerkleHash)>,
        _ path: inout ArraySlice<MerkleHash>
    ) -> MerkleHash? {
        guard let first = leaves.first else { return path.popFirst() }
        guard range.count > 1 else { return leaves.count == 1 && range.contains(first.index) ? first.hash : nil }
        let middle = range.lowerBound + MerkleTree.split(range.count)
        let place = leaves.firstIndex { $0.index >= middle } ?? leaves.endIndex
        guard let left = node(range.lowerBound..<middle, leaves[..<place], &path),
            let right = node(middle..<range.upperBound, leaves[place...], &path)
        else { return nil }
        return .node(left, right)
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
