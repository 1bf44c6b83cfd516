import Synchronization

/// Tells who waits that there may be something to do; there is one who listens, and one ring says as much as many.
final class Bell: Sendable {
    private let listener = Mutex<AsyncStream<Void>.Continuation?>(nil)

    /// What it tells from now on, which begins with a ring.
    func listen() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        listener.withLock { $0 = continuation }
        continuation.yield()
        return stream
    }

    func ring() { listener.withLock { $0 }?.yield() }
}
