import EventSourcing
import Synchronization

/// Whose secrets were looked up since anything about access changed: who asks again is known without the organization's lock.
final class KnownKeys: Sendable {
    private struct Known {
        var scope: Scope
        var until: Timestamp
    }

    private let known = Mutex<(byDigest: [[UInt8]: Known], changeCount: Int)>(([:], 0))

    /// The scope of the holder of a secret, if it is known; and how often anything changed so far.
    func scope(withDigest digest: [UInt8], at time: Timestamp) -> (scope: Scope?, changeCount: Int) {
        known.withLock { known in
            let found = known.byDigest[digest].flatMap { time < $0.until ? $0.scope : nil }
            return (found, known.changeCount)
        }
    }

    /// Notes the holder of a secret until some time, unless anything changed since it was looked up.
    func note(_ scope: Scope, withDigest digest: [UInt8], until: Timestamp, lookedUpAfter changeCount: Int) {
        known.withLock { known in
            if known.changeCount == changeCount { known.byDigest[digest] = Known(scope: scope, until: until) }
        }
    }

    func forgetAll() {
        known.withLock { known in
            known.byDigest.removeAll()
            known.changeCount += 1
        }
    }
}
