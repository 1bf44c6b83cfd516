import CustomerDomain
import EventSourcing
import Testing

/// Points as lots.
///
/// Events come a day apart; the first order is the fifth event, its points the sixth.
struct PointsLedgerTests {
    private func shop(_ program: LoyaltyProgram = LoyaltyProgram(validity: nil)) throws -> Specification {
        try Sample.shop()
            .given(.configureLoyalty(program), .enrollInLoyalty(Sample.ana, cardNumber: "FC12345"))
    }

    private func days(_ count: Int, end: CalendarUnit? = nil) -> PointsValidity {
        PointsValidity(count: count, unit: .day, end: end)
    }

    private func earn(_ points: Int64, order: String? = nil) -> Command {
        .earnPoints(Sample.ana, PointsEarned(points: points, orderNumber: order))
    }

    private func redeem(_ points: Int64) -> Command { .redeemPoints(Sample.ana, PointsRedeemed(points: points)) }

    private func add(_ points: Int64) -> Command {
        .adjustPoints(Sample.ana, PointsAdjusted(adjustment: .add, points: points, reason: "Gift"))
    }

    private func refund(_ amount: Int64? = nil, _ reference: String = "R1") -> Command {
        .refundOrder(RefundOrder(orderNumber: "1001", reference: reference, minorUnits: amount))
    }

    private func review(_ shop: Specification) -> Command { .reviewLoyalty(Sample.ana, at: shop.now) }

    private func part(_ lot: UInt64, _ points: Int64, _ stage: PointsStage = .active) -> PointsAllocation {
        PointsAllocation(lot: SequenceNumber(lot), points: points, stage: stage)
    }

    private func account(_ shop: Specification) throws -> LoyaltyStanding {
        try #require(shop.model.loyaltyAccount(of: .ana))
    }

    private func events(_ outcome: Specification.Outcome) -> [Event] {
        if case .events(let decided) = outcome { decided.map(\.event) } else { [] }
    }

    /// Hundred points for ten pounds.
    private var order: Command { .placeOrder(Sample.ana, Sample.order(total: 1_000)) }

    // MARK: Spending

    @Test func `the soonest expiring points are spent first, and the event says which`() throws {
        let shop = try shop().given(earn(50))  // 5, for ever
            .given(.configureLoyalty(LoyaltyProgram(validity: days(90))), earn(30))  // 7
            .given(.configureLoyalty(LoyaltyProgram(validity: days(30))), earn(20))  // 9
        let redeemed = PointsRedeemed(points: 60, allocations: [part(9, 20), part(7, 30), part(5, 10)])
        #expect(shop.when(redeem(60)) == .events(.ana, .pointsRedeemed(redeemed)))
        let deducted = try shop.given(
            .adjustPoints(Sample.ana, PointsAdjusted(adjustment: .deduct, points: 60, reason: "Error"))
        )
        #expect(deducted.model.openPointsLots(of: .ana).map(\.rest) == [40])
    }

    @Test func `what is due is not spent, whether the schedule came by or not`() throws {
        let shop = try shop(LoyaltyProgram(validity: days(3))).given(earn(100))
        var later = shop
        try later.carryOut(.recordLogin(Sample.ana))
        try later.carryOut(.recordLogin(Sample.ana))
        try later.carryOut(.recordLogin(Sample.ana))
        #expect(later.when(redeem(100)) == .rejected(.insufficientPoints(balance: 0)))
        let fresh = try later.given(add(7))
        let outcome = fresh.when(redeem(7))
        let redeemed = PointsRedeemed(points: 7, allocations: [part(9, 7)])
        #expect(outcome == .events(.ana, .pointsExpired([part(5, 100)]), .pointsRedeemed(redeemed)))
    }

    @Test func `few points are not redeemed where the programme asks for more`() throws {
        let shop = try shop(LoyaltyProgram(minimumRedemption: 1_000)).given(add(5_000))
        #expect(shop.when(redeem(999)) == .invalid("points", "must be at least 1,000"))
        #expect(shop.when(redeem(1_000)) != .nothing)
    }

    // MARK: Refunds

    @Test func `a refund takes from the order's own lot first, in proportion`() throws {
        let shop = try shop(LoyaltyProgram(validity: days(300))).given(earn(70), order)
        var reversed = PointsReversed(points: 25, orderNumber: "1001", allocations: [part(7, 25)])
        #expect(events(shop.when(refund(250))).last == .pointsReversed(reversed))
        let half = try shop.given(refund(250))
        reversed = PointsReversed(points: 75, orderNumber: "1001", allocations: [part(7, 75)])
        #expect(events(half.when(refund(nil, "R2"))).last == .pointsReversed(reversed))
        #expect(try account(half.given(refund(nil, "R2"))).balance == 70)
    }

