import CustomerDomain
import CustomerProjections
import EventSourcing
import Testing

@Suite struct HistoryTests {
    @Test func `the timeline is newest first, with that of merged customers, and goes on before a sequence`() {
        var story = Story()
        let one = story.customer("A")
        let two = story.customer("B")
        story.happens(.customerLoggedIn, to: one)
        story.happens(.customerLoggedIn, to: two)
        story.happens(.customersMerged(merged: CustomerOrdinal(UInt32(two))), to: one)
        story.happens(.customerLoggedIn, to: one)
        let ordinal = CustomerOrdinal(UInt32(one))
        let all = story.state.timeline(of: ordinal, before: nil, limit: 10).map(\.sequence.value)
        #expect(all == [6, 5, 4, 3, 2, 1])
        let next = story.state.timeline(of: ordinal, before: SequenceNumber(5), limit: 2).map(\.sequence.value)
        #expect(next == [4, 3])
    }

    @Test func `a request is remembered for a day of recorded time`() throws {
        var story = Story()
        let key = Idempotency(key: "k", fingerprint: 9)
        let customer = story.customer("A")
        story.happens(.customerLoggedIn, to: customer, requestID: "r", idempotency: key)
        story.happens(.customerTagged(["x"]), to: customer, requestID: "r")
        story.happens(.customerTagged(["y"]), to: customer, requestID: "s")
        let entry = try #require(story.state.idempotency(actor: "key_a", key: "k"))
        #expect(entry.firstSequence.value == 2)
        #expect(entry.eventCount == 2)
        #expect(entry.fingerprint == 9)
        #expect(entry.customer?.index == customer)
        #expect(story.state.idempotency(actor: "key_b", key: "k") == nil)
        story.clock = story.clock.advanced(byDays: 1)
        story.happens(.customerLoggedIn, to: customer)
        #expect(story.state.idempotency(actor: "key_a", key: "k") != nil)
        story.clock.microseconds += 1
        story.happens(.customerLoggedIn, to: customer)
        #expect(story.state.idempotency(actor: "key_a", key: "k") == nil)
    }

    @Test func `groups count members that stand, and page them`() throws {
        var story = Story()
        story.happens(.groupCreated(GroupCreated(id: GroupID(high: 1, low: 1), name: "VIP", description: "d")))
        let members = (0..<5).map { story.customer("C\($0)") }
        for member in members { story.happens(.groupJoined(GroupOrdinal(0)), to: member) }
        story.happens(.customerErased(reason: nil), to: members[4])
        story.happens(.groupLeft(GroupOrdinal(0)), to: members[0])
        let view = try #require(try story.state.groups(page: .offset(limit: 5)).elements.first)
        #expect(view.memberCount == 3)
        #expect(view.description == "d")
        let page = try story.state.members(of: GroupOrdinal(0), page: .offset(limit: 2), at: story.time)
        #expect(page.count == 3)
        #expect(page.elements.map(\.ordinal.index) == [3, 2])
        #expect(page.hasMore)
    }

    @Test func `a cursor of another query is refused, and so is what is no cursor`() throws {
        var story = Story()
        for index in 0..<5 { _ = story.customer("C\(index)") }
        var query = CustomerQuery()
        query.page = .cursor(limit: 2)
        let cursor = try #require(try story.state.list(query, at: story.time).nextCursor)
        query.status = .active
        query.page = .cursor(cursor, limit: 2)
        #expect(throws: QueryError.cursorOfAnotherQuery) { try story.state.list(query, at: story.time) }
        for text in ["", "x", "!", "AAAA", cursor + "A", String(cursor.dropLast())] {
            query.page = .cursor(text, limit: 2)
            #expect(throws: QueryError.self) { try story.state.list(query, at: story.time) }
        }
        query.page = .offset(limit: 0)
        #expect(throws: QueryError.invalidPage(limit: 0, offset: 0)) { try story.state.list(query, at: story.time) }
        query.page = .offset(limit: 2, offset: .max)
        #expect(try story.state.list(query, at: story.time).elements.isEmpty)
        query.inactiveDays = .max
        #expect(try story.state.list(query, at: story.time).count == 0)
    }
}
