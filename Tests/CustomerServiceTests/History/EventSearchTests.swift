import CustomerDomain
import CustomerProjections
import CustomerRecords
import EventSourcing
import TestSupport
import Testing

@testable import CustomerService

/// What a search finds is what looking at every event finds.
@Suite struct EventSearchTests {
    @Test func `every filter, in both orders and in pages, finds what passes`() throws {
        try Property.forAll(seeds: 40) { random in
            var shop = try RandomShop(random.fork())
            try shop.live(120)
            let all = try shop.events()
            try require(!all.isEmpty, "nothing happened")
            for _ in 0..<12 {
                let filter = randomFilter(&random, all, shop.organization)
                let wanted = all.filter { passes($0, filter, shop.organization) }
                let scanLimit = random.pick([7, 50, 200_000])
                let limit = 1 + random.below(9)
                for order in [EventOrder.oldestFirst, .newestFirst] {
                    let found = try pages(shop.organization, filter, order, limit, scanLimit)
                    let expected = order == .oldestFirst ? wanted : wanted.reversed()
                    try require(
                        found == expected,
                        "\(filter) \(order): \(found.map(\.sequence)) and not \(expected.map(\.sequence))"
                    )
                }
            }
        }
    }

    private func pages(
        _ organization: Organization,
        _ filter: EventFilter,
        _ order: EventOrder,
        _ limit: Int,
        _ scanLimit: Int
    ) throws -> [RecordedEvent] {
        var found: [RecordedEvent] = []
        var cursor: SequenceNumber?
        while true {
            let page = try organization.events(
                matching: filter,
                order,
                after: cursor,
                limit: limit,
                scanLimit: scanLimit
            )
            try require(page.events.count <= limit, "more than asked for")
            try require(cursor != page.cursor || !page.hasMore, "no progress at \(page.cursor)")
            found += page.events
            guard page.hasMore else { return found }
            cursor = page.cursor
        }
    }

    private func randomFilter(
        _ random: inout SeededGenerator,
        _ all: [RecordedEvent],
        _ organization: Organization
    ) -> EventFilter {
        var filter = EventFilter()
        let one = all[random.below(all.count)]
        let other = all[random.below(all.count)]
        if random.chance(30, in: 100) { filter.actor = one.actor }
        if random.chance(30, in: 100) { filter.requestID = one.requestID }
        if random.chance(30, in: 100) { filter.types = [EventType(of: one.event), EventType(of: other.event)] }
        if random.chance(30, in: 100) { filter.first = one.sequence.value }
        if random.chance(30, in: 100) { filter.last = other.sequence.value }
        if random.chance(30, in: 100) { filter.since = one.recordedAt }
        if random.chance(30, in: 100) { filter.until = other.recordedAt }
        if random.chance(40, in: 100), let customer = one.customer {
            filter.customer = organization.peek { state, _ in state.standing(of: customer).id.description }
        }
        return filter
    }

    private func passes(_ event: RecordedEvent, _ filter: EventFilter, _ organization: Organization) -> Bool {
        if let customer = filter.customer {
            let identities = organization.peek { state, _ in
                CustomerID(customer).flatMap { state.customer($0) }.map { state.identities(of: $0) } ?? []
            }
            guard let own = event.customer, identities.contains(own) else { return false }
        }
        return (filter.actor ?? event.actor) == event.actor
            && (filter.requestID ?? event.requestID) == event.requestID
            && (filter.types.isEmpty || filter.types.contains(EventType(of: event.event)))
            && event.sequence.value >= filter.first && event.sequence.value <= filter.last ?? .max
            && (filter.since ?? event.recordedAt) <= event.recordedAt
            && (filter.until ?? event.recordedAt) >= event.recordedAt
    }
}
