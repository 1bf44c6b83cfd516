import CustomerDomain
import EventSourcing
import TestSupport
import Testing

@testable import CustomerProjections

/// Tables that are large enough for sampling, with ties of every kind, which small shops never have.
@Suite struct RowSelectorPropertyTests {
    @Test func `the rows of any ranks are those of a full sort`() throws {
        try Property.forAll(seeds: 8) { random in
            let state = table(rowCount: random.number(in: 1_000...9_000), &random)
            var rows = state.customers.standing
            if random.chance(1, in: 2) { rows.filterEach { _ in random.chance(3, in: 4) } }
            for _ in 0..<6 {
                var keys: [SortKey] = []
                for _ in 0..<random.number(in: 1...3) {
                    keys.append(SortKey(random.pick(SortKey.Field.allCases), descending: random.chance(1, in: 2)))
                }
                let source = CustomerSource(customers: state.customers, arena: state.arena)
                let order = RowOrder(source: source, keys: keys.map { ($0.field, $0.isDescending) })
                var sorted: [Int] = []
                rows.forEach { sorted.append($0) }
                sorted.sort { order.precedes($0, $1, from: RowOrder<CustomerSource>.Level()) }
                let start = random.pick([0, random.below(sorted.count), sorted.count - 20])
                let ranks = start..<min(sorted.count, start + random.pick([1, 20, 100]))
                let picked = RowSelector(order: order).rows(rows, count: sorted.count, ranks: ranks)
                try requireEqual(picked, Array(sorted[ranks]), "ranks \(ranks) of \(sorted.count) by \(keys)")
            }
        }
    }

    /// A table whose columns have few or many different values.
    private func table(rowCount: Int, _ random: inout SeededGenerator) -> OrganizationState {
        var state = OrganizationState()
        let spread = random.pick([2, 5, 1_000, 1_000_000_000])
        let heavy = random.chance(1, in: 2)
        for row in 0..<rowCount {
            let id = CustomerID(high: UInt64(row), low: 0)
            _ = state.customers.append(id: id, accountType: .guest, createdAt: Int64(random.below(spread)))
            func value() -> Int64 { heavy && random.chance(9, in: 10) ? 0 : Int64(random.below(spread)) - 2 }
            state.customers.updatedAt[row] = value()
            state.customers.grossSpent[row] = value()
            state.customers.orderCount[row] = value()
            state.customers.lastOrderAt[row] = random.chance(1, in: 3) ? noTime : value()
            var record = ProfileRecord()
            let stem = heavy ? "jennifer aniston " : ""
            if random.chance(9, in: 10) { record.firstName = stem + String(random.below(min(spread, 4_000))) }
            if random.chance(1, in: 10) { record.firstName = "Jennifer" }
            if random.chance(9, in: 10) { record.email = "\(random.below(spread))@x" }
            state.store(record, of: row)
            if random.chance(1, in: 2) { state.customers.points[row] = value() }
        }
        return state
    }
}
