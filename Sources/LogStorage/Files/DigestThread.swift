import Crypto
import Dispatch
import Synchronization

/// SHA-256 of bytes on a thread of its own, beside the thread that reads and writes them.
///
/// Where no thread is to be had, the caller hashes.
final class DigestThread: Sendable {
    /// How many pieces may wait, and be in memory.
    private static let pieceLimit = 4

    private enum Item {
        case bytes([UInt8], Range<Int>)
        case tell
        case end
    }

    private struct State {
        var items: [Item] = []
        var digest = SHA256()
    }

    private let state = Mutex(State())
    private let filled = DispatchSemaphore(value: 0)
    private let room = DispatchSemaphore(value: pieceLimit)
    private let told = DispatchSemaphore(value: 0)
    private let hasThread = Atomic(false)

    /// Starts the thread, which ``close()`` ends.
    ///
    /// - Parameter isWorthwhile: Whether there are many bytes; for few, the caller hashes.
    init(isWorthwhile: Bool) {
        guard isWorthwhile, (try? Threads.start { [self] in work() }) != nil else { return }
        hasThread.store(true, ordering: .relaxed)
    }

    /// Adds the next bytes; waits while too many are waiting.
    func update(_ bytes: [UInt8], _ range: Range<Int>) {
        guard hasThread.load(ordering: .relaxed) else {
            return state.withLock { $0.digest.update(bytes, range) }
        }
        room.wait()
        add(.bytes(bytes, range))
    }

    /// The digest of all bytes so far.
    func digest() -> [UInt8] {
        if hasThread.load(ordering: .relaxed) {
            add(.tell)
            told.wait()
        }
        return state.withLock { $0.digest.bytes }
    }

    /// Ends the thread; nothing may be added any more.
    func close() { add(.end) }

    private func add(_ item: Item) {
        state.withLock { $0.items.append(item) }
        filled.signal()
    }

    private func work() {
        var digest = SHA256()
        while true {
            filled.wait()
            switch state.withLock({ $0.items.removeFirst() }) {
            case .bytes(let bytes, let range):
                digest.update(bytes, range)
                room.signal()
            case .tell:
                state.withLock { [digest] in $0.digest = digest }
                told.signal()
            case .end: return
            }
        }
    }
}
