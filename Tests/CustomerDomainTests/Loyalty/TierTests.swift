import CustomerDomain
import EventSourcing
import Testing

/// Tiers by what was earned, and birthdays.
struct TierTests {
    private func shop(_ program: LoyaltyProgram) throws -> Specification {
        try Sample.shop()
            .given(.configureLoyalty(program), .enrollInLoyalty(Sample.ana, cardNumber: "FC12345"))
    }

    private func earn(_ points: Int64) -> Command { .earnPoints(Sample.ana, PointsEarned(points: points)) }

    private func change(_ from: String, _ to: String, _ points: Int64) -> Event {
        .tierChanged(TierChanged(from: from, to: to, points: points))
    }

    private func tier(_ shop: Specification) -> String? {
        shop.model.tierIndex(of: .ana).flatMap { shop.model.loyaltyProgram?.tiers[$0].name }
    }

    /// What the schedule does so many days after the last event.
    private func review(_ shop: Specification, after days: Int) -> Specification.Outcome {
        shop.when(.reviewLoyalty(Sample.ana, at: shop.now.advanced(byDays: days)))
    }

    private func reviewed(_ shop: Specification, after days: Int) throws -> Specification {
        var shop = shop
        let time = shop.now.advanced(byDays: days)
        try shop.carryOut(.reviewLoyalty(Sample.ana, at: time), daysLater: days)
        return shop
    }

