import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport
import Testing

@testable import CustomerProjections

@Suite struct MetricsPropertyTests {
    @Test func `the cards are what counting everybody gives`() throws {
        try Property.forAll(seeds: 40) { random in
            var shop = RandomShop(random.fork())
            shop.run(random.number(in: 10...200))
            shop.runMerges(random.number(in: 0...60))
            let state = OrganizationState(after: shop.events)
            let plain = PlainShop(shop.model, shop.events)
            for _ in 0..<6 {
                let time = random.queryTime(of: shop)
                let cards = state.metrics(at: time)
                let standing = plain.customers.filter(\.isStanding)
                let registered = standing.filter { $0.customer.accountType == .registered }
                try requireEqual(cards.totalCustomers, registered.count, "total")
                let active = standing.filter { $0.lastActivity.map { $0 >= time.monthStart } ?? false }
                try requireEqual(cards.activeCustomers, active.count, "active")
                let gross = plain.customers.reduce(0) { $0 + $1.grossSpent }
                let refunded = plain.customers.reduce(0) { $0 + $1.refunded }
                let buyers = plain.customers.count { $0.ownOrderCount > 0 }
                try requireEqual(cards.grossSpent, gross, "gross")
                try requireEqual(cards.refunded, refunded, "refunded")
                try requireEqual(
                    cards.orderCount,
                    plain.customers.reduce(0) { $0 + Int64($1.metrics.orderCount) },
                    "orders"
                )
                let average = buyers > 0 ? (gross - refunded).dividedRoundingHalfUp(by: Int64(buyers)) : nil
                try requireEqual(cards.averageLifetimeValue, average, "average lifetime value")
                let (base, retained) = retention(shop.model, at: time)
                try requireEqual(cards.retentionBase, base, "retention base")
                try requireEqual(cards.retained, retained, "retained")
                try requireEqual(
                    cards.retentionRate,
                    base > 0 ? Double(retained) / Double(base) : nil,
                    "retention rate"
                )
            }
        }
    }

    /// Buyers of the window before the last, and those of them who bought in the last, in whole quarters of an hour.
    private func retention(_ model: OrganizationModel, at time: QueryTime) -> (Int, Int) {
        let window = model.settings.activityWindowDays * 96
        let end = QuarterHistogram.quarter(time.now.microseconds) + 1
        var earlier: Set<CustomerOrdinal> = []
        var later: Set<CustomerOrdinal> = []
        for placed in model.orders where placed.order.status != .cancelled {
            let quarter = QuarterHistogram.quarter(placed.occurredAt.microseconds)
            if (end - 2 * window..<end - window).contains(quarter) { earlier.insert(placed.customer) }
            if (end - window..<end).contains(quarter) { later.insert(placed.customer) }
        }
        return (earlier.count, earlier.intersection(later).count)
    }
}
