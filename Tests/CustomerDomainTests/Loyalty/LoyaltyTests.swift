import CustomerDomain
import EventSourcing
import Testing

struct LoyaltyTests {
    private func enrolled() throws -> Specification {
        var shop = try Sample.shop()
        for command in Sample.enrolled { try shop.carryOut(command) }
        return shop
    }

    private func adjust(_ adjustment: PointsAdjustment, _ points: Int64, _ reason: String = "Goodwill") -> Command {
        .adjustPoints(Sample.ana, PointsAdjusted(adjustment: adjustment, points: points, reason: reason))
    }

    @Test func `a programme is configured once`() throws {
        let shop = try Sample.shop()
        let program = LoyaltyProgram()
        #expect(shop.when(.configureLoyalty(program)) == .events(nil, .loyaltyProgramConfigured(program)))
        #expect(try shop.given(.configureLoyalty(program)).when(.configureLoyalty(program)) == .nothing)
    }

    @Test func `a programme is checked field by field`() throws {
        func field(_ change: (inout LoyaltyProgram) -> Void) throws -> String? {
            var program = LoyaltyProgram()
            change(&program)
            return try Sample.shop().when(.configureLoyalty(program)).invalidField
        }
        #expect(try field { $0.name = "" } == "name")
        #expect(try field { $0.pointsPerRedeemedUnit = 0 } == "pointsPerRedeemedUnit")
        #expect(try field { $0.tiers = [] } == "tiers")
        let many = (0...20).map { LoyaltyTier(name: "\($0)", threshold: Int64($0), pointsPerUnit: 1) }
        #expect(try field { $0.tiers = many.dropLast() } == nil)
        #expect(try field { $0.tiers = many } == "tiers")
        #expect(try field { $0.tiers[0].threshold = 1 } == "tiers/0/threshold")
        #expect(try field { $0.tiers[2].threshold = 1_000 } == "tiers/2/threshold")
        #expect(try field { $0.tiers[1].threshold = -1 } == "tiers/1/threshold")
        #expect(try field { $0.tiers[1].name = "bronze" } == "tiers/1/name")
        #expect(try field { $0.tiers[1].name = "" } == "tiers/1/name")
        #expect(try field { $0.tiers[1].pointsPerUnit = 1_000_001 } == "tiers/1/pointsPerUnit")
        #expect(try field { $0.tiers[1].pointsPerUnit = 0 } == nil)
    }

