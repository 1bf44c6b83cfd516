import LogStorage

/// RFC 6962, section 2.1, word for word: slow, and obviously right.
enum MerkleModel {
    /// `MTH(D[n])`.
    static func root(_ leaves: ArraySlice<MerkleHash>) -> MerkleHash {
        if leaves.isEmpty { return .emptyRoot }
        if leaves.count == 1 { return leaves[leaves.startIndex] }
        let (left, right) = divided(leaves)
        return .node(root(left), root(right))
    }

    /// `PATH(m, D[n])`.
    static func path(_ m: Int, _ leaves: ArraySlice<MerkleHash>) -> [MerkleHash] {
        if leaves.count == 1 { return [] }
        let (left, right) = divided(leaves)
        return m < left.count ? path(m, left) + [root(right)] : path(m - left.count, right) + [root(left)]
    }

    /// `PROOF(m, D[n])`.
    static func proof(_ m: Int, _ leaves: ArraySlice<MerkleHash>) -> [MerkleHash] { subproof(m, leaves, true) }

    private static func subproof(_ m: Int, _ leaves: ArraySlice<MerkleHash>, _ isKnown: Bool) -> [MerkleHash] {
        if m == leaves.count { return isKnown ? [] : [root(leaves)] }
        let (left, right) = divided(leaves)
        if m <= left.count { return subproof(m, left, isKnown) + [root(right)] }
        return subproof(m - left.count, right, false) + [root(left)]
    }

    private static func divided(
        _ leaves: ArraySlice<MerkleHash>
    ) -> (left: ArraySlice<MerkleHash>, right: ArraySlice<MerkleHash>) {
        var k = 1
        while k * 2 < leaves.count { k *= 2 }
        return (leaves.prefix(k), leaves.dropFirst(k))
    }
}