    @Test func `a tier comes with the command that earns it, and follows what is earned, not the balance`() throws {
        let shop = try shop(LoyaltyProgram(validity: nil))
        let outcome = shop.when(earn(5_000))
        #expect(
            outcome == .events(.ana, .pointsEarned(PointsEarned(points: 5_000)), change("Bronze", "Gold", 5_000))
        )
        let gold = try shop.given(earn(5_000), .redeemPoints(Sample.ana, PointsRedeemed(points: 5_000)))
        #expect(tier(gold) == "Gold")
        #expect(review(gold, after: 4_000) == .nothing)
        let gift = PointsAdjusted(adjustment: .add, points: 9_000, reason: "Gift")
        #expect(tier(try shop.given(.adjustPoints(Sample.ana, gift))) == "Bronze")
    }

    @Test func `a tier of a window goes when its points leave the window`() throws {
        let program = LoyaltyProgram(validity: nil, qualification: .months(2))
        // Earned on 2023-11-18, so they count until the end of 2024-01-18.
        let shop = try shop(program).given(earn(6_000))
        #expect(tier(shop) == "Gold")
        #expect(review(shop, after: 59) == .nothing)
        #expect(review(shop, after: 60) == .events(.ana, change("Gold", "Bronze", 0)))
        let more = try shop.given(.recordLogin(Sample.ana), earn(1_200))
        #expect(tier(try reviewed(more, after: 58)) == "Silver")
    }

    @Test func `one step down at a time, a window each`() throws {
        let program = LoyaltyProgram(validity: nil, qualification: .months(2), downgrade: .oneDown)
        let shop = try shop(program).given(earn(6_000))
        let silver = try reviewed(shop, after: 61)
        #expect(tier(silver) == "Silver")
        #expect(review(silver, after: 91) == .nothing)
        #expect(review(silver, after: 131) == .events(.ana, change("Silver", "Bronze", 0)))
    }

    @Test func `tiers stay where the programme says so`() throws {
        let program = LoyaltyProgram(validity: nil, qualification: .calendarYear, downgrade: .never)
        let shop = try shop(program).given(earn(6_000))
        #expect(review(shop, after: 1_000) == .nothing)
        var open = program
        open.downgrade = .balanceBased
        let falling = try shop.given(.configureLoyalty(open))
        #expect(review(falling, after: 20) == .nothing)
        #expect(review(falling, after: 60) == .events(.ana, change("Gold", "Bronze", 0)))
    }

    @Test func `a new programme raises tiers with the next review`() throws {
        let shop = try shop(LoyaltyProgram(validity: nil)).given(earn(1_000))
        var tiers = LoyaltyProgram.defaultTiers
        tiers[2].threshold = 1_001
        tiers.append(LoyaltyTier(name: "Platinum", threshold: 1_002, pointsPerUnit: 20))
        tiers[1].threshold = 10
        tiers[2].threshold = 1_000
        let other = try shop.given(.configureLoyalty(LoyaltyProgram(tiers: tiers, validity: nil)))
        #expect(tier(other) == "Silver")
        #expect(review(other, after: 0) == .events(.ana, change("Silver", "Gold", 1_000)))
    }

    @Test func `accounts from before tiers were recorded are in the tier of their lifetime points`() throws {
        var model = try shop(LoyaltyProgram(validity: nil)).model
        let earned = Event.pointsEarned(PointsEarned(points: 1_000))
        model.record([Decided(customer: .ana, event: earned)], recordedAt: .seconds(1_700_900_000), actor: "key_old")
        #expect(model.tierIndex(of: .ana) == 1)
        #expect(model.loyaltyAccount(of: .ana)?.tier == nil)
    }

    @Test func `a merge comes to the highest tier, and its undoing to those before`() throws {
        let shop = try shop(LoyaltyProgram(validity: nil))
            .given(.enrollInLoyalty(Sample.guest, cardNumber: "FC1"), earn(600))
            .given(.earnPoints(Sample.guest, PointsEarned(points: 700)))
        let merge = Command.mergeCustomers(survivor: Sample.ana, merged: Sample.guest)
        let merged = try shop.given(merge)
        #expect(tier(merged) == "Silver")
        #expect(merged.model.openPointsLots(of: .ana).map(\.rest) == [600, 700])
        let undone = try merged.given(.unmergeCustomers(survivor: Sample.ana, merged: Sample.guest))
        #expect(tier(undone) == "Bronze")
        #expect(undone.model.openPointsLots(of: .guest).map(\.rest) == [700])
        #expect(undone.model.customers[0].loyalty == shop.model.customers[0].loyalty)
        let expired = [PointsAllocation(lot: SequenceNumber(6), points: 600)]
        var fixed = merged
        fixed.record(
            [Decided(customer: .ana, event: .pointsExpired(expired))],
            recordedAt: merged.now,
            occurredAt: merged.now
        )
        let undo = Command.unmergeCustomers(survivor: Sample.ana, merged: Sample.guest)
        #expect(fixed.when(undo) == .rejected(.mergeFixed(MergeObstacle(.points, fixed.model.head))))
    }

    @Test func `nobody is enrolled, earns or redeems while the programme rests; refunds go on`() throws {
        var program = LoyaltyProgram(validity: nil)
        let shop = try shop(program).given(.placeOrder(Sample.ana, Sample.order()))
        program.isActive = false
        let resting = try shop.given(.configureLoyalty(program))
        let commands: [Command] = [
            earn(1), .redeemPoints(Sample.ana, PointsRedeemed(points: 1)),
            .adjustPoints(Sample.ana, PointsAdjusted(adjustment: .add, points: 1, reason: "x")),
            .enrollInLoyalty(Sample.guest, cardNumber: "FC1"),
        ]
        for command in commands { #expect(resting.when(command) == .rejected(.loyaltyProgramInactive)) }
        let placed = try resting.given(.placeOrder(Sample.ana, Sample.order("1002")))
        #expect(placed.model.loyaltyAccount(of: .ana)?.balance == 199)
        let cancelled = try placed.given(.cancelOrder(OrderCancelled(number: "1001", reason: nil)))
        #expect(cancelled.model.loyaltyAccount(of: .ana)?.balance == 0)
    }

    // MARK: Birthdays

    private func born(_ date: String, _ program: LoyaltyProgram) throws -> Specification {
        var edit = ProfileEdit()
        edit.birthDate = .set(try #require(CalendarDate(date)))
        return try shop(program).given(.updateCustomer(UpdateCustomer(id: Sample.ana, profile: edit)))
    }

    @Test func `a birthday is rewarded once a year, on the day or a few days after`() throws {
        let program = LoyaltyProgram(validity: .oneYear, birthdayPoints: 100)
        // The last event is of 2023-11-18, the next of the 19th.
        let shop = try born("1980-11-21", program)
        #expect(review(shop, after: 1) == .nothing)
        let end = Timestamp(rfc3339: "2024-11-22T00:00:00Z")
        let reward = BirthdayRewarded(points: 100, year: 2023, expiresAt: end)
        #expect(review(shop, after: 2) == .events(.ana, .birthdayRewarded(reward)))
        #expect(review(shop, after: 9) != .nothing)
        #expect(review(shop, after: 10) == .nothing)
        let given = try reviewed(shop, after: 2)
        #expect(review(given, after: 4) == .nothing)
        #expect(given.model.loyaltyAccount(of: .ana)?.balance == 100)
        #expect(given.model.loyaltyAccount(of: .ana)?.lifetimePoints == 0)
        #expect(review(given, after: 367) != .nothing)
        // Nor another time for another date in the same year.
        var edit = ProfileEdit()
        edit.birthDate = .set(try #require(CalendarDate("1980-11-25")))
        let moved = try given.given(.updateCustomer(UpdateCustomer(id: Sample.ana, profile: edit)))
        #expect(review(moved, after: 4) == .nothing)
    }

    @Test func `no birthday before the account, none without points, none of the erased`() throws {
        let program = LoyaltyProgram(validity: nil, birthdayPoints: 100)
        #expect(try review(born("1980-11-15", program), after: 0) == .nothing)
        #expect(try review(born("1980-11-21", LoyaltyProgram(validity: nil)), after: 2) == .nothing)
        let erased = try born("1980-11-21", program).given(.eraseCustomer(Sample.ana, reason: nil))
        #expect(review(erased, after: 2) == .nothing)
    }

    @Test func `who was born on a leap day celebrates on the 28th in other years`() throws {
        let leap = try #require(CalendarDate("2000-02-29"))
        func last(_ time: String) throws -> String? {
            leap.lastAnniversary(before: try #require(Timestamp(rfc3339: time)))?.description
        }
        #expect(try last("2026-02-28T00:00:00Z") == "2026-02-28")
        #expect(try last("2026-02-27T23:59:59Z") == "2025-02-28")
        #expect(try last("2028-02-28T12:00:00Z") == "2027-02-28")
        #expect(try last("2028-02-29T12:00:00Z") == "2028-02-29")
    }
}
