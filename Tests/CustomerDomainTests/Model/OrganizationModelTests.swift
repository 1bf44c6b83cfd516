import CustomerDomain
import EventSourcing
import Testing

struct OrganizationModelTests {
    private let vip = GroupCreated(id: .number(1), name: "VIP")

    private func order(
        _ customer: CustomerID,
        _ number: String,
        _ total: Int64,
        _ currency: CurrencyCode = Sample.gbp
    ) -> Command {
        var order = Sample.order(number, total: total, currency: currency)
        order.shippingAddress = Sample.address(1).fields
        return .placeOrder(customer, order)
    }

    @Test func `metrics count what was not cancelled, by business time and currency`() throws {
        var shop = try Sample.shop().given(order(Sample.ana, "1", 1_000), order(Sample.ana, "2", 500, Sample.eur))
        try shop.carryOut(order(Sample.ana, "3", 200), daysLater: -100)
        try shop.carryOut(.refundOrder(RefundOrder(orderNumber: "1", reference: "C1", minorUnits: 300)))
        try shop.carryOut(
            .recordRefund(Sample.ana, Refund(reference: "C2", amount: Money(minorUnits: 50, currency: Sample.gbp)))
        )
        var metrics = shop.model.metrics(of: .ana)
        #expect(metrics.orderCount == 3)
        #expect(metrics.grossSpent == [Sample.gbp: 1_200, Sample.eur: 500])
        #expect(metrics.refunded == [Sample.gbp: 350])
        let first = Timestamp.seconds(1_700_000_000)
        #expect(metrics.firstOrderAt == first.advanced(byDays: 4 - 100))
        #expect(metrics.lastOrderAt == first.advanced(byDays: 3))

        try shop.carryOut(.cancelOrder(OrderCancelled(number: "1", reason: nil)))
        metrics = shop.model.metrics(of: .ana)
        #expect(metrics.orderCount == 2)
        #expect(metrics.grossSpent == [Sample.gbp: 200, Sample.eur: 500])
        #expect(metrics.refunded == [Sample.gbp: 50])
        #expect(shop.model.settings.currency == Sample.gbp)
    }

    @Test func `an account follows from its transactions`() throws {
        let shop = try Sample.shop()
            .given(Sample.enrolled[0], Sample.enrolled[1], order(Sample.ana, "1", 10_000))
            .given(.adjustPoints(Sample.ana, PointsAdjusted(adjustment: .add, points: 50, reason: "Goodwill")))
            .given(.redeemPoints(Sample.ana, PointsRedeemed(points: 1_050)))
            .given(.refundOrder(RefundOrder(orderNumber: "1", reference: "C1")))
        let account = try #require(shop.model.customers[0].loyalty)
        #expect(account.transactions.map(\.change) == [1_000, 50, -1_050, -1_000])
        #expect(account.transactions.map(\.kind) == [.earned, .adjusted, .redeemed, .reversed])
        #expect(account.balance == -1_000)
        #expect(account.lifetimePoints == 0)
        #expect(account.spentPoints == 1_050)
        // It falls with the next review.
        #expect(shop.model.tierIndex(of: .ana) == 1)
        #expect(try shop.given(.reviewLoyalty(Sample.ana, at: shop.now)).model.tierIndex(of: .ana) == 0)
        #expect(shop.model.order("1")?.pointsEarned == 0)
    }

