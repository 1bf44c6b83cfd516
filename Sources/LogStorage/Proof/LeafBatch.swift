import Dispatch
import Synchronization

/// Records that follow one another, whose leaves are hashed on whatever thread has time.
final class LeafBatch: Sendable {
    /// What hashing makes of the records.
    struct Leaves: Sendable {
        var leaves: [MerkleHash]
        /// The node above, when these are all leaves of a chunk.
        var chunk: MerkleHash?
    }

    private let records: LeafRecords
    private let result = Mutex<Leaves?>(nil)
    private let done = DispatchSemaphore(value: 0)

    init(_ records: LeafRecords) { self.records = records }

    /// Whether the leaves are there.
    var isDone: Bool { result.withLock { $0 != nil } }

    /// Hashes the records; called once, by whoever took the batch.
    func run() {
        let leaves = records.leaves
        let chunk = leaves.count == MerkleTree.chunkLeafCount ? MerkleHash.root(leaves[...]) : nil
        result.withLock { $0 = Leaves(leaves: leaves, chunk: chunk) }
        done.signal()
    }

    /// The leaves; waits for whoever hashes them.
    var leaves: Leaves {
        while true {
            if let leaves = result.withLock({ $0 }) { return leaves }
            done.wait()
        }
    }
}

/// The bodies of records that follow one another.
struct LeafRecords: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    /// No records, with room for as many bytes as some batch before had.
    init(byteCount: Int = 0) { bytes.reserveCapacity(byteCount) }

    var count: Int { ends.count }
    var byteCount: Int { bytes.count }

    mutating func append(_ body: RawSpan) {
        unsafe body.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        ends.append(bytes.count)
    }

    /// The leaf of each record.
    var leaves: [MerkleHash] {
        let bytes = unsafe bytes.span.bytes
        var leaves: [MerkleHash] = []
        leaves.reserveCapacity(ends.count)
        var start = 0
        for end in ends {
            leaves.append(RecordLeaf.hash(bytes.extracting(start..<end)))
            start = end
        }
        return leaves
    }
}
