import CustomerDomain
import EventSourcing
import Testing

struct OrderLifeTests {
    private func shop() throws -> Specification {
        var shop = try Sample.shop()
        for command in Sample.enrolled { try shop.carryOut(command) }
        return try shop.given(.placeOrder(Sample.ana, Sample.order(total: 10_000)))
    }

    private func change(_ status: OrderStatus?, _ fulfillment: FulfillmentStatus?) -> OrderStatusChanged {
        OrderStatusChanged(number: "1001", status: status, fulfillmentStatus: fulfillment)
    }

    private func refund(_ amount: Int64? = nil, _ reference: String = "C1") -> Command {
        .refundOrder(RefundOrder(orderNumber: "1001", reference: reference, minorUnits: amount, reason: "Broken"))
    }

    private func recorded(_ amount: Int64, _ reference: String = "C1") -> Event {
        let money = Money(minorUnits: amount, currency: Sample.gbp)
        return .refundRecorded(Refund(reference: reference, orderNumber: "1001", amount: money, reason: "Broken"))
    }

    private func reversed(_ points: Int64) -> Event {
        let lot = PointsAllocation(lot: SequenceNumber(6), points: points)
        return .pointsReversed(PointsReversed(points: points, orderNumber: "1001", allocations: [lot]))
    }

    private var cancel: Command { .cancelOrder(OrderCancelled(number: "1001", reason: nil)) }

    @Test func `a status change keeps only what changes`() throws {
        let shop = try shop()
        #expect(
            shop.when(.changeOrderStatus(change(.placed, .shipped)))
                == .events(.ana, .orderStatusChanged(change(nil, .shipped)))
        )
        #expect(shop.when(.changeOrderStatus(change(.placed, .unfulfilled))) == .nothing)
        #expect(shop.when(.changeOrderStatus(change(nil, nil))) == .nothing)
        #expect(shop.when(.changeOrderStatus(change(.cancelled, nil))).invalidField == "status")
    }

    @Test func `a cancellation takes all points back`() throws {
        let shop = try shop()
        let cancelled = Event.orderCancelled(OrderCancelled(number: "1001", reason: nil))
        #expect(shop.when(cancel) == .events(.ana, cancelled, reversed(1_000)))
        let half = try shop.given(refund(5_000))
        #expect(half.when(cancel) == .events(.ana, cancelled, reversed(500)))
        #expect(shop.when(.cancelOrder(OrderCancelled(number: "1001", reason: ""))).invalidField == "reason")
    }

    @Test(arguments: FulfillmentStatus.allCases)
    func `what was sent cannot be cancelled`(_ status: FulfillmentStatus) throws {
        let shop = try shop().given(.changeOrderStatus(change(nil, status)))
        let refused = status == .shipped || status == .delivered
        #expect((shop.when(cancel) == .rejected(.orderNotCancellable("1001", status))) == refused)
    }

    @Test func `nothing happens to a cancelled order any longer`() throws {
        let shop = try shop().given(cancel)
        for command in [cancel, refund(), .changeOrderStatus(change(.paid, nil)), .changeOrderStatus(change(nil, nil))]
        {
            #expect(shop.when(command) == .rejected(.orderCancelled("1001")))
        }
        let earn = Command.earnPoints(Sample.ana, PointsEarned(points: 1, orderNumber: "1001"))
        #expect(shop.when(earn) == .rejected(.orderCancelled("1001")))
    }

    @Test func `an order that is not there, or whose customer changed, is refused`() throws {
        let missing = OrderStatusChanged(number: "9", status: .paid, fulfillmentStatus: nil)
        #expect(try shop().when(.changeOrderStatus(missing)) == .rejected(.orderNotFound("9")))
        #expect(
            try shop().when(.cancelOrder(OrderCancelled(number: "9", reason: nil))) == .rejected(.orderNotFound("9"))
        )
        let refund9 = Command.refundOrder(RefundOrder(orderNumber: "9", reference: "C"))
        #expect(try shop().when(refund9) == .rejected(.orderNotFound("9")))
        #expect(try shop().when(cancel, expectedVersion: 3) == .rejected(.versionMismatch(actual: 5)))
        #expect(try shop().when(cancel, expectedVersion: 5) != .rejected(.versionMismatch(actual: 5)))
    }

    @Test func `refunds take points back in proportion, and all of them in the end`() throws {
        let shop = try shop()
        #expect(shop.when(refund()) == .events(.ana, recorded(10_000), reversed(1_000)))
        #expect(shop.when(refund(3_333)) == .events(.ana, recorded(3_333), reversed(333)))
        #expect(shop.when(refund(9)) == .events(.ana, recorded(9)))
        let once = try shop.given(refund(3_333))
        let twice = try once.given(refund(3_333, "C2"))
        #expect(once.when(refund(3_333, "C2")) == .events(.ana, recorded(3_333, "C2"), reversed(333)))
        #expect(twice.when(refund(nil, "C3")) == .events(.ana, recorded(3_334, "C3"), reversed(334)))
    }

    @Test func `a refund is more than nothing and at most the rest`() throws {
        let shop = try shop().given(refund(9_000))
        #expect(shop.when(refund(0, "C2")) == .invalid("amount", "must be a positive integer"))
        #expect(shop.when(refund(-1, "C2")).invalidField == "amount")
        #expect(shop.when(refund(1_001, "C2")) == .rejected(.refundExceedsOrder(remaining: 1_000)))
        #expect(shop.when(refund(1_000)) == .rejected(.refundReferenceTaken("C1")))
        #expect(shop.when(refund(1_000, "")).invalidField == "reference")
        let done = try shop.given(refund(nil, "C2"))
        #expect(done.when(refund(nil, "C3")) == .rejected(.nothingToRefund("1001")))
        #expect(done.when(refund(1, "C3")) == .rejected(.nothingToRefund("1001")))
    }

    @Test func `a refund without an order names no order`() throws {
        let shop = try shop().given(refund(1))
        var refund = Refund(reference: "C9", amount: Money(minorUnits: 500, currency: Sample.eur))
        func outcome() -> Specification.Outcome { shop.when(.recordRefund(Sample.ana, refund)) }
        #expect(outcome() == .events(.ana, .refundRecorded(refund)))
        refund.lines = [OrderLine(sku: "A", name: "A", quantity: 0, unitPrice: 1)]
        #expect(outcome().invalidField == "items/0/quantity")
        refund.amount.minorUnits = 0
        #expect(outcome().invalidField == "amount")
        refund.reason = " "
        #expect(outcome().invalidField == "reason")
        refund.reference = "C1"
        #expect(outcome() == .rejected(.refundReferenceTaken("C1")))
        refund.orderNumber = "1001"
        #expect(outcome().invalidField == "orderNumber")
    }

    @Test func `orders go on when their customer is disabled, erased or merged`() throws {
        let disabled = try shop().given(.disableCustomer(Sample.ana, reason: nil))
        #expect(disabled.when(refund()) == .events(.ana, recorded(10_000), reversed(1_000)))
        let erased = try shop().given(.eraseCustomer(Sample.ana, reason: nil))
        #expect(erased.when(refund()) == .events(.ana, recorded(10_000), reversed(1_000)))
        let merged = try Specification(given: Sample.createGuest, Sample.create(Sample.ana))
            .given(.placeOrder(Sample.ana, Sample.order()), .mergeCustomers(survivor: Sample.guest, merged: Sample.ana))
        #expect(
            merged.when(.changeOrderStatus(change(.paid, nil)))
                == .events(CustomerOrdinal(0), .orderStatusChanged(change(.paid, nil)))
        )
    }
}