    @Test func `a customer enrolls once, with a card of its own`() throws {
        let enroll = Command.enrollInLoyalty(Sample.guest, cardNumber: "FC1")
        #expect(try Sample.shop().when(enroll) == .rejected(.loyaltyProgramInactive))
        let shop = try enrolled()
        #expect(shop.when(enroll) == .events(.guest, .loyaltyEnrolled(cardNumber: "FC1")))
        #expect(
            shop.when(.enrollInLoyalty(Sample.guest, cardNumber: "FC12345")) == .rejected(.loyaltyCardTaken("FC12345"))
        )
        #expect(
            shop.when(.enrollInLoyalty(Sample.ana, cardNumber: "FC1")) == .rejected(.loyaltyAccountExists(Sample.ana))
        )
        #expect(shop.when(.enrollInLoyalty(Sample.guest, cardNumber: "")).invalidField == "cardNumber")
        let long = String(repeating: "1", count: 41)
        #expect(shop.when(.enrollInLoyalty(Sample.guest, cardNumber: long)).invalidField == "cardNumber")
    }

    @Test func `a merged customer's card stays taken`() throws {
        let shop = try enrolled()
            .given(
                .enrollInLoyalty(Sample.guest, cardNumber: "FC1"),
                .mergeCustomers(survivor: Sample.ana, merged: Sample.guest),
                Sample.create(Sample.other)
            )
        #expect(shop.when(.enrollInLoyalty(Sample.other, cardNumber: "FC1")) == .rejected(.loyaltyCardTaken("FC1")))
    }

    @Test func `points need an account`() throws {
        let shop = try Sample.shop()
        let commands: [Command] = [
            adjust(.add, 1), .earnPoints(Sample.ana, PointsEarned(points: 1)),
            .redeemPoints(Sample.ana, PointsRedeemed(points: 1)),
        ]
        for command in commands { #expect(shop.when(command) == .rejected(.loyaltyAccountMissing)) }
    }

    @Test func `points are earned, adjusted and redeemed`() throws {
        let shop = try enrolled()
        let earned = PointsEarned(points: 100, reason: "Birthday")
        #expect(shop.when(.earnPoints(Sample.ana, earned)) == .events(.ana, .pointsEarned(earned)))
        let rich = try shop.given(.earnPoints(Sample.ana, earned))
        var redeemed = PointsRedeemed(points: 100, orderNumber: "not placed yet")
        let redeem = Command.redeemPoints(Sample.ana, redeemed)
        redeemed.allocations = [PointsAllocation(lot: SequenceNumber(5), points: 100)]
        #expect(rich.when(redeem) == .events(.ana, .pointsRedeemed(redeemed)))
        var adjusted = PointsAdjusted(adjustment: .deduct, points: 100, reason: "Goodwill")
        adjusted.allocations = redeemed.allocations
        #expect(rich.when(adjust(.deduct, 100)) == .events(.ana, .pointsAdjusted(adjusted)))
        #expect(rich.when(adjust(.deduct, 101)) == .rejected(.insufficientPoints(balance: 100)))
        let tooMany = Command.redeemPoints(Sample.ana, PointsRedeemed(points: 101))
        #expect(rich.when(tooMany) == .rejected(.insufficientPoints(balance: 100)))
        // Staff may adjust the points of a disabled customer.
        let disabled = try rich.given(.disableCustomer(Sample.ana, reason: nil))
        #expect(disabled.when(adjust(.deduct, 100)) == .events(.ana, .pointsAdjusted(adjusted)))
    }

    @Test(arguments: [0, -1, 1_000_000_001])
    func `points are 1 to 1,000,000,000`(_ points: Int64) throws {
        let shop = try enrolled()
        let commands: [Command] = [
            adjust(.add, points), adjust(.deduct, points), .earnPoints(Sample.ana, PointsEarned(points: points)),
            .redeemPoints(Sample.ana, PointsRedeemed(points: points)),
        ]
        for command in commands { #expect(shop.when(command).invalidField == "points") }
    }

    @Test func `an adjustment needs a reason`() throws {
        let shop = try enrolled()
        #expect(shop.when(adjust(.add, 1, "")) == .invalid("reason", "must not be empty"))
        #expect(shop.when(adjust(.add, 1, String(repeating: "x", count: 501))).invalidField == "reason")
        #expect(shop.when(.earnPoints(Sample.ana, PointsEarned(points: 1, reason: ""))).invalidField == "reason")
        #expect(shop.when(.redeemPoints(Sample.ana, PointsRedeemed(points: 1, reason: ""))).invalidField == "reason")
        let number = String(repeating: "1", count: 65)
        let redeem = Command.redeemPoints(Sample.ana, PointsRedeemed(points: 1, orderNumber: number))
        #expect(shop.when(redeem).invalidField == "orderNumber")
    }

    @Test func `points are earned by an own order`() throws {
        let shop = try enrolled().given(.placeOrder(Sample.guest, Sample.order()))
        let earn = Command.earnPoints(Sample.ana, PointsEarned(points: 1, orderNumber: "1001"))
        #expect(shop.when(earn) == .rejected(.orderNotFound("1001")))
        let own = try shop.given(
            .placeOrder(Sample.ana, Sample.order("2")),
            .earnPoints(Sample.ana, PointsEarned(points: 7, orderNumber: "2"))
        )
        #expect(own.model.order("2")?.pointsEarned == 206)
    }

    @Test func `an account holds no more than can be counted`() throws {
        let tiers = [LoyaltyTier(name: "One", threshold: 0, pointsPerUnit: 1_000_000)]
        var order = Sample.order()
        order.lines = [OrderLine(sku: "A", name: "A", quantity: 1_000, unitPrice: 1_000_000_000_000)]
        let program = LoyaltyProgram(tiers: tiers, validity: nil)
        let full = try enrolled().given(.configureLoyalty(program), .placeOrder(Sample.ana, order))
        let refusal = Rejection.limitReached("points in an account", limit: 1_000_000_000_000_000)
        #expect(full.when(adjust(.add, 1)) == .rejected(refusal))
        #expect(full.when(.earnPoints(Sample.ana, PointsEarned(points: 1))) == .rejected(refusal))
        let guest = try full.given(
            .enrollInLoyalty(Sample.guest, cardNumber: "FC1"),
            .earnPoints(Sample.guest, PointsEarned(points: 1))
        )
        #expect(guest.when(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest)) == .rejected(refusal))
    }
}