    @Test func `who buys, spends and takes the money back owes the points`() throws {
        let spent = try shop().given(order, redeem(100))
        let reversed = PointsReversed(points: 100, orderNumber: "1001")
        #expect(events(spent.when(refund())).last == .pointsReversed(reversed))
        let owing = try spent.given(refund())
        #expect(try account(owing).balance == -100)
        #expect(owing.when(redeem(1)) == .rejected(.insufficientPoints(balance: -100)))
        // What comes next pays that first, whatever it is.
        let paid = try owing.given(add(30), earn(90))
        #expect(try account(paid).balance == 20)
        #expect(try account(paid).owed == 0)
        #expect(paid.model.openPointsLots(of: .ana).map(\.rest) == [20])
    }

    @Test func `where balances stay above zero, other points go, and the rest is the shop's loss`() throws {
        let program = LoyaltyProgram(validity: nil, allowsNegativeBalance: false)
        let spent = try shop(program).given(order, redeem(100), add(40))
        let reversed = PointsReversed(points: 100, orderNumber: "1001", allocations: [part(8, 40)], forgiven: 60)
        #expect(events(spent.when(refund())).last == .pointsReversed(reversed))
        let refunded = try spent.given(refund())
        #expect(try account(refunded).balance == 0)
        #expect(try account(refunded).lifetimePoints == 0)
        #expect(refunded.model.order("1001")?.pointsEarned == 0)
    }

    @Test func `points that expired do not go a second time with their order`() throws {
        let program = LoyaltyProgram(validity: days(2), allowsNegativeBalance: true)
        var shop = try shop(program).given(order)
        try shop.carryOut(.recordLogin(Sample.ana))
        try shop.carryOut(review(shop))
        #expect(try account(shop).balance == 0)
        try shop.carryOut(.configureLoyalty(LoyaltyProgram(validity: nil)))
        try shop.carryOut(add(500))
        let reversed = PointsReversed(points: 100, orderNumber: "1001", allocations: [part(6, 100, .expired)])
        #expect(events(shop.when(refund())).last == .pointsReversed(reversed))
        #expect(try account(shop.given(refund())).balance == 500)
        // In parts, too: each expired point counts once.
        let parts = try shop.given(refund(500), refund(500, "R2"))
        #expect(try account(parts).balance == 500)
        #expect(parts.model.pointsLots(ofOrder: "1001").map(\.expired) == [0])
    }

    // MARK: Coming back

    @Test func `redeemed points come back to their lots with their old end`() throws {
        let shop = try shop(LoyaltyProgram(validity: days(60))).given(earn(50))  // 5
            .given(.configureLoyalty(LoyaltyProgram(validity: days(30))), earn(50), redeem(80))  // 7, 8
        func restore(_ points: Int64?, _ redemption: UInt64 = 8) -> Command {
            .restorePoints(Sample.ana, RestorePoints(redemption: SequenceNumber(redemption), points: points))
        }
        let ends = try shop.given(restore(nil)).model.openPointsLots(of: .ana)
        #expect(ends.map(\.rest) == [50, 50])
        let before = shop.model.pointsLots([SequenceNumber(5), SequenceNumber(7)], of: .ana)
        #expect(ends.map(\.expiresAt) == before.map(\.expiresAt))
        // Those first that expire last.
        let some = PointsRestored(redemption: SequenceNumber(8), allocations: [part(5, 30), part(7, 10)])
        #expect(shop.when(restore(40)) == .events(.ana, .pointsRestored(some)))
        #expect(shop.when(restore(81)) == .rejected(.restoreExceedsRedemption(remaining: 80)))
        #expect(shop.when(restore(0)).invalidField == "points")
        #expect(shop.when(restore(nil, 5)) == .rejected(.redemptionNotFound(SequenceNumber(5))))
        let all = try shop.given(restore(40), restore(40))
        #expect(all.when(restore(nil)) == .rejected(.nothingToRestore(SequenceNumber(8))))
        #expect(try account(all).balance == 100)
    }

