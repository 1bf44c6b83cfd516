import CustomerDomain
import CustomerRecords
import EventSourcing
import TestSupport
import Testing

@testable import CustomerProjections

@Suite struct ReplayPropertyTests {
    @Test func `what a replay builds at its end is what each event would have kept up`() throws {
        try Property.forAll(seeds: 25) { random in
            var shop = RandomShop(random.fork())
            shop.run(random.number(in: 0...250))
            var live = OrganizationState(after: shop.events)
            var replayed = OrganizationState()
            replayed.beginReplay()
            for event in shop.events { replayed.apply(event) }
            replayed.finishReplay()
            try requireSame(replayed, live, shop, &random)
            let applied = shop.events.count
            shop.run(60)
            for event in shop.events[applied...] {
                live.apply(event)
                replayed.apply(event)
            }
            try requireSame(replayed, live, shop, &random)
        }
    }

    @Test func `records applied where they lie come to the state of their decoded events`() throws {
        let codec = RecordCodec()
        try Property.forAll(seeds: 25) { random in
            var shop = RandomShop(random.fork())
            shop.run(random.number(in: 0...250))
            var inPlace = OrganizationState()
            var decoded = OrganizationState()
            if random.chance(1, in: 2) { inPlace.beginReplay() }
            for event in shop.events {
                var body: [UInt8] = []
                codec.encode(event, into: &body)
                if random.chance(1, in: 8) {
                    let hash = [UInt8](repeating: 1, count: 32)
                    body = try codec.husk(of: body.span.bytes, leafHash: hash, sequence: event.sequence) ?? body
                }
                try inPlace.apply(record: body, sequence: event.sequence)
                let views = PlainViews()
                decoded.apply(views.view(try codec.decode(body.span.bytes, sequence: event.sequence)))
                withExtendedLifetime(views) {}
            }
            inPlace.finishReplay()
            try requireEqual(inPlace.wholeHash, decoded.wholeHash, "hash")
        }
    }

    private func requireSame(
        _ replayed: OrganizationState,
        _ live: OrganizationState,
        _ shop: RandomShop,
        _ random: inout SeededGenerator
    ) throws {
        try requireEqual(replayed.wholeHash, live.wholeHash, "hash")
        try require(try replayed.archived() == live.archived(), "the same archive")
        try requireEqual(replayed.glance, live.glance, "glance")
        for state in [replayed, live] { try state.requireTextCodes() }
        for order in 0..<live.orders.count {
            let number = live.arena.withBytes(live.orders.number[order]) { String(utf8: $0) }
            try requireEqual(replayed.orderRow(number), order, "order by number")
        }
        for row in 0..<live.customers.count {
            let ordinal = CustomerOrdinal(UInt32(row))
            try requireEqual(replayed.customer(live.customers.ids[row]), ordinal, "customer by identifier")
            if let externalID = live.externalID(of: ordinal) {
                try requireEqual(replayed.customer(withExternalID: externalID), ordinal, "customer by external id")
            }
            guard let email = live.profile(of: ordinal).email?.normalized else { continue }
            for type in AccountType.allCases {
                try requireEqual(
                    replayed.customer(withEmail: email, accountType: type),
                    live.customer(withEmail: email, accountType: type),
                    "customer by \(email)"
                )
            }
        }
        for _ in 0..<20 {
            let query = random.query(of: shop)
            let time = random.queryTime(of: shop)
            try requireEqual(replayed.ordinals(query, at: time), live.ordinals(query, at: time), "\(query)")
            try requireEqual(replayed.metrics(at: time), live.metrics(at: time), "cards")
        }
    }
}
