/// The Merkle tree as a walk over all records of a log makes it.
struct TreeWalk: Sendable {
    /// The tree of all records so far, or up to the first that cannot be read.
    private(set) var tree = MerkleTree()
    /// Whether records are missing, so that the tree does not grow any more.
    private(set) var isBroken = false
    /// The sizes whose roots are wanted, the next one last.
    private var wantedSizes: [Int] = []
    /// The roots at the wanted sizes that were passed.
    private(set) var roots: [Int: MerkleHash] = [:]

    /// Begins a walk that notes the roots at some sizes.
    init(wantedSizes: [Int] = []) {
        self.wantedSizes = Set(wantedSizes).sorted(by: >)
        noteRoot()
    }

    /// Begins a walk behind the records of `tree`.
    init(behind tree: MerkleTree) { self.tree = tree }

    /// A walk whose records before the first are not known.
    static var broken: TreeWalk {
        var walk = TreeWalk()
        walk.stop()
        return walk
    }

    /// Goes on with a segment.
    mutating func begin(firstSequence: UInt64) {
        if UInt64(tree.size) + 1 != firstSequence { stop() }
    }

    /// Goes past records of which the nodes alone are known; the leaves behind the last chunk must be added next.
    mutating func skip(nodes: [MerkleHash]) {
        guard !isBroken else { return }
        tree.forgetTail()
        for node in nodes { tree.append(chunk: node) }
    }

    /// Lets the tree be as it is, because the records that follow cannot be read.
    mutating func stop() { isBroken = true }

    /// Adds the next record.
    mutating func add(_ body: RawSpan) {
        guard !isBroken else { return }
        tree.append(RecordLeaf.hash(body))
        noteRoot()
    }

    /// The nodes of the chunks that end in a segment; `nil` when they cannot be known.
    func nodes(from first: UInt64, to next: UInt64) -> [MerkleHash]? {
        isBroken ? nil : tree.nodes(from: first, to: next)
    }

    private mutating func noteRoot() {
        guard let wanted = wantedSizes.last, tree.size == wanted else { return }
        roots[wanted] = tree.root
        wantedSizes.removeLast()
    }
}

extension MerkleTree {
    /// How many chunks end with a record from `first` up to but not including `next`.
    static func chunkCount(from first: UInt64, to next: UInt64) -> Int { chunks(from: first, to: next).count }

    /// The nodes of the chunks that end with a record from `first` up to but not including `next`; `nil` when they are not
    /// all there.
    func nodes(from first: UInt64, to next: UInt64) -> [MerkleHash]? {
        let range = Self.chunks(from: first, to: next)
        return range.upperBound <= chunks.count ? Array(chunks[range]) : nil
    }

    private static func chunks(from first: UInt64, to next: UInt64) -> Range<Int> {
        let count = UInt64(chunkLeafCount)
        return Int((first - 1) / count)..<Int((next - 1) / count)
    }
}
