import EventSourcing
import Synchronization

/// Makes the checkpoints of a running log: when a segment was sealed, every so often under writes, and at the end.
///
/// Never on the writer's way. A full disk puts a checkpoint off; any other failure is the disk's, and the caller's to judge.
final class CheckpointKeeper: Sendable {
    /// Which log signs, and with which key.
    let signer: CheckpointSigner
    let origin: String
    private let store: CheckpointStore
    private let schedule: Mutex<CheckpointSchedule>

    init(signer: CheckpointSigner, origin: String, store: CheckpointStore, schedule: CheckpointSchedule) {
        self.signer = signer
        self.origin = origin
        self.store = store
        self.schedule = Mutex(schedule)
    }

    /// Makes the next checkpoint due, because a segment was sealed.
    func noteSeal() { schedule.withLock { $0.isForced = true } }

    /// How long until the next checkpoint can be due, if no segment is sealed before.
    func pause(_ tree: LogTree, now: Timestamp) -> Duration {
        schedule.withLock { $0.pause(tree.size, now: now) }
    }

    /// Writes a checkpoint of the tree if one is due.
    ///
    /// - Parameters:
    ///   - tree: The log's tree, which holds durable records only.
    ///   - now: The time.
    ///   - isLast: Whether the log is being closed, so that what is new is due.
    /// - Throws: When the disk fails, or is full.
    func keep(_ tree: LogTree, now: Timestamp, isLast: Bool = false) throws(FileError) {
        guard schedule.withLock({ $0.isDue(tree.size, now: now, isLast: isLast) }) else { return }
        let snapshot = tree.snapshot
        let head = TreeHead(size: snapshot.size, root: snapshot.root)
        let checkpoint: Checkpoint
        do {
            checkpoint = try signer.sign(head, origin: origin)
        } catch {
            throw FileError(operation: "sign", path: store.directory, errorNumber: 0)
        }
        try store.write(checkpoint)
        schedule.withLock { $0.note(head.size, at: now) }
    }
}

/// Decides when a checkpoint is due.
struct CheckpointSchedule: Hashable {
    /// The size of the last one's tree.
    var lastSize: Int
    /// When it was made; `nil` when that was before the log was opened.
    var lastAt: Timestamp?
    /// How much time there may be between checkpoints of a log that grows, in microseconds; at least a thousand.
    let interval: Int64
    /// Whether one is due however young the last one is.
    var isForced = false

    init(lastSize: Int, interval: Duration) {
        self.lastSize = lastSize
        let (seconds, attoseconds) = interval.components
        // A century is as good as never, and does not overflow.
        self.interval = max(1000, min(seconds, 3_155_760_000) * 1_000_000 + attoseconds / 1_000_000_000_000)
    }

    func isDue(_ size: Int, now: Timestamp, isLast: Bool) -> Bool {
        guard size > lastSize else { return false }
        guard !isLast, !isForced, let lastAt else { return true }
        // A clock that was set back must not put checkpoints off.
        let age = now.microseconds - lastAt.microseconds
        return age >= interval || age < 0
    }

    /// How long until one can be due; at least a millisecond.
    func pause(_ size: Int, now: Timestamp) -> Duration {
        guard size > lastSize, let lastAt else { return .microseconds(interval) }
        return .microseconds(min(max(1000, lastAt.microseconds + interval - now.microseconds), interval))
    }

    mutating func note(_ size: Int, at now: Timestamp) {
        lastSize = max(lastSize, size)
        lastAt = now
        isForced = false
    }
}
