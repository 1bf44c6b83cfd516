/// How much one client may ask in a time: a bucket of units that fills again.
public struct RateLimit: Hashable, Sendable {
    /// Nanoseconds after which a unit comes back.
    let unitTime: Int64
    /// Units that a client has who did not ask for a while.
    let burst: Int

    /// A limit of these numbers, both at least 1.
    public init(unitsPerSecond: Int, burst: Int) {
        unitTime = max(1, 1_000_000_000 / Int64(max(1, unitsPerSecond)))
        self.burst = max(1, burst)
    }

    /// A limit of so many units a minute, which may all be asked for at once.
    public init(unitsPerMinute: Int) {
        burst = max(1, unitsPerMinute)
        unitTime = max(1, 60_000_000_000 / Int64(burst))
    }

    /// Nanoseconds in which an empty bucket fills.
    var window: Int64 { unitTime * Int64(burst) }
}

/// How full one client's bucket is, kept as one time: that at which it is full again.
///
/// (The generic cell rate algorithm of ATM Forum's traffic management: a bucket without arithmetic between requests.)
struct TokenBucket: Hashable, Sendable {
    /// In nanoseconds of the clock that is given to ``take(_:at:_:)``; in the past when the bucket is full.
    private(set) var fullAt: Int64 = 0

    /// What came of asking.
    struct Standing: Hashable, Sendable {
        /// Whether the units were there, and are taken.
        var isTaken: Bool
        /// Units that are left.
        var remaining: Int
        /// Seconds until all are there again, rounded up.
        var secondsUntilFull: Int
        /// Seconds until what was asked for is there, rounded up; 0 when it was taken.
        var retryAfter: Int
    }

    /// Takes units, when they are there; more than the burst count as the burst.
    mutating func take(_ units: Int, at now: Int64, _ limit: RateLimit) -> Standing {
        let (unit, room) = (limit.unitTime, limit.window)
        let start = max(fullAt, now)
        let end = start + unit * Int64(min(units, limit.burst))
        let isTaken = end - now <= room
        if isTaken { fullAt = end }
        let missing = max(0, fullAt - now)
        return Standing(
            isTaken: isTaken,
            remaining: Int((room - min(room, missing)) / unit),
            secondsUntilFull: Self.seconds(missing),
            retryAfter: isTaken ? 0 : max(1, Self.seconds(end - now - room))
        )
    }

    func isFull(at now: Int64) -> Bool { fullAt <= now }

    private static func seconds(_ nanoseconds: Int64) -> Int { Int((nanoseconds + 999_999_999) / 1_000_000_000) }
}
