import CustomerDomain
import CustomerProjections
import EventSourcing
import Synchronization
import TestSupport
import Testing

@testable import CustomerProjections

@Suite struct ArchivePropertyTests {
    @Test func `a loaded state is the archived one, and stays so`() throws {
        try Property.forAll(seeds: 25) { random in
            var shop = RandomShop(random.fork())
            shop.run(random.number(in: 0...250))
            var state = OrganizationState(after: shop.events)
            let bytes = try state.archived()
            var loaded = try OrganizationState.loaded(bytes, pieceByteCount: random.pick([1, 7, 1_000, 1 << 16]))
            try requireEqual(loaded.wholeHash, state.wholeHash, "hash of the loaded state")
            try require(try loaded.archived() == bytes, "the loaded state gives the same archive")
            try requireSameAnswers(loaded, state, shop, &random)
            let applied = shop.events.count
            shop.run(60)
            for event in shop.events[applied...] {
                state.apply(event)
                loaded.apply(event)
            }
            try requireEqual(loaded.wholeHash, state.wholeHash, "hash after more events")
            try require(try loaded.archived() == state.archived(), "the archives after more events")
            try requireSameAnswers(loaded, state, shop, &random)
        }
    }

    @Test func `live, replayed and loaded states are one while customers are merged and taken apart`() throws {
        try Property.forAll(seeds: 25) { random in
            var shop = RandomShop(random.fork())
            shop.run(40)
            var live = OrganizationState(after: shop.events)
            var loaded = try OrganizationState.loaded(try live.archived())
            for _ in 0..<8 {
                let applied = shop.events.count
                shop.runMerges(6)
                for event in shop.events[applied...] {
                    live.apply(event)
                    loaded.apply(event)
                }
                var replayed = OrganizationState()
                replayed.beginReplay()
                for event in shop.events { replayed.apply(event) }
                replayed.finishReplay()
                try requireEqual(loaded.wholeHash, live.wholeHash, "hash by way of archives")
                try requireEqual(replayed.wholeHash, live.wholeHash, "hash of a replay")
                try requireSameAnswers(loaded, live, shop, &random)
                try requireSameAnswers(replayed, live, shop, &random)
                try require(try loaded.archived() == live.archived(), "archives")
                loaded = try OrganizationState.loaded(try live.archived())
                try requireEqual(loaded.wholeHash, live.wholeHash, "hash of an archive")
            }
        }
    }

    @Test func `what came with a merge is sealed with the key of the one from whom it came`() throws {
        var story = Story()
        let survivor = story.customer("Sole", "Survivor", email: "sole@a.org")
        let merged = story.customer("Mia", "Merged", email: "mia@a.org")
        var fields = AddressFields()
        fields.line1 = "7 Hidden Lane"
        let address = AddressID(high: 5, low: 6)
        story.happens(.addressAdded(Address(id: address, fields: fields)), to: merged)
        story.happens(.metadataChanged(["size": "ten"]), to: merged)
        let terms = MergeTerms(fields: [.email, .firstName], metadata: .survivor, addresses: [address])
        let ordinal = CustomerOrdinal(UInt32(merged))
        story.happens(.customersMerged(merged: ordinal, terms: terms), to: survivor)
        #expect(story.summary(survivor).email == "mia@a.org")
        let before = try Self.people(of: story.state)
        for text in ["mia@a.org", "Mia", "7 Hidden Lane", "ten"] {
            #expect(before[merged]?.contains(text) == true && before[survivor]?.contains(text) == false, "\(text)")
        }
        #expect(before[survivor]?.contains("sole@a.org") == true)
        // Nobody can take them apart any more, so they are one person.
        story.happens(.addressRemoved(address), to: survivor)
        #expect(try Self.people(of: story.state)[survivor]?.contains("mia@a.org") == true)
    }

    /// What is sealed of each person.
    private static func people(of state: OrganizationState) throws -> [Int: String] {
        let texts = Mutex<[Int: String]>([:])
        let seal = PersonSeal(
            overhead: 0,
            seal: { bytes, person, sealed in
                texts.withLock { $0[person.index] = String(decoding: bytes, as: Unicode.UTF8.self) }
                return try PersonSeal.none.seal(bytes, person, &sealed)
            },
            open: PersonSeal.none.open
        )
        try state.archive(sealedBy: seal) { _ in }
        return texts.withLock { $0 }
    }

    @Test func `the archive follows from the log alone`() throws {
        try Property.forAll(seeds: 10) { random in
            var shop = RandomShop(random.fork())
            shop.run(200)
            // By way of an archive in the middle, and without.
            let middle = random.below(shop.events.count + 1)
            var state = try OrganizationState.loaded(try OrganizationState(after: shop.events[..<middle]).archived())
            for event in shop.events[middle...] { state.apply(event) }
            try require(
                try state.archived() == OrganizationState(after: shop.events).archived(),
                "archives of the same \(shop.events.count) events, one by way of event \(middle)"
            )
        }
    }

