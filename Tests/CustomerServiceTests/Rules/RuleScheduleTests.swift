import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import TestSupport
import Testing

struct RuleScheduleTests {
    private let clock = ManualClock()
    private let log = InMemoryEventLog()
    private let organization: Organization
    private let scope = Scope.local(tool: "test", organization: "default")

    init() throws {
        organization = try Organization(name: "default", log: log, now: { [clock] in clock.now })
    }

    private func customer(_ email: String) throws -> CustomerID {
        let created = CustomerCreated(
            id: organization.identifiers.next(),
            accountType: .registered,
            profile: Profile(email: EmailAddress(email))
        )
        _ = try organization.submit(.createCustomer(CreateCustomer(created)), scope: scope)
        return created.id
    }

    private func rule(_ gift: RuleGift, _ query: String, name: String) throws -> RuleID {
        let terms = RuleTerms(name: name, condition: .query(query), takesAway: true)
        let rule = RuleDefined(id: organization.identifiers.next(), gift: gift, terms: terms)
        _ = try organization.submit(.defineRule(rule), scope: scope)
        return rule.id
    }

    private func order(_ number: String, of customer: CustomerID, total: Int64) throws {
        let line = OrderLine(sku: "S", name: "Mug", quantity: 1, unitPrice: total)
        let order = Order(number: number, currency: try #require(CurrencyCode("USD")), lines: [line])
        _ = try organization.submit(.placeOrder(customer, order), scope: scope)
    }

    private func tags(of id: CustomerID) -> [String] {
        organization.peek { state, _ in state.customer(id).map { state.tags(of: $0) } ?? [] }
    }

    private func groups(of id: CustomerID) -> [String] {
        organization.peek { state, _ in
            state.customer(id).map { state.groups(of: $0).map { state.groupView($0).name } } ?? []
        }
    }

    @Test func `spending feeds VIP, orders Loyalty and a business address Wholesale`() async throws {
        var groups: [String: GroupID] = [:]
        for name in ["VIP", "Loyalty", "Wholesale"] {
            let id: GroupID = organization.identifiers.next()
            groups[name] = id
            _ = try organization.submit(.createGroup(GroupCreated(id: id, name: name)), scope: scope)
        }
        _ = try rule(.group(try #require(groups["VIP"])), "amount_spent > 5000", name: "Spends")
        _ = try rule(.group(try #require(groups["Loyalty"])), "number_of_orders > 10", name: "Often")
        _ = try rule(
            .group(try #require(groups["Wholesale"])),
            "customer_email_domain NOT IN ('gmail.com', 'outlook.com')",
            name: "Business"
        )
        let (rich, faithful, buyer) = (
            try customer("rich@gmail.com"), try customer("often@outlook.com"), try customer("buyer@acme.example")
        )
        try order("A-1", of: rich, total: 500_000)
        for number in 0..<11 { try order("B-\(number)", of: faithful, total: 100) }
        #expect(try await organization.doDueWork().enteredByRules == 2)
        #expect(self.groups(of: faithful) == ["Loyalty"])
        #expect(self.groups(of: buyer) == ["Wholesale"])
        // Exactly 5,000 is not over it.
        #expect(self.groups(of: rich).isEmpty)
        try order("A-2", of: rich, total: 1)
        #expect(try await organization.doDueWork().enteredByRules == 1)
        #expect(self.groups(of: rich) == ["VIP"])
        #expect(try await organization.doDueWork().enteredByRules == 0)
        let again = try Organization(name: "default", log: log, now: { [clock] in clock.now })
        #expect(again.peek { state, _ in state.stateHash() } == organization.peek { state, _ in state.stateHash() })
    }

    @Test func `a rule gives and takes away as time passes, at most so many in a round`() async throws {
        let new = try rule(.tag("new"), "customer_added_date >= -30d", name: "New")
        let ids = try (0..<1_200).map { try customer("c\($0)@e.de") }
        var run = try await organization.runRule(new, scope: scope, limit: 700)
        #expect((run.entered, run.left, run.rest) == (700, 0, 500))
        run = try await organization.runRule(new, scope: scope, limit: 700)
        #expect((run.entered, run.left, run.rest) == (500, 0, 0))
        _ = try organization.submit(.addTags(ids[0], ["new"]), scope: scope)
        _ = try organization.submit(.removeTags(ids[1], ["new"]), scope: scope)
        clock.advance(by: .seconds(31 * 86_400))
        run = try await organization.runRules()
        #expect((run.entered, run.left, run.rest) == (0, 1_198, 0))
        #expect(tags(of: ids[0]) == ["new"])
        let preview = organization.peek { state, time in
            state.rule(new).map { state.preview(of: $0, limit: 5, at: time) }
        }
        #expect(preview.map { [$0.matching, $0.entering, $0.leaving, $0.byHand, $0.passedOver] } == [0, 0, 0, 0, 0])
    }

    @Test func `a preview counts what a run does`() async throws {
        let ids = try (0..<30).map { try customer("c\($0)@\($0 < 20 ? "gmail.com" : "acme.example")") }
        let id = try rule(.tag("business"), "customer_email_domain NOT IN ('gmail.com')", name: "Business")
        _ = try organization.submit(.addTags(ids[20], ["business"]), scope: scope)
        _ = try organization.submit(.addTags(ids[21], ["business"]), scope: scope)
        _ = try organization.submit(.removeTags(ids[21], ["business"]), scope: scope)
        let head = organization.head.appended
        func preview() throws -> RulePreview {
            try #require(
                organization.peek { state, time in state.rule(id).map { state.preview(of: $0, limit: 3, at: time) } }
            )
        }
        var counts = try preview()
        #expect((counts.matching, counts.entering, counts.leaving) == (10, 8, 0))
        #expect((counts.byHand, counts.passedOver) == (1, 1))
        #expect(counts.firstEntering.map(\.id) == Array(ids[22...24]))
        #expect(organization.head.appended == head)
        #expect(try await organization.runRules().entered == 8)
        let change = ChangeRule(id: id, condition: .query("customer_email_domain = 'gmail.com'"))
        _ = try organization.submit(.changeRule(change), scope: scope)
        counts = try preview()
        #expect((counts.matching, counts.entering, counts.leaving) == (20, 20, 8))
        #expect(counts.firstLeaving.map(\.id) == Array(ids[22...24]))
        let run = try await organization.runRules()
        #expect((run.entered, run.left) == (20, 8))
        _ = try organization.submit(.changeRule(ChangeRule(id: id, isActive: false)), scope: scope)
        #expect(try await organization.runRules() == RuleRun())
        await #expect(throws: CommandError.rejected(.ruleInactive(id))) {
            try await organization.runRule(id, scope: scope)
        }
    }

    @Test func `a rule may go by products, of which an index is made first`() async throws {
        let buyer = try customer("buyer@e.de")
        try order("A-1", of: buyer, total: 100)
        let id = try rule(.tag("mug"), "products_purchased (sku = 'S')", name: "Mugs")
        #expect(try await organization.runRule(id, scope: scope).entered == 1)
        #expect(tags(of: buyer) == ["mug"])
    }
}
