@testable import CustomerHTTP
import EventSourcing
import TestSupport
import Testing

struct RateLimitTests {
    private static let second: Int64 = 1_000_000_000

    @Test func `a full bucket gives its burst, then as much as comes back`() {
        var bucket = TokenBucket()
        let limit = RateLimit(unitsPerSecond: 2, burst: 4)
        var now: Int64 = 100 * Self.second
        for left in [3, 2, 1, 0] { #expect(bucket.take(1, at: now, limit).remaining == left) }
        let refused = bucket.take(1, at: now, limit)
        #expect(!refused.isTaken)
        #expect(refused.retryAfter == 1)
        #expect(refused.secondsUntilFull == 2)
        now += Self.second / 2
        #expect(bucket.take(1, at: now, limit).isTaken)
        #expect(!bucket.take(1, at: now, limit).isTaken)
        now += 60 * Self.second
        #expect(bucket.isFull(at: now))
        #expect(
            bucket.take(9, at: now, limit) == .init(isTaken: true, remaining: 0, secondsUntilFull: 2, retryAfter: 0)
        )
    }

    /// A bucket that counts, as plainly as possible.
    private struct PlainBucket {
        var level: Int64
        var time: Int64
    }

    @Test(arguments: 0..<20)
    func `no more is taken in any time than the limit says`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let limit = RateLimit(
            unitsPerSecond: Int.random(in: 1...50, using: &random),
            burst: Int.random(in: 1...100, using: &random)
        )
        let unit = limit.unitTime
        var bucket = TokenBucket()
        // In nanoseconds' worth of units, so that nothing is rounded.
        var plain = PlainBucket(level: unit * Int64(limit.burst), time: 0)
        var now: Int64 = 0
        for _ in 0..<500 {
            now += Int64.random(in: 0...(unit * 3), using: &random)
            plain.level = min(unit * Int64(limit.burst), plain.level + now - plain.time)
            plain.time = now
            let units = Int.random(in: 1...limit.burst, using: &random)
            let isThere = plain.level >= unit * Int64(units)
            let standing = bucket.take(units, at: now, limit)
            #expect(standing.isTaken == isThere, "seed \(seed)")
            if isThere { plain.level -= unit * Int64(units) }
            #expect(standing.remaining == Int(plain.level / unit), "seed \(seed)")
            guard !standing.isTaken else { continue }
            // After the time told it is there, and a second before it was not.
            var later = bucket
            #expect(later.take(units, at: now + Int64(standing.retryAfter) * Self.second, limit).isTaken)
            var sooner = bucket
            let early = now + Int64(standing.retryAfter - 1) * Self.second
            #expect(!sooner.take(units, at: early, limit).isTaken)
        }
    }

    @Test func `clients have buckets of their own, and many strangers share one`() {
        let clock = ManualClock()
        let limiter = RateLimiter<String>(limit: RateLimit(unitsPerSecond: 1, burst: 2), clientLimit: 3) {
            clock.now.microseconds * 1_000
        }
        for client in ["a", "b", "c"] {
            for isTaken in [true, true, false] { #expect(limiter.take(1, from: client).isTaken == isTaken) }
        }
        for isTaken in [true, true, false] { #expect(limiter.take(1, from: "\(isTaken)").isTaken == isTaken) }
        #expect(limiter.clientCount == 3)
        // Who has a full bucket again is forgotten, and makes room.
        clock.advance(by: .seconds(2))
        #expect(limiter.take(1, from: "d").isTaken)
        #expect(limiter.clientCount == 1)
    }
}
