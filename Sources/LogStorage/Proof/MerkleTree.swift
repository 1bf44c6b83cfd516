/// The Merkle tree of RFC 6962 over the records of a log, which only grows.
///
/// Kept are the nodes of complete subtrees of 1,024 leaves and those above them, and the leaves behind the last complete
/// subtree: 64 bytes for 1,024 records, and at most 32 KiB more. Lower nodes are made again from the leaves of a chunk, which
/// the caller reads; a proof needs those of two chunks at most.
struct MerkleTree: Hashable, Sendable {
    /// The leaves of a chunk, whose node is stored in the segment's footer.
    static let chunkLeafCount = 1024

    /// The nodes of complete subtrees: first those of chunks, then those of two chunks, of four, and so on.
    private var levels: [[MerkleHash]] = [[]]
    /// The leaves behind the last complete chunk.
    private(set) var tail: [MerkleHash] = []

    /// Gives the leaves in a range of indexes, at most one chunk's.
    typealias LeafSource = (Range<Int>) throws -> [MerkleHash]

    /// The nodes of the complete chunks, in order.
    var chunks: [MerkleHash] { levels[0] }

    /// An empty tree.
    init() {}

    /// The tree of some complete chunks and the leaves behind them, fewer than a chunk's.
    init(chunks: some Sequence<MerkleHash>, tail: [MerkleHash]) {
        for node in chunks { append(chunk: node) }
        self.tail = tail
    }

    /// How many leaves there are.
    var size: Int { levels[0].count * Self.chunkLeafCount + tail.count }

    /// Adds a leaf; amortized, two hashes of 65 bytes.
    mutating func append(_ leaf: MerkleHash) {
        tail.append(leaf)
        guard tail.count == Self.chunkLeafCount else { return }
        append(chunk: .root(tail[...]))
    }

    /// Takes away the leaves behind the last complete chunk.
    mutating func forgetTail() { tail.removeAll(keepingCapacity: true) }

    /// Adds the node of a whole chunk; there must be no leaves behind the last chunk, or these are replaced by it.
    mutating func append(chunk node: MerkleHash) {
        tail.removeAll(keepingCapacity: true)
        levels[0].append(node)
        var level = 0
        while levels[level].count.isMultiple(of: 2) {
            let pair = levels[level].suffix(2)
            let parent = MerkleHash.node(pair[pair.startIndex], pair[pair.startIndex + 1])
            level += 1
            if level == levels.count { levels.append([]) }
            levels[level].append(parent)
        }
    }

    /// The root of all leaves; costs at most 1,023 hashes and one for each level above.
    var root: MerkleHash {
        // All chunks but the tail's are stored, so nothing is read.
        let rest = tail.isEmpty ? nil : MerkleHash.root(tail[...])
        var root = rest
        var end = levels[0].count
        // The complete subtrees from the right to the left: one for each bit of the count.
        for level in levels.indices where end & (1 << level) != 0 {
            let node = levels[level][(end >> level) - 1]
            root = root.map { .node(node, $0) } ?? node
            end -= 1 << level
        }
        return root ?? .emptyRoot
    }

    /// The stored node of `count` leaves from `start` on; `nil` where none is stored.
    func storedNode(_ range: Range<Int>) -> MerkleHash? {
        guard range.count >= Self.chunkLeafCount, range.count & (range.count - 1) == 0,
            range.lowerBound.isMultiple(of: range.count)
        else { return nil }
        let level = (range.count / Self.chunkLeafCount).trailingZeroBitCount
        let index = range.lowerBound / range.count
        guard level < levels.count, index < levels[level].count else { return nil }
        return levels[level][index]
    }

    /// Where RFC 6962 divides `count` leaves, at least 2: at the largest power of two below.
    static func split(_ count: Int) -> Int { 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount) }
}
