/// The Merkle tree as a walk over all records of a log makes it.
struct TreeWalk: Sendable {
    /// The tree of all records that were settled, or up to the first that cannot be read; ask after ``settle()``.
    private(set) var tree = MerkleTree()
    /// Whether records are missing, so that the tree does not grow any more.
    private(set) var isBroken = false
    /// The sizes whose roots are wanted, the next one last.
    private var wantedSizes: [Int] = []
    /// The roots at the wanted sizes that were passed.
    private(set) var roots: [Int: MerkleHash] = [:]
    /// The first record that did not pass the check that the hashers were given; of those that were settled.
    private(set) var rejected: RejectedRecord?
    /// Who hashes leaves; `nil` where they are hashed at once.
    private var hashers: LeafHashers?
    /// Records that no batch has yet.
    private var records = LeafRecords(first: 1)
    /// How many records the next batch may have: up to the end of a chunk.
    private var batchRoom = MerkleTree.chunkLeafCount
    /// Batches that are being hashed, in the order of their records.
    private var batches: [LeafBatch] = []

    /// Begins a walk that notes the roots at some sizes.
    ///
    /// - Parameters:
    ///   - wantedSizes: The sizes.
    ///   - hashers: Who hashes leaves; `nil` to hash them at once.
    init(wantedSizes: [Int] = [], hashers: LeafHashers? = nil) {
        self.wantedSizes = Set(wantedSizes).sorted(by: >)
        self.hashers = hashers
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
        settle()
        if UInt64(tree.size) + 1 != firstSequence { stop() }
    }

    /// Goes past records of which the nodes alone are known; the leaves behind the last chunk must be added next.
    mutating func skip(nodes: [MerkleHash]) {
        guard !isBroken else { return }
        tree.forgetTail()
        for node in nodes { tree.append(chunk: node) }
    }

    /// Lets the tree be as it is, because the records that follow cannot be read.
    mutating func stop() {
        settle()
        isBroken = true
    }

    /// Adds the next record.
    mutating func add(_ body: RawSpan) {
        guard !isBroken else { return }
        // Not `guard let`: a reference taken and given back for each record is a third of what this costs.
        if hashers == nil { return append(RecordLeaf.hash(body)) }
        records.append(body)
        if records.count == batchRoom || records.byteCount >= LeafHashers.batchByteCount { send() }
    }

    /// The nodes of the chunks that end in a segment; `nil` when they cannot be known.
    mutating func nodes(from first: UInt64, to next: UInt64) -> [MerkleHash]? {
        settle()
        return isBroken ? nil : tree.nodes(from: first, to: next)
    }

    /// Lets ``tree`` and ``roots`` be of all records that were added.
    mutating func settle() {
        send()
        while !batches.isEmpty { settleFirst() }
    }

    private mutating func send() {
        guard let hashers, records.count > 0 else { return }
        let batch = LeafBatch(records)
        batchRoom = batchRoom == records.count ? MerkleTree.chunkLeafCount : batchRoom - records.count
        records = LeafRecords(behind: records)
        hashers.add(batch)
        batches.append(batch)
        if batches.count >= hashers.batchLimit { settleFirst() }
    }

    private mutating func settleFirst() {
        guard let hashers else { return }
        let done = hashers.finish(batches.removeFirst())
        rejected = rejected ?? done.rejected
        if let chunk = done.chunk, tree.tail.isEmpty, !wantsRoot(within: done.leaves.count) {
            tree.append(chunk: chunk)
            noteRoot()
        } else {
            for leaf in done.leaves { append(leaf) }
        }
    }

    private mutating func append(_ leaf: MerkleHash) {
        tree.append(leaf)
        noteRoot()
    }

    /// Whether a root is wanted before the next `count` leaves are all there.
    private func wantsRoot(within count: Int) -> Bool { wantedSizes.last.map { $0 < tree.size + count } ?? false }

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
