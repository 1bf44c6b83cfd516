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
        var place = index
        var last = size - 1
        var hash = leaf
        for sibling in path {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                hash = .node(sibling, hash)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                hash = .node(hash, sibling)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
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
        var place = oldSize - 1
        var last = size - 1
        while place & 1 == 1 {
            place >>= 1
            last >>= 1
        }
        var (oldHash, hash) = (first, first)
        for sibling in path {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                oldHash = .node(sibling, oldHash)
                hash = .node(sibling, hash)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                hash = .node(hash, sibling)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && oldHash == oldRoot && hash == root
    }
}
