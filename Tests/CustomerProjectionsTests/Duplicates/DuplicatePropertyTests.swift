import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport
import Testing

@testable import CustomerProjections

/// What one pass with hashes finds is what comparing everybody with everybody finds.
@Suite struct DuplicatePropertyTests {
    @Test func `groups are those of equal keys, each once, with all its reasons`() throws {
        var groupCount = 0
        try Property.forAll(seeds: 25) { random in
            let state = OrganizationState(after: events(&random))
            let expected = bruteForce(state)
            var keys = DuplicateKeys()
            var start = 0
            while start < state.customerCount {
                let end = start + random.number(in: 1...7)
                state.addDuplicateKeys(of: start..<end, to: &keys)
                start = end
            }
            let groups = keys.groups()
            groupCount += groups.count
            try requireEqual(Set(groups), expected, "groups")
            try requireEqual(groups.count, expected.count, "each group once")
            try requireEqual(groups.map(\.score), groups.map(\.score).sorted(by: >), "falling scores")
            let reason = random.pick(DuplicateReason.allCases)
            let score = random.pick([0, 65, 85, 95])
            try requireEqual(
                keys.groups(reason: reason, minimumScore: score),
                groups.filter { $0.reasons.contains(reason) && $0.score >= score },
                "groups of \(reason) from \(score) on"
            )
            for row in 0..<state.customerCount {
                let customer = CustomerOrdinal(UInt32(row))
                try requireSameOfOne(customer, keys, groups)
                try requireSameByIndexes(customer, keys, state)
            }
            try requirePages(of: groups, &random)
        }
        #expect(groupCount > 100, "\(groupCount) groups")
    }

    @Test func `reasons add up, and never to certainty`() {
        #expect(DuplicateReason.score([.email]) == 90)
        #expect(DuplicateReason.score([.email, .phone]) == 96)
        #expect(DuplicateReason.score(Set(DuplicateReason.allCases)) < 100)
    }

    @Test func `marks tell mailboxes apart, but not names`() throws {
        var story = Story()
        for (name, email, type) in [("José", "jose@a.org", .registered), ("Jose", "josé@a.org", .guest)]
            as [(String, String, AccountType)]
        {
            let customer = story.customer(name, "Núñez", email: email, type)
            var fields = AddressFields()
            fields.postalCode = customer == 0 ? "SW1A 1AA" : "sw1a1aa"
            let address = Address(id: AddressID(high: 1, low: UInt64(customer)), fields: fields)
            story.happens(.addressAdded(address), to: customer)
        }
        var keys = DuplicateKeys()
        story.state.addDuplicateKeys(of: 0..<2, to: &keys)
        #expect(keys.groups().map(\.reasons) == [[.nameAndPostalCode]])
    }

    private func requireSameOfOne(
        _ customer: CustomerOrdinal,
        _ keys: DuplicateKeys,
        _ groups: [DuplicateGroup]
    ) throws {
        var reasons: [CustomerOrdinal: Set<DuplicateReason>] = [:]
        for group in groups where group.customers.contains(customer) {
            for other in group.customers where other != customer {
                reasons[other, default: []].formUnion(group.reasons)
            }
        }
        let found = keys.duplicates(of: customer)
        let wanted = Set(reasons.map { DuplicateGroup(customers: [$0], reasons: $1) })
        try requireEqual(Set(found), wanted, "duplicates of \(customer)")
    }

    private func requireSameByIndexes(
        _ customer: CustomerOrdinal,
        _ keys: DuplicateKeys,
        _ state: OrganizationState
    ) throws {
        let isStanding = [.active, .disabled].contains(state.standing(of: customer).status)
        let found = isStanding ? state.likelyDuplicates(of: customer) : []
        try requireEqual(found, keys.duplicates(of: customer), "duplicates of \(customer) by indexes")
        guard let phone = state.profile(of: customer).phone else { return }
        let holders = (0..<state.customerCount).map { CustomerOrdinal(UInt32($0)) }
            .filter { [.active, .disabled].contains(state.standing(of: $0).status) }
            .filter { state.profile(of: $0).phone?.digits == phone.digits }
        try requireEqual(state.customers(withPhone: phone), holders, "who has \(phone.text)")
    }

    private func requirePages(of groups: [DuplicateGroup], _ random: inout SeededGenerator) throws {
        var seen: [DuplicateGroup] = []
        var cursor: String?
        repeat {
            let request = PageRequest.cursor(cursor, limit: random.number(in: 1...5))
            let page = try OrganizationState.page(of: groups, request, filter: 1)
            seen += page.elements
            cursor = page.nextCursor
            try requireEqual(page.count, groups.count, "count")
            try requireEqual(page.hasMore, cursor != nil, "a cursor for more")
        } while cursor != nil
        try requireEqual(seen, groups, "all pages")
    }

    /// People with few different names, numbers and postal codes.
    private func events(_ random: inout SeededGenerator) -> [RecordedEvent] {
        var shop = RandomShop(random.fork())
        for _ in 0..<random.number(in: 0...60) {
            var profile = Profile(firstName: random.pick(["Zoë", "zoe", "ANN"]))
            if random.chance(5, in: 6) { profile.lastName = random.pick(["Smith", "SMITH", "Núñez"]) }
            if random.chance(1, in: 2) {
                profile.phone = PhoneNumber(random.pick(["+1 555 0100", "1-555-0100", "030 12345"]))
            }
            if random.chance(1, in: 2) {
                profile.email = EmailAddress(random.pick(["a@x.org", "A@x.org", "b@x.org", "c@x.org"]))
            }
            let created = CustomerCreated(
                id: shop.identifier(),
                accountType: random.chance(1, in: 2) ? .guest : .registered,
                profile: profile
            )
            var fields = AddressFields()
            fields.line1 = "1 Road"
            fields.postalCode = random.pick([nil, "10115", " 101 15", "ab1", "AB1"])
            let address = Address(id: shop.identifier(), fields: fields)
            shop.attempt(.createCustomer(CreateCustomer(created, addresses: random.chance(4, in: 5) ? [address] : [])))
        }
        if !shop.model.customers.isEmpty { shop.runMerges(10) }
        return shop.events
    }

    private func bruteForce(_ state: OrganizationState) -> Set<DuplicateGroup> {
        var groups: [[CustomerOrdinal]: Set<DuplicateReason>] = [:]
        let people = (0..<state.customerCount).map { CustomerOrdinal(UInt32($0)) }
            .filter { [.active, .disabled].contains(state.standing(of: $0).status) }
        for one in people {
            for reason in DuplicateReason.allCases {
                guard let key = key(one, reason, state) else { continue }
                let same = people.filter { self.key($0, reason, state) == key }
                if same.count > 1 { groups[same, default: []].insert(reason) }
            }
        }
        return Set(groups.map { DuplicateGroup(customers: $0, reasons: $1) })
    }

    private func key(_ customer: CustomerOrdinal, _ reason: DuplicateReason, _ state: OrganizationState) -> String? {
        let profile = state.profile(of: customer)
        switch reason {
        case .email: return profile.email?.normalized
        case .phone: return profile.phone?.digits
        case .nameAndPostalCode:
            let book = state.addresses(of: customer)
            let code = (book.filter(\.isDefaultShipping) + book).compactMap(\.fields.postalCode).first
            guard let first = profile.firstName, let last = profile.lastName, let code else { return nil }
            let name = String(decoding: folded("\(first) \(last)"), as: UTF8.self)
            return name + "|" + code.uppercased().filter { !$0.isWhitespace }
        }
    }
}
