public import CustomerDomain
public import EventSourcing

extension OrganizationState {
    mutating func applyToCredit(_ event: Event, _ record: RecordView, _ row: Int) {
        switch event {
        case .creditIssued(let issued):
            guard credit.lot(issued.lot) == nil else { return }
            credit.append(
                CreditTable.Lot(
                    id: issued.lot,
                    customer: UInt32(row),
                    currency: issued.amount.currency,
                    source: issued.source,
                    amount: issued.amount.minorUnits,
                    rest: issued.amount.minorUnits,
                    issuedAt: record.occurredAt.microseconds,
                    expiresAt: issued.expiresAt?.microseconds ?? noTime,
                    sequence: record.sequence.value
                )
            )
            enter(.issued, issued.amount.minorUnits, credit.lots.count - 1)
        case .creditSpent(let spent):
            guard credit.spend(spent.id) == nil, let rows = lotRows(of: spent.allocations) else { return }
            for (lot, amount) in rows { credit.change(lot, rest: -amount) }
            credit.append(
                CreditTable.Spend(
                    id: spent.id,
                    parts: ContiguousArray(rows.map { CreditTable.Part(lot: UInt32($0.lot), remaining: $0.amount) })
                )
            )
            enter(.spent, -spent.total, rows[0].lot)
        case .creditReverted(let reverted):
            guard let spend = credit.spend(reverted.spend), let rows = lotRows(of: reverted.allocations) else { return }
            for (lot, amount) in rows { credit.giveBack(amount, to: UInt32(lot), of: spend) }
            enter(.reverted, reverted.total, rows[0].lot)
        case .creditExpired(let expired):
            guard let lot = credit.lot(expired.lot) else { return }
            let amount = expired.amount.minorUnits
            credit.change(lot, rest: -amount, expired: amount)
            enter(.expired, -amount, lot)
        default: break
        }
    }

    private mutating func enter(_ kind: CreditLine.Kind, _ change: Int64, _ lot: Int) {
        credit.append(CreditTable.Line(sequence: head.value, lot: UInt32(lot), change: change, kind: kind))
    }

    /// The lots of allocations; `nil` when there are none, or one is not there.
    private func lotRows(of allocations: [CreditAllocation]) -> [(lot: Int, amount: Int64)]? {
        let rows = allocations.compactMap { part in credit.lot(part.lot).map { (lot: $0, amount: part.amount) } }
        return rows.isEmpty || rows.count < allocations.count ? nil : rows
    }

    /// Who answers for a customer after all merges.
    func survivor(of customer: Int) -> Int {
        var survivor = customer
        while customers.mergedInto[survivor] != noRow { survivor = Int(customers.mergedInto[survivor]) }
        return survivor
    }

    /// The lots of a customer and of all who were merged into it, the soonest expiring first.
    ///
    /// Costs time in proportion to all their lots.
    public func creditLots(of customer: CustomerOrdinal) -> [CreditLot] {
        identities(of: customer)
            .flatMap { credit.lots(of: $0.index) }
            .map { lot(Int($0)) }
            .sorted { $0.isSpent(before: $1) }
    }

    /// The lots with a rest of a customer, and of all who were merged into it, the soonest expiring first.
    public func openCreditLots(of customer: CustomerOrdinal) -> [CreditLot] {
        identities(of: customer)
            .flatMap { credit.lots(of: $0.index) }
            .filter { credit.lots[Int($0)].rest > 0 }
            .map { lot(Int($0)) }
            .sorted { $0.isSpent(before: $1) }
    }

    /// The lot of this identifier.
    public func creditLot(_ id: CreditLotID) -> CreditLot? { credit.lot(id).map { lot($0) } }

    /// The spending of this identifier.
    public func creditSpend(_ id: CreditSpendID) -> CreditSpendStanding? {
        guard let row = credit.spend(id) else { return nil }
        let parts = credit.spends[row].parts
        let first = credit.lots[Int(parts[0].lot)]
        return CreditSpendStanding(
            customer: CustomerOrdinal(UInt32(survivor(of: Int(first.customer)))),
            currency: first.currency,
            remaining: parts.map { CreditAllocation(lot: credit.lots[Int($0.lot)].id, amount: $0.remaining) }
        )
    }

    /// All store credit that was ever issued.
    public var issuedCredit: Int64 { credit.issued }

    /// What the postings of all movements come to, by currency and account.
    public var creditAccounts: [CurrencyCode: [CreditAccount: Int64]] { credit.accounts }

    /// What a customer, and all who were merged into it, can spend, by the codes of all currencies that it ever had.
    public func creditBalances(of customer: CustomerOrdinal) -> [CreditBalance] {
        var balances: [CurrencyCode: CreditBalance] = [:]
        for lot in creditLots(of: customer) {
            let currency = lot.amount.currency
            let nothing = Money(minorUnits: 0, currency: currency)
            var balance = balances[currency] ?? CreditBalance(balance: nothing, nextExpiry: nil)
            balance.balance.minorUnits += lot.rest
            if lot.rest > 0, balance.nextExpiry == nil { balance.nextExpiry = lot.expiresAt }
            balances[currency] = balance
        }
        return balances.sorted { $0.key.packed < $1.key.packed }.map(\.value)
    }

    /// The ledger of a customer, with the lines about lots of those who were merged into it, the latest first.
    ///
    /// Costs time in proportion to the ledger.
    public func creditLines(of customer: CustomerOrdinal, page: PageRequest) throws(QueryError) -> Page<CreditLine> {
        var balances: [CurrencyCode: Int64] = [:]
        let lines = identities(of: customer)
            .flatMap { credit.lines(of: $0.index) }
            .map { credit.lines[Int($0)] }
            .sorted { $0.sequence < $1.sequence }
            .map { line in
                let currency = credit.lots[Int(line.lot)].currency
                balances[currency, default: 0] += line.change
                return CreditLine(
                    kind: line.kind,
                    change: Money(minorUnits: line.change, currency: currency),
                    balanceAfter: balances[currency] ?? 0,
                    sequence: SequenceNumber(line.sequence)
                )
            }
        return try places(lines.count, page, kind: 7, isNewestFirst: true).map { lines[$0] }
    }

    /// Who answers for lots with a rest whose time has come, each once, those first whose time came first.
    ///
    /// Costs time in proportion to those lots, however many others there are.
    ///
    /// - Parameters:
    ///   - time: The time to look from.
    ///   - limit: How many customers are enough.
    /// - Returns: The customers, erased ones among them.
    public func customersWithDueCredit(at time: Timestamp, limit: Int) -> [CustomerID] {
        var seen: Set<Int> = []
        var found: [CustomerID] = []
        for lot in credit.due(at: time.microseconds) where found.count < limit {
            let holder = survivor(of: Int(credit.lots[lot].customer))
            if seen.insert(holder).inserted { found.append(customers.ids[holder]) }
        }
        return found
    }

    private func lot(_ row: Int) -> CreditLot {
        let lot = credit.lots[row]
        return CreditLot(
            id: lot.id,
            amount: Money(minorUnits: lot.amount, currency: lot.currency),
            rest: lot.rest,
            expired: lot.expired,
            issuedAt: Timestamp(microseconds: lot.issuedAt),
            expiresAt: lot.expiresAt == noTime ? nil : Timestamp(microseconds: lot.expiresAt),
            source: lot.source,
            sequence: SequenceNumber(lot.sequence)
        )
    }
}
