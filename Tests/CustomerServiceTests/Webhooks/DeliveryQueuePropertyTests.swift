import CustomerDomain
@testable import CustomerService
import EventSourcing
import TestSupport
import Testing

/// The queue against a plain account of what was sent, with a clock that jumps, a sender that fails and a process that crashes.
@Suite struct DeliveryQueuePropertyTests {
    /// What a sender of a plain list of events saw.
    private struct World {
        var now = Timestamp.seconds(1_750_000_000)
        var durable: UInt64 = 0
        var queue = DeliveryQueue(after: 0)
        var kept = DeliveryQueue(after: 0).bytes
        var arrived: Set<UInt64> = []
        var givenUp: Set<UInt64> = []
        var attempts: [UInt64: [Timestamp]] = [:]
        var crashCount = 0

        mutating func take(_ count: Int) {
            let last = min(durable, queue.cursor + UInt64(min(count, queue.room)))
            guard last > queue.cursor else { return }
            queue.take((queue.cursor + 1...last).map { ($0, 1) }, through: last, at: now)
        }

        mutating func send(
            _ delivery: WebhookDelivery,
            _ outcome: WebhookOutcome,
            _ random: UInt64
        ) throws -> WebhookStop? {
            try require(delivery.sequence <= durable, "an event was sent before it was durable")
            attempts[delivery.sequence, default: []].append(now)
            let stop = queue.note(outcome, of: delivery.sequence, at: now, random: random)
            if outcome.isSuccess { arrived.insert(delivery.sequence) }
            let noted = queue.deliveries.first { $0.sequence == delivery.sequence }
            if noted?.status == .failed { givenUp.insert(delivery.sequence) }
            try require(noted?.attempts ?? 0 <= WebhookSchedule.attemptLimit, "too many attempts")
            return stop
        }

        mutating func crash() throws {
            queue = try #require(DeliveryQueue(bytes: kept))
            crashCount += 1
        }

        func check() throws {
            try require(queue.pendingCount <= DeliveryQueue.limit, "too much waits")
            try require(queue.deliveries.count <= DeliveryQueue.limit, "too much is kept")
            let sequences = queue.deliveries.map(\.sequence)
            try require(zip(sequences, sequences.dropFirst()).allSatisfy { $0 < $1 }, "the messages are not in order")
        }
    }

    @Test func `every durable event arrives at least once or uses up its attempts, through crashes, and none is early`()
        throws
    {
        try Property.forAll(seeds: 12) { random in
            var world = World()
            let failures = random.pick([0, 1, 5, 9, 10])
            for _ in 0..<400 {
                switch random.below(10) {
                case 0: world.durable += UInt64(random.below(random.chance(1, in: 10) ? 900 : 6))
                case 1...2: world.take(random.pick([1, 3, 100]))
                case 3...7:
                    let delivery = random.chance(1, in: 2) ? world.queue.fresh : world.queue.due(at: world.now)
                    guard let delivery else { continue }
                    let outcome = random.below(10) < failures ? .answered(500) : WebhookOutcome.answered(204)
                    _ = try world.send(delivery, outcome, random.next())
                case 8:
                    if random.chance(1, in: 4) { try world.crash() } else { world.kept = world.queue.bytes }
                default:
                    world.now.microseconds += Int64(random.below(random.chance(1, in: 5) ? 90_000_000_000 : 4_000_000))
                }
                try world.check()
                if random.chance(1, in: 40) {
                    try require(DeliveryQueue(bytes: world.queue.bytes) == world.queue, "a queue is not what was kept")
                }
            }
            try drain(&world, &random)
            let all = Set(1..<(world.durable + 1))
            try require(world.arrived.union(world.givenUp) == all, "an event was lost")
            for times in world.attempts.values {
                let limit = WebhookSchedule.attemptLimit * (world.crashCount + 1)
                try require(times.count <= limit, "an event was tried \(times.count) times")
            }
        }
    }

    /// Sends all that is left to an endpoint that takes everything.
    private func drain(_ world: inout World, _ random: inout SeededGenerator) throws {
        while true {
            world.take(.max >> 1)
            if let delivery = world.queue.fresh ?? world.queue.due(at: world.now) {
                _ = try world.send(delivery, .answered(200), random.next())
            } else if world.queue.pendingCount > 0 {
                world.now.microseconds += 100_000_000_000
            } else if world.queue.cursor == world.durable {
                return
            }
        }
    }

