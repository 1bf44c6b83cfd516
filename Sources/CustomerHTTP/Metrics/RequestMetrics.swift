import Synchronization

/// Counts of what was asked and answered, by route and status, and how long it took.
final class RequestMetrics: Sendable {
    /// The upper bounds of the histogram's buckets, in microseconds.
    static let bounds: [Int64] = [
        100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000,
    ]

    /// What was counted for one route.
    struct Counts: Sendable {
        var byStatus: [Int: Int64] = [:]
        /// One more than there are bounds, the last for all that took longer; not cumulative.
        var buckets = [Int64](repeating: 0, count: RequestMetrics.bounds.count + 1)
        var microseconds: Int64 = 0
    }

    /// The routes' labels: method and path, then one for what no route serves.
    let labels: [(method: String, path: String)]
    private let counts: [CountsBox]
    private let inFlight = Atomic<Int>(0)

    init(labels: [(method: String, path: String)]) {
        self.labels = labels + [(method: "other", path: "unmatched")]
        counts = self.labels.map { _ in CountsBox() }
    }

    /// The index of what no route serves.
    var unmatched: Int { labels.count - 1 }

    /// How many requests are being worked on.
    var inFlightCount: Int { inFlight.load(ordering: .relaxed) }

    /// Counts one request more that is being worked on, unless there are as many as `limit`.
    func begin(limit: Int) -> Bool {
        guard inFlight.wrappingAdd(1, ordering: .relaxed).newValue <= limit else {
            inFlight.wrappingSubtract(1, ordering: .relaxed)
            return false
        }
        return true
    }

    /// Counts one request less that is being worked on.
    func end() {
        inFlight.wrappingSubtract(1, ordering: .relaxed)
    }

    /// Counts an answer.
    func record(route: Int, status: Int, duration: Duration) {
        let parts = duration.components
        let microseconds = parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000
        let bucket = Self.bounds.firstIndex { microseconds <= $0 } ?? Self.bounds.count
        counts[route].value
            .withLock { counts in
                counts.byStatus[status, default: 0] += 1
                counts.buckets[bucket] += 1
                counts.microseconds += microseconds
            }
    }

    /// What was counted, by the index of the route.
    func snapshot() -> [Counts] {
        counts.map { $0.value.withLock { $0 } }
    }

    /// A lock of its own for each route, so that routes do not wait for one another.
    private final class CountsBox: Sendable {
        let value = Mutex(Counts())
    }
}
