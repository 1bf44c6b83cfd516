import Dispatch
import EventSourcing
import Synchronization

/// Records that follow one another, checked and hashed on whatever thread has time.
final class LeafBatch: Sendable {
    /// What comes of the records.
    struct Outcome: Sendable {
        var leaves: [MerkleHash]
        /// The node above, when these are all leaves of a chunk.
        var chunk: MerkleHash?
        /// The first record that did not pass the caller's check.
        var rejected: RejectedRecord?
    }

    private let records: LeafRecords
    private let result = Mutex<Outcome?>(nil)
    private let done = DispatchSemaphore(value: 0)

    init(_ records: LeafRecords) { self.records = records }

    /// Whether the outcome is there.
    var isDone: Bool { result.withLock { $0 != nil } }

    /// Checks and hashes the records; called once, by whoever took the batch.
    func run(_ check: RecordCheck?) {
        let leaves = records.leaves
        let chunk = leaves.count == MerkleTree.chunkLeafCount ? MerkleHash.root(leaves[...]) : nil
        let rejected = check.flatMap(records.firstRejected)
        result.withLock { $0 = Outcome(leaves: leaves, chunk: chunk, rejected: rejected) }
        done.signal()
    }

    /// What came of it; waits for whoever is at it.
    var outcome: Outcome {
        while true {
            if let outcome = result.withLock({ $0 }) { return outcome }
            done.wait()
        }
    }
}

/// The bodies of records that follow one another.
struct LeafRecords: Sendable {
    /// The sequence of the first.
    let first: UInt64
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    /// No records yet.
    init(first: UInt64) { self.first = first }

    /// What follows `records`, with room for as many bytes.
    init(behind records: LeafRecords) {
        first = records.next
        bytes.reserveCapacity(records.bytes.count + records.bytes.count / 8)
        ends.reserveCapacity(records.count)
    }

    var count: Int { ends.count }
    /// The sequence of the record that follows.
    var next: UInt64 { first + UInt64(count) }
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

    /// The first record that does not pass.
    func firstRejected(_ check: RecordCheck) -> RejectedRecord? {
        let bytes = unsafe bytes.span.bytes
        var start = 0
        for (index, end) in ends.enumerated() {
            let sequence = SequenceNumber(first + UInt64(index))
            do {
                try check(bytes.extracting(start..<end), sequence)
            } catch {
                return RejectedRecord(sequence: sequence, reason: "\(error)")
            }
            start = end
        }
        return nil
    }
}
