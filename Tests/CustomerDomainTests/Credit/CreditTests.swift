import CustomerDomain
import EventSourcing
import Testing

struct CreditTests {
    private let now = Timestamp.seconds(1_700_000_000)
    private var soon: Timestamp { now.advanced(byDays: 1) }
    private var late: Timestamp { now.advanced(byDays: 30) }

    /// Ana with 3 lots: 1 never expires, 2 expires late, 3 expires soon.
    private func shop() throws -> Specification {
        try Sample.shop()
            .given(.issueCredit(Sample.ana, Sample.lot(1, 500), at: now))
            .given(.issueCredit(Sample.ana, Sample.lot(2, 300, expires: late), at: now))
            .given(.issueCredit(Sample.ana, Sample.lot(3, 200, expires: soon), at: now))
    }

    private func spend(
        _ minorUnits: Int64,
        _ number: UInt64 = 1,
        allowsLess: Bool = false,
        by id: CustomerID = Sample.ana,
        at time: Timestamp? = nil
    ) -> Command {
        let amount = Money(minorUnits: minorUnits, currency: Sample.gbp)
        return .spendCredit(
            id,
            SpendCredit(id: .number(number), amount: amount, allowsLess: allowsLess),
            at: time ?? now
        )
    }

    private func spent(_ parts: [(UInt64, Int64)], _ number: UInt64 = 1) -> Event {
        .creditSpent(CreditSpent(id: .number(number), currency: Sample.gbp, allocations: allocations(parts)))
    }

    private func reverted(_ parts: [(UInt64, Int64)], _ number: UInt64 = 1) -> Event {
        .creditReverted(CreditReverted(spend: .number(number), currency: Sample.gbp, allocations: allocations(parts)))
    }

    private func expired(_ lot: UInt64, _ minorUnits: Int64) -> Event {
        .creditExpired(CreditExpired(lot: .number(lot), amount: Money(minorUnits: minorUnits, currency: Sample.gbp)))
    }

    private func allocations(_ parts: [(UInt64, Int64)]) -> [CreditAllocation] {
        parts.map { CreditAllocation(lot: .number($0.0), amount: $0.1) }
    }

    private func rests(_ shop: Specification) -> [Int64] { shop.model.credit.lots.map(\.lot.rest) }

    @Test func `the soonest expiring lots are spent first, those that never expire last`() throws {
        let shop = try shop()
        #expect(shop.when(spend(150)) == .events(.ana, spent([(3, 150)])))
        #expect(shop.when(spend(600)) == .events(.ana, spent([(3, 200), (2, 300), (1, 100)])))
        #expect(try rests(shop.given(spend(600))) == [400, 0, 0])
    }

    @Test func `of lots that expire together the oldest is spent first`() throws {
        let shop = try Sample.shop()
            .given(.issueCredit(Sample.ana, Sample.lot(2, 100), at: now))
            .given(.issueCredit(Sample.ana, Sample.lot(1, 100), at: now))
        #expect(shop.when(spend(150)) == .events(.ana, spent([(2, 100), (1, 50)])))
    }

    @Test func `more than there is cannot be spent, unless less will do`() throws {
        let shop = try shop()
        let balance = Money(minorUnits: 1_000, currency: Sample.gbp)
        #expect(shop.when(spend(1_001)) == .rejected(.insufficientCredit(balance: balance)))
        #expect(try rests(shop.given(spend(1_001, allowsLess: true))) == [0, 0, 0])
        let nothing = Money(minorUnits: 0, currency: Sample.gbp)
        #expect(try Sample.shop().when(spend(1, allowsLess: true)) == .rejected(.insufficientCredit(balance: nothing)))
        let euros = SpendCredit(id: .number(1), amount: Money(minorUnits: 1, currency: Sample.eur))
        let none = Money(minorUnits: 0, currency: Sample.eur)
        let outcome = shop.when(.spendCredit(Sample.ana, euros, at: now))
        #expect(outcome == .rejected(.insufficientCredit(balance: none)))
    }

    @Test func `what is due expires before anything is spent, whether the schedule came or not`() throws {
        let shop = try shop()
        #expect(shop.when(spend(300, at: soon)) == .events(.ana, expired(3, 200), spent([(2, 300)])))
        let balance = Money(minorUnits: 800, currency: Sample.gbp)
        #expect(shop.when(spend(801, at: soon)) == .rejected(.insufficientCredit(balance: balance)))
    }