    @Test func `what comes back to an expired lot expires at once, unless it pays what is owed`() throws {
        var shop = try shop(LoyaltyProgram(validity: days(3))).given(earn(50), redeem(50))
        for _ in 0..<3 { try shop.carryOut(.recordLogin(Sample.ana)) }
        let restore = Command.restorePoints(Sample.ana, RestorePoints(redemption: SequenceNumber(6)))
        let restored = PointsRestored(redemption: SequenceNumber(6), allocations: [part(5, 50)])
        #expect(shop.when(restore) == .events(.ana, .pointsRestored(restored), .pointsExpired([part(5, 50)])))

        var owing = try self.shop(LoyaltyProgram(validity: days(3))).given(order, redeem(100), refund(400))
        for _ in 0..<3 { try owing.carryOut(.recordLogin(Sample.ana)) }
        #expect(try account(owing).balance == -40)
        try owing.carryOut(.restorePoints(Sample.ana, RestorePoints(redemption: SequenceNumber(7))))
        #expect(try account(owing).balance == 0)
        #expect(try account(owing).owed == 0)
    }

    // MARK: Waiting

    @Test func `points of an order are pending for days, and others are not`() throws {
        var shop = try shop(LoyaltyProgram(validity: nil, pending: .days(4))).given(order, add(10))
        #expect(try account(shop).balance == 10)
        #expect(try account(shop).pending == 100)
        #expect(shop.when(redeem(11)) == .rejected(.insufficientPoints(balance: 10)))
        #expect(shop.when(review(shop)) == .nothing)
        try shop.carryOut(.recordLogin(Sample.ana))
        #expect(shop.when(review(shop)) == .events(.ana, .pointsActivated([part(6, 100, .pending)])))
        try shop.carryOut(review(shop))
        #expect(try account(shop).balance == 110)
        #expect(try account(shop).pending == 0)
    }

    @Test func `points of an order wait for its completion, and go back from where they are`() throws {
        let program = LoyaltyProgram(validity: nil, pending: .orderCompletion)
        let shop = try shop(program).given(order, add(10))
        let completed = OrderStatusChanged(number: "1001", status: .completed, fulfillmentStatus: nil)
        let outcome = shop.when(.changeOrderStatus(completed))
        #expect(
            outcome == .events(.ana, .orderStatusChanged(completed), .pointsActivated([part(6, 100, .pending)]))
        )
        let reversed = PointsReversed(points: 40, orderNumber: "1001", allocations: [part(6, 40, .pending)])
        #expect(events(shop.when(refund(400))).last == .pointsReversed(reversed))
        let back = try shop.given(refund(400), .changeOrderStatus(completed))
        #expect(try account(back).balance == 70)
        var placed = Sample.order("1002", total: 1_000)
        placed.status = .completed
        #expect(try account(back.given(.placeOrder(Sample.ana, placed))).balance == 170)
    }

    // MARK: Before there were lots

    @Test func `events without lots come to the balances that they came to`() throws {
        var model = try Sample.shop().given(Sample.enrolled[0], Sample.enrolled[1], order).model
        let old: [Event] = [
            .pointsEarned(PointsEarned(points: 60)),
            .pointsAdjusted(PointsAdjusted(adjustment: .deduct, points: 10, reason: "Error")),
            .pointsRedeemed(PointsRedeemed(points: 120)),
            .pointsReversed(PointsReversed(points: 100, orderNumber: "1001")),
            .pointsAdjusted(PointsAdjusted(adjustment: .add, points: 90, reason: "Gift")),
        ]
        var balances: [Int64] = []
        for event in old {
            let time = Timestamp.seconds(1_700_000_000).advanced(byDays: Int(model.head.value))
            model.record([Decided(customer: .ana, event: event)], recordedAt: time, actor: "key_old")
            balances.append(try #require(model.loyaltyAccount(of: .ana)).balance)
        }
        #expect(balances == [160, 150, 30, -70, 20])
        #expect(model.openPointsLots(of: .ana).allSatisfy { $0.expiresAt == nil && $0.pending == nil })
        #expect(model.openPointsLots(of: .ana).map(\.rest) == [20])
        try Invariants.check(model)
    }

    // MARK: Double entry

    @Test func `the postings of every movement come to zero`() throws {
        var shop = try shop(LoyaltyProgram(validity: days(4), pending: .days(2))).given(order, add(300), redeem(50))
        try shop.carryOut(refund(500))
        for _ in 0..<3 { try shop.carryOut(.recordLogin(Sample.ana)) }
        let events = events(shop.when(review(shop)))
        #expect(!events.isEmpty)
        for event in events { #expect(event.pointsPostings.reduce(0) { $0 + $1.points } == 0) }
        let mixed = Event.pointsReversed(
            PointsReversed(
                points: 100,
                orderNumber: "1001",
                allocations: [part(6, 10), part(6, 20, .pending), part(6, 30, .expired)],
                forgiven: 5
            )
        )
        #expect(
            mixed.pointsPostings.reduce(into: [:]) { $0[$1.account, default: 0] += $1.points }
                == [.pending: -20, .expired: -30, .balances: -45, .reversed: 95]
        )
    }
}
