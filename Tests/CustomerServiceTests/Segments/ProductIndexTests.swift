import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import TestSupport
import Testing

struct ProductIndexTests {
    private static let scope = Scope.local(tool: "test", organization: "default")

    private func order(_ number: String, _ sku: String) throws -> Order {
        let currency = try #require(CurrencyCode("EUR"))
        return Order(
            number: number,
            currency: currency,
            lines: [OrderLine(sku: sku, name: sku, quantity: 2, unitPrice: 100)]
        )
    }

    @Test func `products are found in orders from before the first question and after it, and as of a moment`()
        async throws
    {
        let clock = ManualClock()
        let organization = try Organization(name: "default", log: InMemoryEventLog(), now: { clock.now })
        var ids: [CustomerID] = []
        for number in 0..<3 {
            ids.append(organization.identifiers.next())
            let profile = Profile(firstName: "Customer \(number)")
            let created = CustomerCreated(id: ids[number], accountType: .guest, profile: profile)
            _ = try organization.submit(.createCustomer(CreateCustomer(created)), scope: Self.scope)
        }
        _ = try organization.submit(.placeOrder(ids[0], try order("1", "mug")), scope: Self.scope)
        let first = try organization.submit(.placeOrder(ids[1], try order("2", "tea")), scope: Self.scope).sequence
        var query = CustomerQuery()
        query.condition = try SegmentQuery("products_purchased (sku = 'mug', quantity >= 2)")
        func count(_ query: CustomerQuery) async throws -> Int {
            try await organization.read { state, time in try state.list(query, at: time).count }
        }
        // Many ask at once.
        let counts = try await withThrowingTaskGroup(of: Int.self) { [query] group in
            for _ in 0..<8 {
                group.addTask { try await organization.read { state, time in try state.list(query, at: time).count } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == Array(repeating: 1, count: 8))
        _ = try organization.submit(.placeOrder(ids[2], try order("3", "mug")), scope: Self.scope)
        #expect(try await count(query) == 2)
        _ = try organization.submit(.cancelOrder(OrderCancelled(number: "1", reason: nil)), scope: Self.scope)
        #expect(try await count(query) == 1)
        let past = try await organization.past(PointInTime(.sequence(first)))
        let then = try await organization.read(knowing: past) { [query] state, time in
            try state.list(query, at: time).count
        }
        #expect(then == 1)
    }

    @Test func `a segment of products is recorded, and looked back at, by whoever asks first`() async throws {
        let clock = ManualClock()
        let log = InMemoryEventLog()
        let organization = try Organization(name: "default", log: log, now: { clock.now })
        let id: CustomerID = organization.identifiers.next()
        let created = CustomerCreated(id: id, accountType: .guest, profile: Profile(firstName: "Ana"))
        _ = try organization.submit(.createCustomer(CreateCustomer(created)), scope: Self.scope)
        _ = try organization.submit(.placeOrder(id, try order("1", "mug")), scope: Self.scope)
        let terms = SegmentTerms(name: "Mugs", query: "products_purchased (sku = 'mug')", tracksMembership: true)
        let segment: SegmentID = organization.identifiers.next()
        _ = try organization.submit(.defineSegment(SegmentDefined(id: segment, terms: terms)), scope: Self.scope)
        #expect(try await organization.recordSegmentMoves() == (entered: 1, left: 0))
        let again = try Organization(name: "default", log: log, now: { clock.now })
        let past = try await again.past(PointInTime(.sequence(again.head.durable)))
        let members = try await again.read(knowing: past) { state, time in
            state.memberCount(of: SegmentOrdinal(0), at: time)
        }
        #expect(members == 1)
        #expect(again.peek { state, _ in state.stateHash() } == organization.peek { state, _ in state.stateHash() })
    }
}
