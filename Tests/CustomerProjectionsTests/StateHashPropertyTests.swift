import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport
import Testing

@testable import CustomerProjections

@Suite struct StateHashPropertyTests {
    @Test func `the same events give the same hash, and every event another`() throws {
        try Property.forAll(seeds: 6) { random in
            var shop = RandomShop(random.fork())
            shop.run(80)
            var state = OrganizationState()
            var hashes: Set<[UInt8]> = [state.wholeHash]
            for event in shop.events {
                state.apply(event)
                try require(hashes.insert(state.wholeHash).inserted, "event \(event.sequence) changes the hash")
            }
            try requireEqual(OrganizationState(after: shop.events).wholeHash, state.wholeHash, "hash of a replay")
        }
    }

    @Test func `a log whose erased persons cannot be read any more gives the same hash`() throws {
        try Property.forAll(seeds: 20) { random in
            var shop = RandomShop(random.fork())
            shop.run(150)
            shop.runMerges(60)
            shop.run(20)
            let erased = Set(shop.model.customers.indices.filter { shop.model.customers[$0].status == .erased })
            let redacted = shop.events.map { event in
                var event = event
                if let customer = event.customer, erased.contains(customer.index) {
                    event.event = event.event.withoutPersonalData
                }
                return event
            }
            try requireEqual(
                OrganizationState(after: redacted).wholeHash,
                OrganizationState(after: shop.events).wholeHash,
                "hash with \(erased.count) erased"
            )
        }
    }

    @Test func `nothing personal of an erased customer is left in the tables`() throws {
        try Property.forAll(seeds: 20) { random in
            var shop = RandomShop(random.fork())
            shop.run(30)
            let marker = "qzvx\(random.below(1_000_000))"
            var fields = AddressFields()
            fields.line1 = marker
            fields.firstName = marker
            let person = CreateCustomer(
                CustomerCreated(
                    id: shop.identifier(),
                    accountType: .registered,
                    profile: Profile(email: EmailAddress("\(marker)@x.org"), lastName: marker)
                ),
                metadata: [marker: marker],
                addresses: [Address(id: shop.identifier(), fields: fields)]
            )
            shop.attempt(.createCustomer(person))
            let id = person.customer.id
            let order = Order(
                number: "last",
                currency: CurrencyCode(packed: 0x474250),
                lines: [OrderLine(sku: "s", name: "n", quantity: 1, unitPrice: 5)],
                shippingAddress: fields
            )
            shop.attempt(.placeOrder(id, order))
            var update = UpdateCustomer(id: id)
            update.profile.lastName = .set(marker + " again")
            if random.chance(1, in: 2) { shop.attempt(.updateCustomer(update)) }
            shop.runMerges(30)
            let before = OrganizationState(after: shop.events)
            let isErased = shop.model.customer(id).map { shop.model.standing(of: $0).status } == .erased
            try require(isErased || before.holds(marker), "\(marker) is there before")
            let survivor = shop.model.customer(id).flatMap { shop.model.standing(of: $0).mergedInto }
            var target = survivor.map { shop.model.standing(of: $0) }
            while let next = target?.mergedInto { target = shop.model.standing(of: next) }
            shop.attempt(.eraseCustomer(target?.id ?? id, reason: nil))
            let state = OrganizationState(after: shop.events)
            try require(!state.holds(marker), "\(marker) is gone")
            var query = CustomerQuery()
            query.search = marker
            let page = try state.list(query, at: random.queryTime(of: shop))
            try requireEqual(page.count, 0, "found by \(marker)")
        }
    }
}

extension OrganizationState {
    /// Whether a text lies anywhere in the arena.
    func holds(_ text: String) -> Bool {
        arena.chunks.contains { chunk in
            chunk.withUnsafeBufferPointer { contains($0, ContiguousArray(text.utf8)) }
        }
    }
}
