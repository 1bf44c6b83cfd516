import Dispatch
import LogStorage
import Synchronization

/// A snapshot's content: read, checked and decompressed on a thread of its own, while what came before is loaded.
final class SnapshotContent: Sendable {
    private typealias Piece = Result<[UInt8], LogStorageError>

    /// How many pieces are ready at most.
    private static let aheadCount = 8

    private let reader: Mutex<SnapshotReader>
    private let pieces = Mutex<[Piece]>([])
    private let room = DispatchSemaphore(value: 0)
    private let filled = DispatchSemaphore(value: 0)
    private let isStopped = Atomic(false)

    /// Begins to read; call ``stop()`` at the end, whichever it is.
    init(_ reader: sending SnapshotReader) throws(LogStorageError) {
        self.reader = Mutex(reader)
        // Not its first value: a semaphore must not end below that, and this one does when reading stops early.
        for _ in 0..<Self.aheadCount { room.signal() }
        try Threads.start { [self] in readAhead() }
    }

    /// The next bytes, none at the end; waits for them.
    func next() throws(LogStorageError) -> [UInt8] {
        filled.wait()
        let piece = pieces.withLock { $0.removeFirst() }
        room.signal()
        return try piece.get()
    }

    /// Reads no further.
    func stop() {
        isStopped.store(true, ordering: .releasing)
        room.signal()
    }

    private func readAhead() {
        while true {
            room.wait()
            if isStopped.load(ordering: .acquiring) { return }
            let piece: Piece = reader.withLock { reader in
                do throws(LogStorageError) {
                    return .success(try reader.next())
                } catch {
                    return .failure(error)
                }
            }
            pieces.withLock { $0.append(piece) }
            filled.signal()
            guard case .success(let bytes) = piece, !bytes.isEmpty else { return }
        }
    }
}
