import CustomerDomain
import CustomerProjections
import EventSourcing

/// Reads of one customer by identifier, and the cards that cost the same however many there are.
enum PointReads {
    /// The names are those of `Benchmarks/postgres`.
    static func measure(_ state: borrowing OrganizationState, runs: Int) -> [ListResult] {
        let ids = sample(state)
        var summaries: [Double] = []
        var profiles: [Double] = []
        var cards: [Double] = []
        var sum = 0
        for _ in 0..<runs {
            summaries.append(
                seconds {
                    for id in ids {
                        guard let customer = state.customer(id) else { continue }
                        sum &+= state.summary(of: customer, at: ListCase.time).displayName.utf8.count
                    }
                } / Double(ids.count)
            )
            profiles.append(
                seconds {
                    for id in ids {
                        guard let customer = state.customer(id) else { continue }
                        sum &+= state.profile(of: customer, at: ListCase.time).addresses.count
                    }
                } / Double(ids.count)
            )
            cards.append(
                seconds { for _ in 0..<100 { sum &+= state.metrics(at: ListCase.time).totalCustomers } } / 100
            )
        }
        precondition(sum > 0)
        return [
            ListResult(name: "summary by id", times: summaries, count: 1),
            ListResult(name: "profile by id", times: profiles, count: 1),
            ListResult(name: "metric cards", times: cards, count: state.metrics(at: ListCase.time).totalCustomers),
        ]
    }

    /// Ids of customers all over the table, in no order.
    private static func sample(_ state: borrowing OrganizationState) -> [CustomerID] {
        var ids: [CustomerID] = []
        var number: UInt64 = 1
        for _ in 0..<min(20_000, state.customerCount) {
            number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let row = UInt32((number >> 33) % UInt64(state.customerCount))
            ids.append(state.standing(of: CustomerOrdinal(row)).id)
        }
        return ids
    }
}