    @Test func `attempts keep their distances, and there are ten`() throws {
        try Property.forAll(seeds: 40) { random in
            var world = World()
            world.durable = 1
            world.take(1)
            var waits: [Int64] = []
            while let delivery = world.queue.fresh ?? world.queue.due(at: world.now) {
                _ = try world.send(delivery, .failed(.timeout), random.next())
                guard let next = world.queue.deliveries[0].nextAttemptAt else { break }
                waits.append(next.microseconds - world.now.microseconds)
                try require(world.queue.due(at: Timestamp(microseconds: next.microseconds - 1)) == nil, "too early")
                world.now = next
            }
            let wanted = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400].map { Int64($0) * 1_000_000 }
            try require(waits.count == wanted.count, "\(waits.count)")
            for (wait, least) in zip(waits, wanted) {
                try require(wait >= least && wait <= least + least / 10, "\(wait)")
            }
            try require(world.attempts[1]?.count == 10 && world.queue.deliveries[0].status == .failed, "not ten")
        }
    }

    @Test func `first attempts are made in the order of the log`() throws {
        try Property.forAll(seeds: 20) { random in
            var world = World()
            world.durable = 300
            var firsts: [UInt64] = []
            for _ in 0..<600 {
                world.take(random.below(20))
                if let delivery = random.chance(2, in: 3) ? world.queue.fresh : world.queue.due(at: world.now) {
                    if delivery.attempts == 0 { firsts.append(delivery.sequence) }
                    _ = try world.send(
                        delivery,
                        random.chance(1, in: 3) ? .answered(200) : .answered(503),
                        random.next()
                    )
                }
                world.now.microseconds += Int64(random.below(10_000_000))
            }
            try require(firsts == firsts.sorted() && Set(firsts).count == firsts.count, "\(firsts)")
        }
    }
}

@Suite struct DeliveryQueueTests {
    private let start = Timestamp.seconds(1_750_000_000)

    private func queue(_ count: UInt64) -> DeliveryQueue {
        var queue = DeliveryQueue(after: 0)
        queue.take((1...count).map { ($0, 1) }, through: count, at: start)
        return queue
    }

    @Test func `410 stops at once, and the message waits`() {
        var queue = queue(1)
        #expect(queue.note(.answered(410), of: 1, at: start, random: 0) == .gone)
        #expect(queue.deliveries[0].status == .pending)
    }

    @Test(arguments: [301, 302, 307, 308, 400, 404, 500, 503, 199])
    func `all but 2xx is a failure`(code: Int) {
        var queue = queue(1)
        #expect(queue.note(.answered(code), of: 1, at: start, random: 0) == nil)
        #expect(queue.deliveries[0].status == .pending && queue.deliveries[0].lastStatusCode == code)
    }

    @Test func `an endpoint is given up when a message used up its attempts and nothing arrived for five days`() {
        var queue = queue(3)
        var now = start
        for _ in 0..<10 {
            #expect(queue.note(.answered(500), of: 1, at: now, random: 0) == nil)
            now = queue.deliveries[0].nextAttemptAt ?? now
        }
        #expect(queue.deliveries[0].status == .failed)
        now = Timestamp(microseconds: start.advanced(byDays: 5).microseconds - 1)
        #expect(queue.note(.answered(500), of: 2, at: now, random: 0) == nil)
        #expect(queue.note(.answered(500), of: 2, at: start.advanced(byDays: 5), random: 0) == .failing)
        queue.resume()
        #expect(queue.note(.answered(500), of: 3, at: start.advanced(byDays: 6), random: 0) == nil)
    }

    @Test func `one that arrives forgets what failed`() {
        var queue = queue(2)
        _ = queue.note(.answered(500), of: 1, at: start, random: 0)
        _ = queue.note(.answered(200), of: 2, at: start, random: 0)
        #expect(queue.failingSince == nil)
    }

    @Test
    func `messages are sent again one by one, by range and by failure, and a range not beyond what was looked at`() {
        var queue = queue(5)
        for sequence in 1...5 as ClosedRange<UInt64> {
            _ = queue.note(.answered(200), of: sequence, at: start, random: 0)
        }
        #expect(queue.fresh == nil)
        #expect(queue.resend(3, at: start) && queue.fresh?.sequence == 3 && !queue.resend(9, at: start))
        queue.replay(2...9)
        #expect(queue.replay == 2...5)
        queue.takeReplay([(2, 1), (3, 1)], through: 3, at: start)
        #expect(queue.replay == 4...5 && queue.pendingCount == 2)
        queue.takeReplay([(4, 1)], through: .max, at: start)
        #expect(queue.replay == nil && queue.resendFailed(at: start) == 0)
    }

    @Test func `bytes that are not what was written are no queue`() {
        let bytes = queue(4).bytes
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 1
            #expect(DeliveryQueue(bytes: other) == nil)
        }
        #expect(DeliveryQueue(bytes: Array(bytes.dropLast())) == nil && DeliveryQueue(bytes: []) == nil)
    }
}
