import CustomerDomain
import EventSourcing
import TestSupport
import Testing

@testable import CustomerProjections

@Suite struct SearchPropertyTests {
    @Test func `blocks of rows, changed and erased ones among them, find what looking at each would`() throws {
        try Property.forAll(seeds: 4) { random in
            var state = OrganizationState()
            if random.chance(1, in: 2) { state.beginReplay() }
            let rowCount = random.number(in: 4_000...13_000)
            for row in 0..<rowCount {
                let id = CustomerID(high: UInt64(row), low: 0)
                _ = state.customers.append(id: id, accountType: .guest, createdAt: 0)
                state.store(record(&random), of: row)
            }
            state.finishReplay()
            for round in 0..<3 {
                for _ in 0..<random.pick([0, 10, 700]) {
                    let row = random.below(rowCount)
                    if random.chance(1, in: 50) { state.erase(row) } else { state.store(record(&random), of: row) }
                }
                for _ in 0..<40 {
                    let words = SearchWord.words(of: search(state, &random))
                    if words.isEmpty { continue }
                    var expected = state.customers.standing
                    expected.filterEach { row in
                        state.arena.withBytes(state.customers.searchText[row]) { text in
                            words.allSatisfy { $0.matches(text) }
                        }
                    }
                    var found = state.customers.standing
                    let texts = state.customers.searchText
                    state.search.filter(&found, words: words, texts: texts, arena: state.arena)
                    let text = words.map { String(decoding: $0.bytes, as: UTF8.self) }
                    try requireEqual(found.words, expected.words, "rows with \(text), round \(round)")
                }
            }
        }
    }

    private func record(_ random: inout SeededGenerator) -> ProfileRecord {
        var record = ProfileRecord()
        if random.chance(4, in: 5) { record.firstName = random.pick(RandomShop.firstNames) }
        if random.chance(4, in: 5) { record.lastName = random.pick(RandomShop.lastNames) }
        let domain = random.pick(["example.org", "mail.example.org", "inbox.test", "own\(random.below(9_000)).test"])
        if random.chance(4, in: 5) {
            record.email = "p\(random.below(10_000)).\(random.pick(["a", "inbox"]))@\(domain)"
        }
        if random.chance(1, in: 2) { record.phone = "+1 555 \(random.below(10_000))" }
        return record
    }

    private func search(_ state: OrganizationState, _ random: inout SeededGenerator) -> String {
        let record = state.record(of: random.below(state.customers.count))
        let texts = [record.firstName, record.lastName, record.email, record.phone, "555-1", "é", "none"]
            .compactMap { $0 }
        let text = random.pick(texts)
        let start = text.index(text.startIndex, offsetBy: random.below(text.count))
        return String(text[start...].prefix(1 + random.below(random.pick([8, 20]))))
            + (random.chance(1, in: 3) ? " " + random.pick(texts) : "")
    }
}
