import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport
import Testing

@Suite struct ListPropertyTests {
    @Test func `a list has whom the plain model has, in the same order`() throws {
        try Property.forAll(seeds: 25) { random in
            var shop = RandomShop(random.fork())
            shop.run(random.number(in: 10...300))
            let state = OrganizationState(after: shop.events)
            let plain = PlainShop(shop.model, shop.events)
            for _ in 0..<25 {
                var query = random.query(of: shop)
                let time = random.queryTime(of: shop)
                let expected = plain.list(query, at: time)
                let offset = random.below(expected.count + 2)
                query.page = .offset(limit: random.number(in: 1...30), offset: offset)
                let page = try state.list(query, at: time)
                let slice = expected.dropFirst(offset).prefix(query.page.limit)
                try requireEqual(page.elements.map(\.ordinal), Array(slice), "rows of \(query)")
                try requireEqual(page.count, expected.count, "count of \(query)")
                try requireEqual(page.hasMore, offset + slice.count < expected.count, "more of \(query)")
                try requireEqual(state.ordinals(query, at: time), expected.sorted(), "all of \(query)")
            }
        }
    }

    @Test func `pages by cursor give the whole list once`() throws {
        try Property.forAll(seeds: 15) { random in
            var shop = RandomShop(random.fork())
            shop.run(random.number(in: 50...300))
            let state = OrganizationState(after: shop.events)
            let plain = PlainShop(shop.model, shop.events)
            for _ in 0..<8 {
                var query = random.query(of: shop)
                let time = random.queryTime(of: shop)
                let expected = plain.list(query, at: time)
                var seen: [CustomerOrdinal] = []
                var cursor: String?
                repeat {
                    query.page = .cursor(cursor, limit: random.number(in: 1...20))
                    let page = try state.list(query, at: time)
                    seen += page.elements.map(\.ordinal)
                    cursor = page.nextCursor
                    try requireEqual(page.count, expected.count, "count of \(query)")
                    try requireEqual(page.hasMore, cursor != nil, "a cursor for more")
                } while cursor != nil
                try requireEqual(seen, expected, "all pages of \(query)")
            }
        }
    }

    @Test func `pages of who has no value come once, in both directions`() throws {
        var story = Story()
        for number in 0..<200 { _ = story.customer("Ann", "\(number)", email: "a\(number)@a.org") }
        for field in [SortKey.Field.points, .lastOrderAt] {
            for isDescending in [false, true] {
                var query = CustomerQuery()
                query.sort = [SortKey(field, descending: isDescending)]
                var seen: [CustomerOrdinal] = []
                var cursor: String?
                repeat {
                    query.page = .cursor(cursor, limit: 7)
                    let page = try story.state.list(query, at: story.time)
                    seen += page.elements.map(\.ordinal)
                    cursor = page.nextCursor
                } while cursor != nil
                let all = (0..<200).map { CustomerOrdinal($0) }
                #expect(seen == (isDescending ? all.reversed() : all), "\(field)")
            }
        }
    }

    @Test func `pages by cursor neither skip nor repeat whom nobody touched`() throws {
        try Property.forAll(seeds: 15) { random in
            var shop = RandomShop(random.fork())
            shop.run(200)
            var state = OrganizationState(after: shop.events)
            var query = CustomerQuery()
            query.sort = [SortKey(random.pick(SortKey.Field.allCases), descending: random.chance(1, in: 2))]
            let time = random.queryTime(of: shop)
            let before = PlainShop(shop.model, shop.events).list(query, at: time)
            let eventCount = shop.events.count
            var seen: [CustomerOrdinal] = []
            var cursor: String?
            repeat {
                query.page = .cursor(cursor, limit: 7)
                let page = try state.list(query, at: time)
                seen += page.elements.map(\.ordinal)
                cursor = page.nextCursor
                let applied = shop.events.count
                shop.run(3)
                for event in shop.events[applied...] { state.apply(event) }
            } while cursor != nil
            var touched = Set(shop.events[eventCount...].compactMap(\.customer))
            for event in shop.events[eventCount...] {
                switch event.event {
                case .customersMerged(let merged, _), .customersUnmerged(let merged): touched.insert(merged)
                default: break
                }
            }
            let untouched = before.filter { !touched.contains($0) }
            try requireEqual(seen.filter { !touched.contains($0) }, untouched, "untouched of \(query.sort)")
        }
    }
}