    @Test func `a lot expires at its time, once, with what is left of it`() throws {
        var shop = try shop().given(spend(50))
        let before = Timestamp(microseconds: soon.microseconds - 1)
        #expect(shop.when(.expireCredit(Sample.ana, at: before)) == .nothing)
        #expect(shop.when(.expireCredit(Sample.ana, at: soon)) == .events(.ana, expired(3, 150)))
        try shop.carryOut(.expireCredit(Sample.ana, at: soon))
        #expect(shop.when(.expireCredit(Sample.ana, at: soon)) == .nothing)
        #expect(rests(shop) == [500, 300, 0])
        #expect(shop.when(.expireCredit(Sample.ana, at: late)) == .events(.ana, expired(2, 300)))
    }

    @Test func `what comes back goes to the lots that it was taken from, the last expiring first`() throws {
        let shop = try shop().given(spend(600))
        func back(_ minorUnits: Int64?) -> Command {
            .revertCredit(Sample.ana, RevertCredit(spend: .number(1), minorUnits: minorUnits), at: now)
        }
        #expect(shop.when(back(150)) == .events(.ana, reverted([(1, 100), (2, 50)])))
        let partly = try shop.given(back(150))
        #expect(partly.when(back(451)) == .rejected(.revertExceedsSpend(remaining: 450)))
        #expect(partly.when(back(nil)) == .events(.ana, reverted([(2, 250), (3, 200)])))
        let whole = try partly.given(back(nil))
        #expect(rests(whole) == [500, 300, 200])
        #expect(whole.when(back(nil)) == .rejected(.nothingToRevert(.number(1))))
        #expect(whole.when(back(0)) == .rejected(.nothingToRevert(.number(1))))
    }

    @Test func `what comes back to an expired lot expires at once, unless it is issued anew`() throws {
        let shop = try shop().given(spend(600)).given(.expireCredit(Sample.ana, at: soon))
        let lost = Command.revertCredit(Sample.ana, RevertCredit(spend: .number(1)), at: soon)
        #expect(
            shop.when(lost) == .events(.ana, reverted([(1, 100), (2, 300), (3, 200)]), expired(3, 200))
        )
        #expect(try rests(shop.given(lost)) == [500, 300, 0])

