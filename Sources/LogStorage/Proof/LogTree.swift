import EventSourcing
import Synchronization

/// The Merkle tree of a running log, with a lock of its own: hashing never holds up those who append.
///
/// Whoever holds it may take the log's lock, never the other way round.
final class LogTree: Sendable {
    private let tree: Mutex<MerkleTree>

    init(_ tree: MerkleTree) { self.tree = Mutex(tree) }

    /// The tree as it is; while the writer acknowledges a commit, as it is once the commit is in it.
    var snapshot: MerkleTree { tree.withLock { $0 } }

    /// How many records are in it.
    var size: Int { tree.withLock { $0.size } }

    /// Acknowledges a commit, and then adds its records.
    ///
    /// Under the tree's lock, so that who learned that a record is durable also finds it in the tree.
    ///
    /// - Parameters:
    ///   - commit: What was written.
    ///   - acknowledge: Tells those who wait; `false` when the log failed meanwhile.
    func add(_ commit: Commit, afterwards acknowledge: () -> Bool) {
        tree.withLock { tree in
            guard acknowledge() else { return }
            for staged in commit.batches {
                let bodies = unsafe staged.batch.bytes.span.bytes
                var start = 0
                for end in staged.batch.ends {
                    tree.append(RecordLeaf.hash(bodies.extracting(start..<end)))
                    start = end
                }
            }
        }
    }
}
