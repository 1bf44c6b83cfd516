import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport
import Testing

/// Random queries about random shops, asked three ways: as bitmaps, customer by customer, and of the plain model.
@Suite struct SegmentPropertyTests {
    @Test func `a query finds whom the plain model finds, and says why`() throws {
        try Property.forAll(seeds: 40) { random in
            var shop = RandomShop(random.fork())
            shop.run(random.number(in: 10...300))
            let state = OrganizationState(after: shop.events)
            let offsets = random.zone(around: shop.clock)
            var time = random.queryTime(of: shop)
            time.calendar = LocalCalendar(offsets)
            let plain = PlainSegments(shop: PlainShop(shop.model, shop.events), now: time.now, offsets: offsets)
            for _ in 0..<40 {
                let text = random.segmentText(of: shop)
                let segment = try parsed(text)
                var query = CustomerQuery()
                query.condition = segment
                let expected = plain.members(segment)
                try requireEqual(state.ordinals(query, at: time), expected, text)
                for one in plain.shop.customers where one.isStanding {
                    let truth = state.explain(segment, of: one.ordinal, at: time).truth
                    let holds = plain.holds(segment.root, one)
                    try requireEqual(truth, holds.map { $0 ? .yes : .no } ?? .unknown, "\(one.ordinal): \(text)")
                }
            }
        }
    }

    @Test func `a query is a filter like others, in pages of any order`() throws {
        try Property.forAll(seeds: 15) { random in
            var shop = RandomShop(random.fork())
            shop.run(random.number(in: 50...300))
            let state = OrganizationState(after: shop.events)
            let time = random.queryTime(of: shop)
            let utc = [LocalCalendar.Offset(since: Timestamp(microseconds: 0), seconds: 0)]
            let plainShop = PlainShop(shop.model, shop.events)
            let plain = PlainSegments(shop: plainShop, now: time.now, offsets: utc)
            for _ in 0..<8 {
                var query = random.query(of: shop)
                query.condition = try parsed(random.segmentText(of: shop))
                let members = try Set(plain.members(#require(query.condition)))
                let expected = plainShop.list(query, at: time).filter { members.contains($0) }
                var seen: [CustomerOrdinal] = []
                var cursor: String?
                repeat {
                    query.page = .cursor(cursor, limit: random.number(in: 1...20))
                    let page = try state.list(query, at: time)
                    try requireEqual(page.count, expected.count, "count of \(query)")
                    seen += page.elements.map(\.ordinal)
                    cursor = page.nextCursor
                } while cursor != nil
                try requireEqual(seen, expected, "all pages of \(query)")
            }
        }
    }

    @Test func `a segment has whom its query finds, and moves make the record the same`() throws {
        try Property.forAll(seeds: 15) { random in
            var shop = RandomShop(random.fork())
            shop.run(200)
            let id: SegmentID = shop.identifier()
            let terms = SegmentTerms(name: "One", query: random.segmentText(of: shop), tracksMembership: true)
            shop.attempt(.defineSegment(SegmentDefined(id: id, key: "one", terms: terms)))
            for _ in 0..<6 {
                shop.run(random.below(30))
                let state = OrganizationState(after: shop.events)
                guard let segment = state.segment(id), !state.isRemoved(segment) else { return }
                let time = random.queryTime(of: shop)
                var query = CustomerQuery()
                query.condition = try parsed(state.terms(of: segment).query)
                let members = state.ordinals(query, at: time)
                query.condition = nil
                query.segments = [id]
                try requireEqual(state.ordinals(query, at: time), members, "members")
                try requireEqual(state.memberCount(of: segment, at: time), members.count, "how many")
                for customer in shop.model.customers.indices.map({ CustomerOrdinal(UInt32($0)) }) {
                    let isIn = state.segments(of: customer, at: time).contains { $0.segment.id == id && $0.isMember }
                    try requireEqual(isIn, members.contains(customer), "\(customer)")
                }
                guard state.terms(of: segment).tracksMembership else { continue }
                while let moves = OrganizationState(after: shop.events).moves(of: segment, at: time, limit: 7) {
                    try require(moves.entered.count + moves.left.count <= 7, "no more than asked for")
                    let count = shop.events.count
                    shop.attempt(.recordSegmentMoves(moves))
                    try requireEqual(shop.events.count - count, moves.entered.count + moves.left.count, "events")
                }
                let after = OrganizationState(after: shop.events)
                query.segments = []
                query.recordedSegment = id
                try requireEqual(after.ordinals(query, at: time), members, "recorded members")
                try requireEqual(after.recordedCount(of: segment), members.count, "how many are recorded")
            }
        }
    }

    private func parsed(_ text: String) throws -> SegmentQuery {
        do throws(SegmentSyntaxErrors) {
            return try SegmentQuery(text)
        } catch {
            throw Violation("\(text): \(error.all)")
        }
    }
}
