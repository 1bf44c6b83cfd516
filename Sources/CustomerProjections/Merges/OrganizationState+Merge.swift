import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// From now on `survivor` answers for `merged`.
    mutating func merge(_ merged: Int, into survivor: Int, _ terms: MergeTerms?, _ event: RecordView) {
        guard merged < customers.count, merged != survivor, customers.isStanding(merged) else { return }
        let time = event.occurredAt.microseconds
        let moved = movedRows(of: merged, into: survivor, terms)
        let wasDisabled = moved.wasDisabled
        mergeRules(merged, into: survivor)
        unindexEmail(record(of: merged).email, of: merged)
        unindexEmail(record(of: survivor).email, of: survivor)
        begin(moved, merged, survivor, event.sequence)

        changeActivity(of: merged) { $0.customers.setStatus(.merged, of: merged) }
        customers.mergedInto[merged] = UInt32(survivor)
        mergedRows[UInt32(survivor), default: []].append(UInt32(merged))
        if wasDisabled { customers.setStatus(.disabled, of: survivor) }
        if customers.accountType[merged] == .registered { customers.setAccountType(.registered, of: survivor) }
        showMerges(of: survivor)

        moveLists(from: merged, to: survivor, moved.terms.addresses, at: time)
        moveOrders(from: merged, to: survivor)
        moveAccount(from: merged, to: survivor)
        notes.move(from: merged, to: survivor)
        mergeConsents(of: merged, into: survivor)
        var known = contacts[survivor]
        known.take(moved.terms.fields, from: contacts[merged])
        contacts[survivor] = known
        changeActivity(of: survivor) { state in
            let login = state.customers.lastLoginAt[merged]
            state.customers.lastLoginAt[survivor] = max(state.customers.lastLoginAt[survivor], login)
        }
        if terms == nil, let last = merges.ledgers[UInt32(survivor)]?.merges.indices.last {
            settle(survivor, through: last, MergeObstacle(.firstForm, event.sequence))
        }
    }

    /// Notes a merge, and what the survivor was before the first that can be undone.
    private mutating func begin(_ moved: MovedRows, _ merged: Int, _ survivor: Int, _ sequence: SequenceNumber) {
        var ledger =
            merges.ledgers[UInt32(survivor)]
            ?? MergeLedger(status: .active, accountType: .registered, lastLoginAt: noTime)
        if !ledger.isOpen {
            ledger.status = customers.status[survivor]
            ledger.accountType = customers.accountType[survivor]
            ledger.lastLoginAt = customers.lastLoginAt[survivor]
            ledger.profile = arena.copy(of: customers.profile[survivor])
            ledger.metadata = arena.copy(of: customers.metadata[survivor])
        }
        ledger.merges.append(
            MergeLedger.Merge(merged: UInt32(merged), sequence: sequence.value, obstacle: nil, moved: moved)
        )
        merges.ledgers[UInt32(survivor)] = ledger
        merges.open[survivor] = true
    }

    private func movedRows(of merged: Int, into survivor: Int, _ terms: MergeTerms?) -> MovedRows {
        let isDisabled = customers.status[merged] == .disabled
        let tags = arena.numbers(at: customers.tags[merged])
        let survivorTags = arena.numbers(at: customers.tags[survivor])
        let groups = arena.numbers(at: customers.groups[merged])
        let survivorGroups = arena.numbers(at: customers.groups[survivor])
        var rows: MovedRows.Rows = []
        orders.forEach(from: customers.lastOrder[merged]) { rows.append(UInt32($0)) }
        let (account, own) = (customers.loyaltyAccount[merged], customers.loyaltyAccount[survivor])
        return MovedRows(
            // Events of the first form said no terms; all addresses came.
            terms: terms ?? MergeTerms(addresses: addresses(of: CustomerOrdinal(UInt32(merged))).map(\.id)),
            wasDisabled: isDisabled,
            disables: isDisabled,
            tags: MovedRows.Rows(tags),
            newTags: MovedRows.Rows(tags.filter { !survivorTags.contains($0) }),
            groups: MovedRows.Rows(groups),
            newGroups: MovedRows.Rows(groups.filter { !survivorGroups.contains($0) }),
            orders: MovedRows.Rows(rows.reversed()),
            notes: notes.rows(of: merged),
            account: account,
            movements: account == noRow ? [] : loyalty.movements(of: Int(account)),
            cards: account == noRow ? [] : loyalty.cards(of: account),
            marks: account == noRow ? LoyaltyTable.Marks() : loyalty.accounts[Int(own == noRow ? account : own)].marks,
            totals: totals(of: merged)
        )
    }

    private mutating func moveLists(from merged: Int, to survivor: Int, _ addresses: [AddressID], at time: Int64) {
        let tags = arena.numbers(at: customers.tags[merged]).map { tagNames[$0] }
        untag(merged, tags)
        tag(survivor, tags)
        for group in arena.numbers(at: customers.groups[merged]) {
            leave(GroupOrdinal(group), merged, at: time)
            join(GroupOrdinal(group), survivor, at: time)
        }
        let book = arena.withBytes(customers.addresses[merged]) { AddressBook($0) }
        editAddresses(of: survivor) { $0.absorb(book, addresses) }
    }

    private mutating func moveOrders(from merged: Int, to survivor: Int) {
        countRetention(-1, of: merged)
        countRetention(-1, of: survivor)
        let (mergedCount, survivorCount) = (ownOrderCount(merged), ownOrderCount(survivor))
        if mergedCount > 0, survivorCount > 0 { spending.buyerCount -= 1 }
        customers.lastOrder[survivor] = orders.join(
            customers.lastOrder[survivor],
            customers.lastOrder[merged],
            customer: UInt32(survivor)
        )
        customers.lastOrder[merged] = noRow
        countRetention(1, of: survivor)
        changeActivity(of: survivor) { state in
            let last = state.customers.lastOrderAt[merged]
            state.customers.lastOrderAt[survivor] = max(state.customers.lastOrderAt[survivor], last)
        }
        let first = [customers.firstOrderAt[merged], customers.firstOrderAt[survivor]].filter { $0 != noTime }.min()
        customers.firstOrderAt[survivor] = first ?? noTime
        customers.lastOrderAt[merged] = noTime
        customers.firstOrderAt[merged] = noTime
        customers.orderCount[survivor] += customers.orderCount[merged]
        customers.grossSpent[survivor] += customers.grossSpent[merged]
        customers.refunded[survivor] += customers.refunded[merged]
        customers.orderCount[merged] = 0
        customers.grossSpent[merged] = 0
        customers.refunded[merged] = 0
        for totals in spending.others.removeValue(forKey: UInt32(merged)) ?? [] {
            spending.addOther(totals, to: survivor)
        }
    }

    /// Orders in the organization's currency.
    func ownOrderCount(_ row: Int) -> Int64 { customers.orderCount[row] - spending.otherOrderCount(row) }

    /// Everything that a customer's orders and refunds come to, by currency.
    private func totals(of row: Int) -> [CurrencyTotals] {
        var totals = spending.others[UInt32(row)] ?? []
        if let currency = settings.currency {
            totals.append(
                CurrencyTotals(
                    currency: currency,
                    orderCount: ownOrderCount(row),
                    grossSpent: customers.grossSpent[row],
                    refunded: customers.refunded[row]
                )
            )
        }
        return totals
    }
}