        var revert = RevertCredit(spend: .number(1), reason: "Broken")
        revert.reissue = RevertCredit.Reissue(lot: .number(4), expiresAt: late)
        let saved = try shop.given(.revertCredit(Sample.ana, revert, at: soon))
        #expect(rests(saved) == [500, 300, 0, 200])
        let lot = try #require(saved.model.creditLot(.number(4)))
        #expect(lot.source == .reissue && lot.expiresAt == late)
        // Where nothing had expired, nothing is issued.
        #expect(
            try self.shop().given(spend(600)).given(.revertCredit(Sample.ana, revert, at: now)).model.credit.lots.count
                == 3
        )
    }

    @Test func `only who spent it can get it back`() throws {
        let shop = try shop().given(spend(100))
        let other = Command.revertCredit(Sample.guest, RevertCredit(spend: .number(1)), at: now)
        #expect(shop.when(other) == .rejected(.creditSpendNotFound(.number(1))))
        let unknown = Command.revertCredit(Sample.ana, RevertCredit(spend: .number(2)), at: now)
        #expect(shop.when(unknown) == .rejected(.creditSpendNotFound(.number(2))))
    }

    @Test func `who is disabled cannot spend, and can be given`() throws {
        let shop = try shop().given(spend(100), .disableCustomer(Sample.ana, reason: nil))
        #expect(shop.when(spend(100, 2)) == .rejected(.customerDisabled(Sample.ana)))
        let given = try shop.given(
            .issueCredit(Sample.ana, Sample.lot(4), at: now),
            .revertCredit(Sample.ana, RevertCredit(spend: .number(1)), at: now)
        )
        #expect(rests(given) == [500, 300, 200, 1_000])
    }

    @Test func `after a merge the survivor spends and reverts what both have`() throws {
        let shop = try shop()
            .given(.issueCredit(Sample.guest, Sample.lot(4, 90, expires: soon), at: now))
            .given(spend(40, 7, by: Sample.guest))
            .given(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest))
        #expect(shop.when(spend(1_050)) == .events(.ana, spent([(3, 200), (4, 50), (2, 300), (1, 500)])))
        let back = Command.revertCredit(Sample.ana, RevertCredit(spend: .number(7)), at: now)
        #expect(shop.when(back) == .events(.ana, reverted([(4, 40)], 7)))
        // The schedule may have had the merged customer in mind.
        let expiry = Command.expireCredit(Sample.guest, at: soon)
        #expect(shop.when(expiry) == .events(.ana, expired(3, 200), expired(4, 50)))
    }

    @Test func `of who was erased the lots stay, and expire`() throws {
        let shop = try shop().given(.eraseCustomer(Sample.ana, reason: nil))
        #expect(rests(shop) == [500, 300, 200])
        #expect(shop.when(spend(1)) == .rejected(.customerErased(Sample.ana)))
        #expect(shop.when(.expireCredit(Sample.ana, at: soon)) == .events(.ana, expired(3, 200)))
    }

    @Test func `asking again for what was done does nothing`() throws {
        let shop = try shop().given(spend(100))
        #expect(shop.when(.issueCredit(Sample.ana, Sample.lot(1, 500), at: now)) == .nothing)
        #expect(shop.when(spend(100)) == .nothing)
    }

    @Test func `fields are checked`() throws {
        let shop = try Sample.shop()
        func issue(_ change: (inout CreditIssued) -> Void) -> Specification.Outcome {
            var issued = Sample.lot()
            change(&issued)
            return shop.when(.issueCredit(Sample.ana, issued, at: now))
        }
        #expect(issue { $0.amount.minorUnits = 0 } == .invalid("amount", "must be a positive integer"))
        #expect(issue { $0.expiresAt = now } == .invalid("expiresAt", "must be in the future"))
        #expect(issue { $0.orderNumber = "" }.invalidField == "orderNumber")
        #expect(issue { $0.reason = "\u{7}" }.invalidField == "reason")
        #expect(shop.when(spend(0)).invalidField == "amount")
        let full = FullBooks(openLotCount: 500)
        #expect(throws: Rejection.limitReached("lots of store credit", limit: 500)) {
            try decide(.issueCredit(.number(1), Sample.lot(), at: now), facts: full)
        }
        let much = FullBooks(issuedCredit: Limits.recordedAmount)
        #expect(throws: Rejection.self) { try decide(.issueCredit(.number(1), Sample.lot(), at: now), facts: much) }
    }

    @Test func `a refund can be paid in store credit`() throws {
        let shop = try Sample.shop().given(.placeOrder(Sample.ana, Sample.order("1", total: 900)))
        var refund = RefundOrder(orderNumber: "1", reference: "r", minorUnits: 400, reason: "Broken")
        refund.credit = RefundOrder.Credit(lot: .number(1), expiresAt: late, at: now)
        let after = try shop.given(.refundOrder(refund))
        let lot = try #require(after.model.creditLot(.number(1)))
        #expect(lot.amount == Money(minorUnits: 400, currency: Sample.gbp) && lot.source == .refund)
        #expect(after.model.order("1")?.refunded == 400)
        let staff = Actor(id: "key_1", isAdmin: false, permissions: [.updateOrders])
        #expect(throws: Rejection.permissionMissing(.adjustCredit)) {
            try decide(.refundOrder(refund), facts: shop.model, by: staff)
        }
        let erased = try shop.given(.eraseCustomer(Sample.ana, reason: nil))
        #expect(erased.when(.refundOrder(refund)) == .rejected(.customerErased(Sample.ana)))
    }

    @Test func `both sides of every movement come to zero`() throws {
        let shop = try shop().given(spend(600)).given(.expireCredit(Sample.ana, at: soon))
            .given(.revertCredit(Sample.ana, RevertCredit(spend: .number(1), minorUnits: 600), at: soon))
        let accounts = try #require(shop.model.credit.accounts[Sample.gbp])
        #expect(accounts == [.issued(.goodwill): -1_000, .wallets: 800, .spent: 0, .expired: 200])
        let events: [Event] = [spent([(3, 7)]), reverted([(3, 7)]), expired(3, 7), .creditIssued(Sample.lot())]
        for event in events { #expect(event.creditPostings?.postings.reduce(0) { $0 + $1.amount } == 0) }
        #expect(Event.customerLoggedIn.creditPostings == nil)
    }
}
