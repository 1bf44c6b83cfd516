package import EventSourcing
import Synchronization

/// A clock that stands still until told otherwise.
package final class ManualClock: Sendable {
    private let time: Mutex<Timestamp>

    package init(_ start: Timestamp = .seconds(1_750_000_000)) {
        time = Mutex(start)
    }

    /// What time it is.
    package var now: Timestamp { time.withLock { $0 } }

    /// Moves the time by `duration`, rounded down to microseconds; a negative duration moves it back.
    package func advance(by duration: Duration) {
        let (seconds, attoseconds) = duration.components
        time.withLock { $0.microseconds += seconds * 1_000_000 + attoseconds / 1_000_000_000_000 }
    }

    /// Makes it `instant`.
    package func set(_ instant: Timestamp) {
        time.withLock { $0 = instant }
    }
}