    @Test func `a merge gives the survivor everything but what it has itself`() throws {
        let shop = try Sample.shop()
            .given(Sample.enrolled[0], .enrollInLoyalty(Sample.guest, cardNumber: "FC1"), .createGroup(vip))
            .given(
                .addTags(Sample.ana, ["b"]),
                .addTags(Sample.guest, ["a", "b"]),
                .addGroupMembers(vip.id, [Sample.guest])
            )
            .given(order(Sample.guest, "1", 1_000), order(Sample.ana, "2", 500))
            .given(.addNote(Sample.guest, NoteAdded(id: .number(1), type: .general, text: "First.")))
            .given(.addNote(Sample.ana, NoteAdded(id: .number(2), type: .general, text: "Second.")))
            .given(.addAddress(AddAddress(customer: Sample.guest, address: Sample.address(1, city: "Paris"))))
            .given(.addAddress(AddAddress(customer: Sample.ana, address: Sample.address(2, shipping: true))))
            .given(.disableCustomer(Sample.guest, reason: nil))
            .given(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest))
        let (ana, guest) = (shop.model.customers[0], shop.model.customers[1])
        #expect(ana.tags == ["b", "a"])
        #expect(ana.groups == [GroupOrdinal(0)])
        #expect(ana.notes.map(\.note.text) == ["First.", "Second."])
        #expect(ana.addresses == [Sample.address(2, shipping: true), Sample.address(1, city: "Paris", billing: true)])
        #expect(ana.loyalty?.cardNumber == "FC1")
        #expect(ana.loyalty?.balance == 100)
        #expect(ana.status == .disabled)
        #expect(shop.model.customer(withLoyaltyCard: "FC1") == .ana)
        #expect(shop.model.metrics(of: .ana).grossSpent == [Sample.gbp: 1_500])
        #expect(shop.model.metrics(of: .guest) == CustomerMetrics())
        #expect(guest.status == .merged && guest.mergedInto == .ana)
        #expect(guest.tags.isEmpty && guest.groups.isEmpty && guest.notes.isEmpty && guest.loyalty == nil)
        #expect(guest.profile.email?.text == "ana@example.com")
        #expect(shop.model.members(of: GroupOrdinal(0)) == [.ana])
    }

    @Test func `two accounts become one, and registered wins`() throws {
        let shop = try Specification(given: Sample.createGuest, Sample.create(Sample.ana))
            .given(Sample.enrolled[0], Sample.enrolled[1], .enrollInLoyalty(Sample.guest, cardNumber: "FC1"))
            .given(.earnPoints(Sample.ana, PointsEarned(points: 5)), .earnPoints(Sample.guest, PointsEarned(points: 7)))
            .given(.mergeCustomers(survivor: Sample.guest, merged: Sample.ana))
        let survivor = shop.model.customers[0]
        #expect(survivor.accountType == .registered)
        #expect(survivor.loyalty?.cardNumber == "FC1")
        #expect(survivor.loyalty?.transactions.map(\.change) == [5, 7])
        #expect(shop.model.customer(withLoyaltyCard: "FC12345") == CustomerOrdinal(0))
    }

    @Test func `an erasure forgets everybody who was merged, and keeps what is not personal`() throws {
        let shop = try Sample.shop()
            .given(.updateCustomer(UpdateCustomer(id: Sample.guest, tags: ["vip"], metadata: .replace(["a": "b"]))))
            .given(order(Sample.guest, "1", 1_000), order(Sample.ana, "2", 500))
            .given(.addNote(Sample.guest, NoteAdded(id: .number(1), type: .general, text: "First.")))
            .given(.addAddress(AddAddress(customer: Sample.guest, address: Sample.address(1))))
            .given(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest), .eraseCustomer(Sample.ana, reason: nil))
        for customer in shop.model.customers {
            #expect(customer.status == .erased)
            #expect(customer.profile == Profile())
            #expect(customer.metadata.isEmpty && customer.addresses.isEmpty)
            #expect(customer.notes.allSatisfy { $0.note.text.isEmpty })
        }
        #expect(shop.model.orders.allSatisfy { $0.order.shippingAddress == nil })
        #expect(shop.model.customers[0].tags == ["vip"])
        #expect(shop.model.metrics(of: .ana).grossSpent == [Sample.gbp: 1_500])
        #expect(shop.model.customer(withExternalID: "17850") == .ana)
        #expect(shop.model.customer(withEmail: "ana@example.com", accountType: .registered) == nil)
        #expect(shop.when(.addTags(Sample.guest, ["x"])) == .rejected(.customerErased(Sample.guest)))
    }

    @Test func `recording numbers events and versions`() throws {
        var model = OrganizationModel()
        let decided = try decide(Sample.createAna, facts: model)
        let time = Timestamp.seconds(5)
        let created = model.record(decided, recordedAt: time, occurredAt: .seconds(1), actor: "key_1")
        let tagged = model.record(
            try decide(.addTags(Sample.ana, ["a"]), facts: model),
            recordedAt: time,
            actor: "key_1"
        )
        let program = try decide(.configureLoyalty(LoyaltyProgram()), facts: model)
        let configured = model.record(program, recordedAt: time, actor: "key_1")
        #expect((created + tagged + configured).map(\.sequence.value) == [1, 2, 3])
        #expect((created + tagged + configured).map(\.customerVersion) == [1, 2, 0])
        #expect(created[0].occurredAt == .seconds(1) && tagged[0].occurredAt == time)
        #expect(model.customers[0].createdAt == .seconds(1))
        #expect(model.head == SequenceNumber(3))
    }
}
