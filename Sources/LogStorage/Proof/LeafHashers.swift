import Dispatch
import Synchronization

/// Threads that check records and hash their leaves, beside the one that reads them.
///
/// Batches wait in one line, and each is taken from it once: by one of the threads, or by the reader when it has to wait.
final class LeafHashers: Sendable {
    /// A batch ends with a chunk of the tree, or with the record that fills this.
    static let batchByteCount = 1 << 20

    /// How many batches may be under way, and in memory; enough that no thread runs dry.
    let batchLimit: Int

    private struct Line {
        var batches: [LeafBatch] = []
        var isClosed = false
    }

    private let check: RecordCheck?
    private let line = Mutex(Line())
    private let filled = DispatchSemaphore(value: 0)

    /// Starts the threads, which ``close()`` ends.
    ///
    /// - Parameters:
    ///   - threadCount: How many; what they have no time for, the reader does itself, all of it where there are none.
    ///   - check: What each record must pass, besides.
    init(threadCount: Int, check: RecordCheck? = nil) {
        batchLimit = 4 * threadCount + 1
        self.check = check
        for _ in 0..<threadCount {
            // No thread is to be had: slow is better than never.
            guard (try? Threads.start { [self] in work() }) != nil else { break }
        }
    }

    /// Puts a batch into the line.
    func add(_ batch: LeafBatch) {
        line.withLock { $0.batches.append(batch) }
        filled.signal()
    }

    /// Makes sure that a batch that was put into the line is done, and helps meanwhile.
    func finish(_ batch: LeafBatch) -> LeafBatch.Outcome {
        while !batch.isDone, let next = take() { next.run(check) }
        return batch.outcome
    }

    /// Lets the threads end; what waits in the line is not hashed any more.
    func close() {
        line.withLock { $0 = Line(isClosed: true) }
        // Each thread passes it on to the next.
        filled.signal()
    }

    private func take() -> LeafBatch? {
        line.withLock { $0.batches.isEmpty ? nil : $0.batches.removeFirst() }
    }

    private func work() {
        while true {
            filled.wait()
            guard !line.withLock({ $0.isClosed }) else {
                filled.signal()
                return
            }
            take()?.run(check)
        }
    }
}
