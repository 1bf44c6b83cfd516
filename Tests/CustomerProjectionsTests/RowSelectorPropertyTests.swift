import CustomerDomain
import EventSourcing
import TestSupport
import Testing

@testable import CustomerProjections

/// Tables that are large enough for sampling, with ties of every kind, which small shops never have.
@Suite struct RowSelectorPropertyTests {
    @Test func `the rows of any ranks are those of a full sort`() throws {
        try Property.forAll(seeds: 8) { random in
            let state = random.table(rowCount: random.number(in: 1_000...9_000))
            var rows = state.customers.standing
            if random.chance(1, in: 2) { rows.filterEach { _ in random.chance(3, in: 4) } }
            for _ in 0..<6 {
                var keys: [SortKey] = []
                for _ in 0..<random.number(in: 1...3) {
                    keys.append(SortKey(random.pick(SortKey.Field.allCases), descending: random.chance(1, in: 2)))
                }
                let order = state.order(by: keys)
                var sorted: [Int] = []
                rows.forEach { sorted.append($0) }
                sorted.sort { order.precedes($0, $1, from: RowOrder.Level()) }
                let start = random.pick([0, random.below(sorted.count), sorted.count - 20])
                let ranks = start..<min(sorted.count, start + random.pick([1, 20, 100]))
                let picked = RowSelector(order: order).rows(rows, count: sorted.count, ranks: ranks)
                try requireEqual(picked, Array(sorted[ranks]), "ranks \(ranks) of \(sorted.count) by \(keys)")
            }
        }
    }
}
