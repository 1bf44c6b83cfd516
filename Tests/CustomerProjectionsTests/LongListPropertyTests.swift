import CustomerDomain
import EventSourcing
import TestSupport
import Testing

@testable import CustomerProjections

/// Lists of so many customers that pages are walked to, or selected, and that some tie; shops of the other suites are small.
@Suite struct LongListPropertyTests {
    private typealias Order = RowOrder
    private static let time = QueryTime(now: Timestamp(microseconds: 0), monthStart: Timestamp(microseconds: 0))

    @Test func `pages anywhere in a long list are those of a full sort`() throws {
        var walkCount = 0
        try Property.forAll(seeds: 8) { random in
            var state = random.table(rowCount: random.number(in: 1_000...9_000))
            if random.chance(1, in: 2) { state.customers.buildIndexes() }
            for keys in random.sorts() {
                var query = random.query(by: keys, &state)
                let (order, sorted) = sort(query, by: keys, state)
                let offset = max(0, random.pick([0, 40, random.below(sorted.count + 2), sorted.count - 7]))
                query.page = .offset(limit: random.pick([1, 20, 300]), offset: offset)
                let page = try state.list(query, at: Self.time)
                let expected = Array(sorted.dropFirst(offset).prefix(query.page.limit))
                try requireEqual(page.elements.map(\.ordinal.index), expected, "from \(offset) by \(keys)")
                try requireEqual(page.count, sorted.count, "count by \(keys)")
                try requireEqual(page.hasMore, offset + expected.count < sorted.count, "more by \(keys)")
                let walk = RowWalk(order: order, index: try #require(order.keys[0].column.index))
                let start = RowWalk.Start(skipped: offset)
                let matches = state.matches(query, at: Self.time)
                if walk.rows(of: matches, count: sorted.count, from: start, limit: 20) != nil { walkCount += 1 }
            }
        }
        #expect(walkCount > 0)
    }

    @Test func `pages by cursor under writes have whom nobody touched once, in every order`() throws {
        try Property.forAll(seeds: 3) { random in
            var state = random.table(rowCount: random.number(in: 600...1_500))
            for keys in random.sorts() {
                var query = random.query(by: keys, &state)
                let before = sort(query, by: keys, state).rows
                var touched: Set<Int> = []
                var seen: [Int] = []
                var cursor: String?
                repeat {
                    query.page = .cursor(cursor, limit: random.pick([7, 90]))
                    let page = try state.list(query, at: Self.time)
                    seen += page.elements.map(\.ordinal.index)
                    cursor = page.nextCursor
                    try requireEqual(page.hasMore, cursor != nil, "a cursor for more")
                    for _ in 0..<random.below(4) {
                        let row = random.below(state.customers.count)
                        touched.insert(row)
                        random.change(row, of: &state, spread: random.pick([3, 1_000_000]), heavy: false)
                    }
                } while cursor != nil
                let untouched = before.filter { !touched.contains($0) }
                try requireEqual(seen.filter { !touched.contains($0) }, untouched, "untouched by \(keys)")
            }
        }
    }

    @Test func `a walk gives up where rows are few, and where the other keys must tell`() throws {
        var state = OrganizationState()
        for row in 0..<20_000 {
            _ = state.customers.append(id: CustomerID(high: UInt64(row), low: 0), accountType: .guest, createdAt: 7)
        }
        func walk(_ keys: [SortKey], _ matches: Bitmap, skipped: Int) throws -> [Int]? {
            let order = state.order(by: keys)
            let walk = RowWalk(order: order, index: try #require(order.keys[0].column.index))
            return walk.rows(of: matches, count: matches.count, from: .init(skipped: skipped), limit: 2)
        }
        let all = state.customers.standing
        #expect(try walk([SortKey(.createdAt)], all, skipped: 4_000) == [4_000, 4_001])
        #expect(try walk([SortKey(.createdAt, descending: true)], all, skipped: 19_000) == [999, 998])
        #expect(try walk([SortKey(.points, descending: true)], all, skipped: 19_998) == [1, 0])
        #expect(try walk([SortKey(.createdAt), SortKey(.points)], all, skipped: 0) == nil)
        #expect(try walk([SortKey(.points), SortKey(.createdAt)], all, skipped: 0) == nil)
        var few = Bitmap(rowCount: 20_000)
        for row in [30, 400, 4_000] { few[row] = true }
        #expect(try walk([SortKey(.createdAt)], few, skipped: 0) == nil)
    }

    private func sort(
        _ query: CustomerQuery,
        by keys: [SortKey],
        _ state: OrganizationState
    ) -> (order: Order, rows: [Int]) {
        let order = state.order(by: keys)
        var rows: [Int] = []
        for row in 0..<state.customers.count
        where state.customers.isStanding(row) && query.status.map({ $0 == state.customers.status[row] }) ?? true
            && (query.totalSpent.minimum.map { $0 <= state.customers.grossSpent[row] } ?? true)
        {
            rows.append(row)
        }
        rows.sort { order.precedes($0, $1, from: Order.Level()) }
        return (order, rows)
    }
}

extension SeededGenerator {
    /// Each key in both directions, and some with others behind.
    fileprivate mutating func sorts() -> [[SortKey]] {
        SortKey.Field.allCases.flatMap { field in
            [false, true]
                .map { isDescending in
                    let other = SortKey(pick(SortKey.Field.allCases), descending: chance(1, in: 2))
                    return [SortKey(field, descending: isDescending)] + (chance(1, in: 4) ? [other] : [])
                }
        }
    }

    /// A query for all, for most or for a few; changes some statuses for it.
    fileprivate mutating func query(by keys: [SortKey], _ state: inout OrganizationState) -> CustomerQuery {
        var query = CustomerQuery()
        query.sort = keys
        switch below(4) {
        case 0:
            for _ in 0..<below(200) { state.customers.setStatus(.disabled, of: below(state.customers.count)) }
            for _ in 0..<below(50) { state.customers.setStatus(.erased, of: below(state.customers.count)) }
            for _ in 0..<below(50) { state.customers.setStatus(.active, of: below(state.customers.count)) }
            query.status = pick([.active, .disabled])
        case 1: query.totalSpent.minimum = Int64(pick([0, 3, 900, 900_000_000]))
        default: break
        }
        return query
    }
}