    @Test func `no changed byte makes loading trap, nor looking at what was loaded`() throws {
        var shop = RandomShop(SeededGenerator(seed: 4))
        shop.run(45)
        let bytes = try OrganizationState(after: shop.events).archived()
        var refusals = 0
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1 << UInt8(index % 8)
            do {
                // That a state is another one only its hash and the digest of its bytes can say.
                _ = try OrganizationState.loaded(changed).wholeHash
            } catch {
                #expect(error is ArchiveError, "byte \(index): \(error)")
                refusals += 1
            }
        }
        #expect(refusals > bytes.count / 20, "\(refusals) refusals of \(bytes.count) changed bytes")
    }

    @Test func `no cut and nothing behind is taken for an archive`() throws {
        var shop = RandomShop(SeededGenerator(seed: 5))
        shop.run(40)
        let bytes = try OrganizationState(after: shop.events).archived()
        for count in stride(from: 0, to: bytes.count, by: 13) {
            #expect(throws: ArchiveError.self) { try OrganizationState.loaded(Array(bytes[..<count])) }
        }
        #expect(throws: ArchiveError.self) { try OrganizationState.loaded(bytes + [0]) }
    }

    @Test func `an index made at once finds what one made row by row finds`() throws {
        try Property.forAll(seeds: 2) { random in
            var state = OrganizationState()
            let rowCount = random.number(in: 4_000...9_000)
            for row in 0..<rowCount {
                _ = state.customers.append(id: CustomerID(high: UInt64(row), low: 0), accountType: .guest, createdAt: 0)
                var record = ProfileRecord()
                record.firstName = random.pick(RandomShop.firstNames)
                record.lastName = random.pick(RandomShop.lastNames)
                record.phone = "+1 555 \(random.below(10_000))"
                state.store(record, of: row)
            }
            let texts = state.customers.searchText
            let indexes = [
                SearchIndex(texts: texts, arena: state.arena),
                SearchInTheMaking(texts: texts, arena: state.arena, OrganizationState.inPlace).finished(),
                SearchInTheMaking(texts: texts, arena: state.arena, onThread).finished(),
            ]
            for text in ["ann", "smith", "555 12", "ø", "zoe n", "van der", "x"] {
                let words = SearchWord.words(of: text)
                var expected = state.customers.standing
                state.search.filter(&expected, words: words, texts: texts, arena: state.arena)
                for index in indexes {
                    var found = state.customers.standing
                    index.filter(&found, words: words, texts: texts, arena: state.arena)
                    try requireEqual(found.words, expected.words, "rows with \(text)")
                }
            }
        }
    }

    @Test func `a loaded state is checked by its hash, beside other work or not`() throws {
        var shop = RandomShop(SeededGenerator(seed: 11))
        shop.run(120)
        let state = OrganizationState(after: shop.events)
        let bytes = try state.archived()
        for beside in [OrganizationState.inPlace, onThread] {
            let loaded = try OrganizationState.loaded(bytes, stateHash: state.stateHash(), beside: beside)
            #expect(loaded.wholeHash == state.wholeHash)
            var other = state.stateHash()
            other[31] ^= 1
            #expect(throws: ArchiveError.otherState) {
                try OrganizationState.loaded(bytes, stateHash: other, beside: beside)
            }
        }
    }

    private func requireSameAnswers(
        _ loaded: OrganizationState,
        _ state: OrganizationState,
        _ shop: RandomShop,
        _ random: inout SeededGenerator
    ) throws {
        for one in [loaded, state] { try one.requireTextCodes() }
        guard state.customerCount > 0 else { return }
        let time = random.queryTime(of: shop)
        try requireEqual(loaded.metrics(at: time), state.metrics(at: time), "metrics")
        for _ in 0..<10 {
            let query = random.query(of: shop)
            try requireEqual(
                try loaded.list(query, at: time).elements,
                try state.list(query, at: time).elements,
                "list of \(query)"
            )
        }
        for row in 0..<state.customerCount {
            let customer = CustomerOrdinal(UInt32(row))
            let profile = state.profile(of: customer, at: time)
            try requireEqual(loaded.profile(of: customer, at: time), profile, "profile \(row)")
            let (one, other) = (loaded.loyalty(of: customer, at: time.now), state.loyalty(of: customer, at: time.now))
            try requireEqual(one, other, "loyalty of \(row)")
            try requireEqual(loaded.openPointsLots(of: customer), state.openPointsLots(of: customer), "lots of \(row)")
            let account = state.loyaltyAccount(of: customer)
            try requireEqual(loaded.loyaltyAccount(of: customer), account, "points of \(row)")
            try requireEqual(loaded.customer(profile.summary.id), customer, "customer by id")
            if let id = profile.summary.externalID {
                try requireEqual(
                    loaded.customer(withExternalID: id),
                    state.customer(withExternalID: id),
                    "customer by external id"
                )
            }
            if let email = profile.summary.email.map({ EmailAddress(unchecked: $0).normalized }) {
                for type in AccountType.allCases {
                    try requireEqual(
                        loaded.customer(withEmail: email, accountType: type),
                        state.customer(withEmail: email, accountType: type),
                        "customer by e-mail address"
                    )
                }
            }
        }
        for placed in shop.model.orders {
            try requireEqual(loaded.order(placed.order.number), state.order(placed.order.number), "order")
        }
    }
}
