public import EventSourcing
import Synchronization

/// A clock that stands where it was put; a sample's events are recorded at its time.
public final class SampleClock: Sendable {
    private let time: Mutex<Timestamp>

    /// A clock that stands at `start`.
    public init(_ start: Timestamp) {
        time = Mutex(start)
    }

    /// The time.
    public var now: Timestamp { time.withLock { $0 } }

    /// Puts the clock forward; never back.
    func advance(to next: Timestamp) {
        time.withLock { $0 = max($0, next) }
    }
}
