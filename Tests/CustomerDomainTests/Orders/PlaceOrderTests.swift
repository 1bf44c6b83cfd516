import CustomerDomain
import Testing

struct PlaceOrderTests {
    private func place(_ order: Order) -> Command { .placeOrder(Sample.ana, order) }

    private func field(_ change: (inout Order) -> Void) throws -> String? {
        var order = Sample.order()
        change(&order)
        return try Sample.shop().when(place(order)).invalidField
    }

    @Test func `an order is kept as sent`() throws {
        #expect(try Sample.shop().when(place(Sample.order())) == .events(.ana, .orderPlaced(Sample.order())))
    }

    @Test func `an order number is unique in the organization`() throws {
        let shop = try Sample.shop().given(.placeOrder(Sample.guest, Sample.order()))
        #expect(shop.when(place(Sample.order(total: 5))) == .rejected(.orderNumberTaken("1001")))
    }

    @Test func `an order is checked field by field`() throws {
        #expect(try field { $0.number = "" } == "number")
        #expect(try field { $0.number = String(repeating: "9", count: 65) } == "number")
        #expect(try field { $0.status = .cancelled } == "status")
        #expect(try field { $0.paymentMethod = "" } == "paymentMethod")
        #expect(try field { $0.shippingAddress = AddressFields() } == "shippingAddress/line1")
        #expect(try field { $0.lines = [] } == "items")
        #expect(try field { $0.lines = Array(repeating: $0.lines[0], count: 10_000) } == nil)
        #expect(try field { $0.lines = Array(repeating: $0.lines[0], count: 10_001) } == "items")
    }

    @Test(arguments: [
        (OrderLine(sku: "A", name: "", quantity: 1, unitPrice: 0), nil),
        (OrderLine(sku: "", name: "A", quantity: 1, unitPrice: 1), "items/1/sku"),
        (OrderLine(sku: "A", name: "\u{8}", quantity: 1, unitPrice: 1), "items/1/name"),
        (OrderLine(sku: "A", name: "A", quantity: 0, unitPrice: 1), "items/1/quantity"),
        (OrderLine(sku: "A", name: "A", quantity: 1_000_001, unitPrice: 1), "items/1/quantity"),
        (OrderLine(sku: "A", name: "A", quantity: 1, unitPrice: -1), "items/1/unitPrice"),
        (OrderLine(sku: "A", name: "A", quantity: 1, unitPrice: 1_000_000_000_001), "items/1/unitPrice"),
        (OrderLine(sku: "A", name: "A", quantity: .max, unitPrice: .max), "items/1/quantity"),
        (OrderLine(sku: "A", name: "A", quantity: 10, unitPrice: 3, total: 20), nil),
        (OrderLine(sku: "A", name: "A", quantity: 10, unitPrice: 3, total: 40), nil),
        (OrderLine(sku: "A", name: "A", quantity: 10, unitPrice: 3, total: 19), "items/1/total"),
        (OrderLine(sku: "A", name: "A", quantity: 10, unitPrice: 3, total: 41), "items/1/total"),
        (OrderLine(sku: "A", name: "A", quantity: 10, unitPrice: 0, total: -1), "items/1/total"),
        (OrderLine(sku: "A", name: "A", quantity: 1_000_000, unitPrice: 1_000_000_000), "items"),
    ])
    func `a line is checked field by field`(_ line: OrderLine, _ expected: String?) throws {
        #expect(try field { $0.lines.append(line) } == expected)
    }

    @Test func `all orders and refunds together stay countable`() throws {
        var facts = FullBooks()
        facts.recordedAmount = Limits.recordedAmount - 1_999
        #expect(throws: Never.self) { try decide(place(Sample.order()), facts: facts) }
        facts.recordedAmount += 1
        #expect(
            throws: Rejection.limitReached("minor units in all orders and refunds", limit: 9_000_000_000_000_000_000)
        ) {
            try decide(place(Sample.order()), facts: facts)
        }
    }
}

struct OrderEarningTests {
    private func points(_ shop: Specification, _ order: Order) -> Int64? {
        guard case .events(let decided) = shop.when(.placeOrder(Sample.ana, order)), decided.count >= 2,
            case .pointsEarned(let earned) = decided[1].event, earned.orderNumber == order.number
        else { return nil }
        return earned.points
    }

    private func enrolled() throws -> Specification {
        var shop = try Sample.shop()
        for command in Sample.enrolled { try shop.carryOut(command) }
        return shop
    }

    @Test func `an order earns whole points by the tier, rounded down`() throws {
        let shop = try enrolled()
        #expect(points(shop, Sample.order(total: 1_999)) == 199)
        #expect(points(shop, Sample.order(total: 9)) == nil)
        #expect(points(shop, Sample.order(total: 1_999, currency: Sample.jpy)) == 19_990)
        let silver = try shop.given(.earnPoints(Sample.ana, PointsEarned(points: 1_000)))
        #expect(points(silver, Sample.order(total: 1_999)) == 239)
        let adjusted = PointsAdjusted(adjustment: .add, points: 9_000, reason: "Goodwill")
        #expect(points(try shop.given(.adjustPoints(Sample.ana, adjusted)), Sample.order(total: 1_999)) == 199)
    }

    @Test func `an order in another currency than the organization's earns nothing`() throws {
        let shop = try enrolled().given(.placeOrder(Sample.guest, Sample.order("1", currency: Sample.eur)))
        #expect(points(shop, Sample.order()) == nil)
        #expect(points(shop, Sample.order(currency: Sample.eur)) == 199)
    }

    @Test func `without a programme that pays for orders, or an account, nothing is earned`() throws {
        #expect(points(try Sample.shop(), Sample.order()) == nil)
        #expect(points(try Sample.shop().given(Sample.enrolled[0]), Sample.order()) == nil)
        let other = try enrolled().given(.configureLoyalty(LoyaltyProgram(earnsOnOrders: false, validity: nil)))
        #expect(points(other, Sample.order()) == nil)
    }

    @Test func `the largest order earns exactly, up to what an account can hold`() throws {
        let tiers = [LoyaltyTier(name: "One", threshold: 0, pointsPerUnit: 1_000_000)]
        let shop = try enrolled().given(.configureLoyalty(LoyaltyProgram(tiers: tiers, validity: nil)))
        var order = Sample.order()
        order.lines = [OrderLine(sku: "A", name: "A", quantity: 1_000, unitPrice: 1_000_000_000_000)]
        #expect(points(shop, order) == Limits.pointsPerAccount)
        let total = Money(minorUnits: 999_999_999_999_999, currency: Sample.gbp)
        #expect(LoyaltyProgram(tiers: tiers).points(for: total, tier: 0) == .max)
        #expect(LoyaltyProgram().points(for: total, tier: 2) == 149_999_999_999_999)
    }
}
