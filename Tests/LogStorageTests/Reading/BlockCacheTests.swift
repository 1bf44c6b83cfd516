import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

@Suite struct BlockCacheTests {
    @Test func `what is in the cache is not read again`() throws {
        var generator = SeededGenerator(seed: 1)
        var hand = try LogByHand()
        try hand.fill(segments: 3, &generator)
        let middle = UInt64(hand.bodies.count / 2)
        #expect(try contents(of: hand.log, from: middle, through: middle) == [hand.bodies[Int(middle) - 1]])
        let reads = hand.disk.counts.reads
        for _ in 0..<5 {
            #expect(try contents(of: hand.log, from: middle, through: middle) == [hand.bodies[Int(middle) - 1]])
        }
        #expect(hand.disk.counts.reads == reads)
    }

    @Test func `what was appended since is seen`() throws {
        var hand = try LogByHand()
        for number in 1...100 {
            try hand.append([[UInt8(number)]])
            #expect(try contents(of: hand.log, from: UInt64(number), through: nil) == [[UInt8(number)]])
            #expect(try contents(of: hand.log, from: 1, through: UInt64(number)) == hand.bodies)
        }
    }

    @Test func `nothing of a segment that was replaced is given`() throws {
        var generator = SeededGenerator(seed: 2)
        var hand = try LogByHand()
        try hand.fill(segments: 3, &generator)
        #expect(try contents(of: hand.log, from: 3, through: 3) == [hand.bodies[2]])
        let (source, next) = hand.log.core.withState { ($0.segments[0], $0.segments[1].header) }
        var keeper = LogKeeper(core: hand.log.core)
        #expect(try keeper.pack(source, next: next, redaction: { _, body in makeHusk(of: body) }) == .replaced)
        let body = hand.bodies[2]
        #expect(try contents(of: hand.log, from: 3, through: 3) == [makeHusk(of: body.span.bytes)])
    }

    @Test func `a cache of no bytes keeps nothing`() throws {
        let cache = BlockCache(byteLimit: 0)
        var hand = try LogByHand()
        try hand.append([[1], [2], [3]])
        let link = try Self.link(of: hand.log)
        cache.insert(link, for: BlockCache.Key(segment: 1, generation: 0, offset: 0))
        #expect(cache.byteCount == 0)
    }

    /// The first link of a log.
    static func link(of log: SegmentedLog) throws -> DecodedLink {
        let (segment, entry) = log.core.withState { ($0.segments[0], $0.index[0]) }
        return try DecodedLink(segment, entry, end: segment.durableEnd)
    }
}

@Suite struct BlockCachePropertyTests {
    @Test func `a cache gives what was put in under the key, and stays below its limit`() throws {
        var hand = try LogByHand()
        try hand.append([[UInt8](repeating: 7, count: 900)])
        let links = try (0..<8).map { _ in try BlockCacheTests.link(of: hand.log) }
        let size = links[0].byteCount
        try Property.forAll(seeds: 200) { generator in
            let limit = size * generator.number(in: 4...20)
            let cache = BlockCache(byteLimit: limit)
            var model: [BlockCache.Key: DecodedLink] = [:]
            for _ in 0..<200 {
                let key = BlockCache.Key(
                    segment: UInt64(generator.below(5)),
                    generation: generator.below(2),
                    offset: generator.below(4)
                )
                if generator.chance(1, in: 2) {
                    let link = generator.pick(links)
                    cache.insert(link, for: key)
                    model[key] = link
                    try require(cache.link(key) === link, "what was just put in is not there")
                } else if let found = cache.link(key) {
                    try require(found === model[key], "the cache gives another link")
                }
                try require(cache.byteCount <= limit, "the cache holds too much")
            }
        }
    }

    @Test func `what is used again and again stays`() throws {
        var hand = try LogByHand()
        try hand.append([[UInt8](repeating: 7, count: 900)])
        let link = try BlockCacheTests.link(of: hand.log)
        let cache = BlockCache(byteLimit: link.byteCount * 8)
        let hot = BlockCache.Key(segment: 0, generation: 0, offset: 0)
        cache.insert(link, for: hot)
        for number in 1...100 {
            #expect(cache.link(hot) != nil)
            cache.insert(link, for: BlockCache.Key(segment: UInt64(number), generation: 0, offset: 0))
        }
        #expect(cache.link(hot) != nil)
    }
}
