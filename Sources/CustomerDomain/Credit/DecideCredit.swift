import EventSourcing

// Whether a lot is expired follows from its time alone, never from what was recorded of it: so nothing is spent that the
// schedule has not come to yet, and nothing comes back to life.
extension Decision {
    func issueCredit(_ issued: CreditIssued, to id: CustomerID, at now: Timestamp) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        if facts.creditLot(issued.lot) != nil { return [] }
        try checkIssue(issued, to: subject.ordinal, at: now)
        return subject.events([.creditIssued(issued)])
    }

    func spendCredit(_ spending: SpendCredit, by id: CustomerID, at now: Timestamp) throws(Rejection) -> [Decided] {
        let subject = try activeSubject(id)
        if facts.creditSpend(spending.id) != nil { return [] }
        try check(spending.amount.minorUnits, "amount", 1...Limits.amount)
        try check(spending.orderNumber, "orderNumber", Limits.orderNumber)
        try check(spending.reason, "reason", Limits.reason, .paragraphs)
        let currency = spending.amount.currency
        let lots = facts.openCreditLots(of: subject.ordinal).filter { $0.amount.currency == currency }
            .sorted { $0.isSpent(before: $1) }
        let usable = lots.filter { !$0.isDue(at: now) }
        let balance = usable.reduce(0) { $0 + $1.rest }
        guard balance > 0, balance >= spending.amount.minorUnits || spending.allowsLess else {
            throw .insufficientCredit(balance: Money(minorUnits: balance, currency: currency))
        }
        var missing = min(balance, spending.amount.minorUnits)
        var allocations: [CreditAllocation] = []
        for lot in usable where missing > 0 {
            allocations.append(CreditAllocation(lot: lot.id, amount: min(lot.rest, missing)))
            missing -= min(lot.rest, missing)
        }
        let spent = CreditSpent(
            id: spending.id,
            currency: currency,
            allocations: allocations,
            orderNumber: spending.orderNumber,
            reason: spending.reason
        )
        return subject.events(expiries(of: lots, at: now) + [.creditSpent(spent)])
    }

    /// Gives back to the lots that were taken from, those first that expire last.
    ///
    /// What goes back to one that expired expires at once; a new lot takes its place where that is asked for.
    func revertCredit(_ revert: RevertCredit, of id: CustomerID, at now: Timestamp) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        try check(revert.reason, "reason", Limits.reason, .paragraphs)
        guard let spend = facts.creditSpend(revert.spend), spend.customer == subject.ordinal else {
            throw .creditSpendNotFound(revert.spend)
        }
        let remaining = spend.remaining.reduce(0) { $0 + $1.amount }
        if remaining == 0 { throw .nothingToRevert(revert.spend) }
        let amount = revert.minorUnits ?? remaining
        try check(amount, "amount", 1...Limits.amount)
        if amount > remaining { throw .revertExceedsSpend(remaining: remaining) }

        var missing = amount
        var allocations: [CreditAllocation] = []
        for part in spend.remaining.reversed() where missing > 0 && part.amount > 0 {
            allocations.append(CreditAllocation(lot: part.lot, amount: min(part.amount, missing)))
            missing -= min(part.amount, missing)
        }
        var reverted = CreditReverted(spend: revert.spend, currency: spend.currency, allocations: allocations)
        reverted.reason = revert.reason
        var events: [Event] = [.creditReverted(reverted)]
        var late: Int64 = 0
        for part in allocations {
            guard var lot = facts.creditLot(part.lot), lot.isDue(at: now) else { continue }
            late += part.amount
            lot.rest += part.amount
            events += expiries(of: [lot], at: now)
        }
        if let reissue = revert.reissue, late > 0 {
            var issued = CreditIssued(
                lot: reissue.lot,
                amount: Money(minorUnits: late, currency: spend.currency),
                expiresAt: reissue.expiresAt,
                source: .reissue
            )
            issued.reason = revert.reason
            try checkIssue(issued, to: subject.ordinal, at: now)
            events.append(.creditIssued(issued))
        }
        return subject.events(events)
    }

    /// What is due of whoever answers for a customer, erased ones, too: what the shop owes must come to an end.
    func expireCredit(of id: CustomerID, at now: Timestamp) throws(Rejection) -> [Decided] {
        guard let ordinal = facts.customer(id) else { throw .customerNotFound(id) }
        let holder = survivor(of: ordinal)
        let lots = facts.openCreditLots(of: holder).sorted { $0.isSpent(before: $1) }
        return expiries(of: lots, at: now).map { Decided(customer: holder, event: $0) }
    }

    /// Refuses a lot that cannot be issued.
    func checkIssue(_ issued: CreditIssued, to holder: CustomerOrdinal, at now: Timestamp) throws(Rejection) {
        try check(issued.amount.minorUnits, "amount", 1...Limits.amount)
        try check(issued.orderNumber, "orderNumber", Limits.orderNumber)
        try check(issued.reason, "reason", Limits.reason, .paragraphs)
        if let end = issued.expiresAt, end <= now {
            throw .invalid(field: "expiresAt", reason: "must be in the future")
        }
        if facts.openCreditLots(of: holder).count >= Limits.creditLotsPerCustomer {
            throw .limitReached("lots of store credit", limit: Limits.creditLotsPerCustomer)
        }
        let (sum, overflow) = facts.issuedCredit.addingReportingOverflow(issued.amount.minorUnits)
        if overflow || sum > Limits.recordedAmount {
            throw .limitReached("minor units of store credit in all", limit: Int(Limits.recordedAmount))
        }
    }

    private func expiries(of lots: [CreditLot], at now: Timestamp) -> [Event] {
        lots.filter { $0.isDue(at: now) && $0.rest > 0 }
            .map { lot in
                let amount = Money(minorUnits: lot.rest, currency: lot.amount.currency)
                return .creditExpired(CreditExpired(lot: lot.id, amount: amount))
            }
    }
}
