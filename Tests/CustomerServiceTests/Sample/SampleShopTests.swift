import CustomerDomain
import CustomerProjections
import EventSourcing
import Testing

@testable import CustomerService

@Suite struct SampleShopTests {
    private func make(_ customerCount: Int, seed: UInt64) async throws -> Organization {
        let options = SampleShop.Options(customerCount: customerCount, seed: seed)
        let clock = SampleClock(options.start)
        let organization = try Organization(name: "test", log: InMemoryEventLog(), now: { clock.now })
        let scope = Scope.local(tool: "test", organization: "test")
        var shop = SampleShop(options, in: organization, clock: clock, scope: scope)
        try await shop.run()
        return organization
    }

    @Test func `the same seed makes the same shop, another seed another`() async throws {
        let first = try await make(300, seed: 7)
        let second = try await make(300, seed: 7)
        let third = try await make(300, seed: 8)
        let hashes = [first, second, third].map { $0.peek { state, _ in state.stateHash() + state.personalHash() } }
        #expect(first.head == second.head)
        #expect(hashes[0] == hashes[1])
        #expect(hashes[0] != hashes[2])
    }

    @Test func `a shop has what a shop has`() async throws {
        let organization = try await make(1_000, seed: 1)
        let last = organization.head.durable
        let events = try organization.events(from: SequenceNumber(1), through: last)
        var counts: [String: Int] = [:]
        for event in events {
            counts[String(describing: event.event).prefix { $0.isLetter }.description, default: 0] += 1
        }
        for kind in [
            "customerCreated", "orderPlaced", "orderStatusChanged", "orderCancelled", "refundRecorded",
            "customerLoggedIn",
            "noteAdded", "pointsEarned", "pointsAdjusted", "pointsRedeemed", "loyaltyEnrolled", "customerTagged",
            "groupJoined", "customerDisabled", "customersMerged", "guestClaimed", "groupCreated", "addressAdded",
        ] {
            #expect(counts[kind, default: 0] > 0, "\(kind)")
        }
        #expect(counts["customerCreated"] == 1_000)
        let times = events.map(\.recordedAt)
        #expect(times == times.sorted())
        #expect(events.count > 8_000)
    }

    @Test func `every culture has names that an e-mail address can hold`() {
        for culture in SampleCulture.all {
            for name in culture.givenNames + culture.familyNames {
                #expect(!name.ascii.isEmpty, "\(name.text)")
                #expect(name.ascii.utf8.allSatisfy { (97...122).contains($0) }, "\(name.text) \(name.ascii)")
            }
            #expect(culture.country != CountryCode(packed: 0))
            #expect(!culture.cities.isEmpty)
            var random = SampleRandom(seed: 1)
            for _ in 0..<20 { #expect(PhoneNumber(random.fill(culture.phone)) != nil, "\(culture.phone)") }
        }
    }
}
