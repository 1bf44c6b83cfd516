import CustomerDomain
import EventSourcing
import Testing

struct ConsentTests {
    private func says(_ state: ConsentState, _ kind: ConsentKind = .sms, by id: CustomerID = Sample.ana) -> Command {
        .changeConsents(id, [ConsentChanged(kind: kind, state: state)])
    }

    private func state(_ shop: Specification, _ kind: ConsentKind = .sms) -> ConsentState? {
        shop.model.consents(of: .ana)[kind]?.state
    }

    @Test func `what was said last holds, kind by kind`() throws {
        let shop = try Sample.shop()
            .given(says(.granted), says(.pending, .cookies), says(.withdrawn), says(.granted, .marketingEmail))
        #expect(state(shop) == .withdrawn)
        #expect(state(shop, .cookies) == .pending)
        #expect(state(shop, .marketingEmail) == .granted)
        #expect(state(shop, .dataProcessing) == nil)
        #expect(shop.model.consentCount(of: .ana) == 4)
    }

    @Test func `what arrives late is kept and changes nothing`() throws {
        var shop = try Sample.shop().given(says(.granted), says(.withdrawn))
        let decided = try decide(says(.granted), facts: shop.model)
        let now = Timestamp.seconds(1_800_000_000)
        shop.record(decided, at: now, occurredAt: Timestamp.seconds(1_600_000_000))
        #expect(state(shop) == .withdrawn)
        #expect(shop.model.consentCount(of: .ana) == 3)
        shop.record(decided, at: now, occurredAt: now)
        #expect(state(shop) == .granted)
    }

    @Test func `a time in the future is that of recording, so that nothing said later is too late`() throws {
        var shop = try Sample.shop()
        let now = Timestamp.seconds(1_800_000_000)
        shop.record(try decide(says(.granted), facts: shop.model), at: now, occurredAt: now.advanced(byDays: 900))
        shop.record(try decide(says(.withdrawn), facts: shop.model), at: now.advanced(byDays: 1))
        #expect(state(shop) == .withdrawn)
    }

    @Test func `the same is a line of its own`() throws {
        let shop = try Sample.shop().given(says(.granted))
        #expect(
            shop.when(says(.granted)) == .events(.ana, .consentChanged(ConsentChanged(kind: .sms, state: .granted)))
        )
    }

    @Test func `who is disabled may withdraw`() throws {
        let shop = try Sample.shop().given(says(.granted), .disableCustomer(Sample.ana, reason: nil), says(.withdrawn))
        #expect(state(shop) == .withdrawn)
    }

    @Test(
        arguments: [.granted, .pending, .withdrawn, nil] as [ConsentState?],
        [.granted, .pending, .withdrawn, nil] as [ConsentState?]
    )
    func `a merge hears who forbids more`(_ one: ConsentState?, _ other: ConsentState?) throws {
        var shop = try Sample.shop()
        // Whoever spoke last, and whoever survives.
        if let other { shop = try shop.given(says(other, by: Sample.guest)) }
        if let one { shop = try shop.given(says(one)) }
        let order: [ConsentState?] = [.withdrawn, .pending, nil, .granted]
        let expected = order.first { $0 == one || $0 == other } ?? nil
        let merged = try shop.given(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest))
        #expect(state(merged) == expected)
        let reversed = try shop.given(.mergeCustomers(survivor: Sample.guest, merged: Sample.ana))
        #expect(reversed.model.consents(of: .guest)[.sms]?.state == expected)
        #expect(reversed.model.consentCount(of: .guest) == [one, other].count { $0 != nil })
    }

    @Test func `after a merge only what is newer than anything known changes the state`() throws {
        let day = Timestamp.seconds(1_800_000_000)
        var shop = try Sample.shop()
        shop.record(try decide(says(.withdrawn, by: Sample.guest), facts: shop.model), at: day)
        shop.record(try decide(says(.granted), facts: shop.model), at: day.advanced(byDays: 10))
        try shop.carryOut(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest))
        #expect(state(shop) == .withdrawn)
        let granted = try decide(says(.granted), facts: shop.model)
        shop.record(granted, at: day.advanced(byDays: 20), occurredAt: day.advanced(byDays: 5))
        #expect(state(shop) == .withdrawn)
        shop.record(granted, at: day.advanced(byDays: 20))
        #expect(state(shop) == .granted)
    }

    @Test func `fields are checked, and a kind is given once`() throws {
        let shop = try Sample.shop()
        var change = ConsentChanged(kind: .sms, state: .granted)
        #expect(
            shop.when(.changeConsents(Sample.ana, [change, change]))
                == .invalid("consents/1/kind", "must be given once")
        )
        change.source = " "
        #expect(shop.when(.changeConsents(Sample.ana, [change])).invalidField == "consents/0/source")
        change.source = nil
        change.wording = String(repeating: "x", count: 101)
        #expect(shop.when(.changeConsents(Sample.ana, [change])).invalidField == "consents/0/wording")
        change.wording = nil
        change.evidence = "\u{7}"
        #expect(shop.when(.changeConsents(Sample.ana, [change])).invalidField == "consents/0/evidence")
        change.evidence = nil
        change.reason = ""
        #expect(shop.when(.changeConsents(Sample.ana, [change])).invalidField == "consents/0/reason")
    }

    @Test func `a full ledger refuses everything but a no`() throws {
        var shop = try Sample.shop()
        for _ in 0..<Limits.consentsPerCustomer { try shop.carryOut(says(.granted)) }
        #expect(shop.when(says(.granted)) == .rejected(.limitReached("changes of consent", limit: 1_000)))
        #expect(shop.when(says(.pending, .cookies)) == .rejected(.limitReached("changes of consent", limit: 1_000)))
        try shop.carryOut(says(.withdrawn))
        #expect(state(shop) == .withdrawn)
        #expect(shop.when(says(.withdrawn)) == .rejected(.limitReached("changes of consent", limit: 1_000)))
    }
}

extension Specification {
    /// Records what was decided, at a time of the test's own.
    fileprivate mutating func record(_ decided: [Decided], at time: Timestamp, occurredAt: Timestamp? = nil) {
        record(decided, recordedAt: time, occurredAt: occurredAt ?? time)
    }
}
