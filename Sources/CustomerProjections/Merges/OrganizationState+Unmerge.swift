public import CustomerDomain

extension OrganizationState {
    /// Whether the merge of this customer can be undone; `nil` for somebody who is not merged.
    public func merge(of merged: CustomerOrdinal) -> MergeStanding? {
        guard var ledger = merges.ledgers[customers.mergedInto[merged.index]], let last = ledger.merges.last else {
            return nil
        }
        if last.merged != merged.value { return .covered(by: CustomerOrdinal(last.merged)) }
        guard last.moved != nil else { return last.obstacle.map { .fixed($0) } }
        ledger.merges.removeLast()
        return .open(
            survivorEmail: mergedProfile(ledger).profile.email,
            survivorType: mergedAccountType(ledger)
        )
    }

    /// Into whom this customer was merged before that was undone; their histories have a part of its own.
    public func formerSurvivors(of customer: CustomerOrdinal) -> [CustomerOrdinal] {
        (merges.formerSurvivors[customer.value] ?? []).map { CustomerOrdinal($0) }
    }

    /// Undoes the last merge into a survivor, if it is that of `merged` and can be undone.
    mutating func unmerge(_ merged: Int, from survivor: Int, at time: Int64) {
        guard var ledger = merges.ledgers[UInt32(survivor)], let last = ledger.merges.last, last.merged == merged,
            let moved = last.moved, customers.isStanding(survivor)
        else { return }
        unindexEmail(record(of: survivor).email, of: survivor)
        ledger.merges.removeLast()
        merges.ledgers[UInt32(survivor)] = ledger

        let former = merges.formerSurvivors[UInt32(merged)] ?? []
        if !former.contains(UInt32(survivor)) { merges.formerSurvivors[UInt32(merged)] = former + [UInt32(survivor)] }
        customers.mergedInto[merged] = noRow
        mergedRows[UInt32(survivor)]?.removeAll { $0 == UInt32(merged) }
        if mergedRows[UInt32(survivor)]?.isEmpty == true { mergedRows[UInt32(survivor)] = nil }
        changeActivity(of: merged) { $0.customers.setStatus(moved.wasDisabled ? .disabled : .active, of: merged) }
        indexEmail(record(of: merged).email, of: merged)

        let isDisabled = ledger.status == .disabled || ledger.merges.contains { $0.moved?.disables == true }
        customers.setStatus(isDisabled ? .disabled : .active, of: survivor)
        customers.setAccountType(mergedAccountType(ledger), of: survivor)
        showMerges(of: survivor)
        let logins = ledger.merges.filter { $0.moved != nil }.map { customers.lastLoginAt[Int($0.merged)] }
        let login = logins.reduce(ledger.lastLoginAt, max)
        changeActivity(of: survivor) { $0.customers.lastLoginAt[survivor] = login }

        returnLists(moved, from: survivor, to: merged, at: time)
        unmergeRules(from: survivor)
        returnOrders(moved, from: survivor, to: merged)
        returnAccount(moved, from: survivor, to: merged)
        notes.move(moved.notes, from: survivor, to: merged)
        consents.unmerge(merged, from: survivor)
        var known = contacts[survivor]
        known.giveBack(moved.terms.fields)
        contacts[survivor] = known
        if !ledger.isOpen { closeLedger(of: survivor) }
    }

    private mutating func returnLists(_ moved: MovedRows, from survivor: Int, to merged: Int, at time: Int64) {
        untag(survivor, moved.newTags.map { tagNames[$0] })
        tag(merged, moved.tags.map { tagNames[$0] })
        for group in moved.newGroups { leave(GroupOrdinal(group), survivor, at: time) }
        for group in moved.groups { join(GroupOrdinal(group), merged, at: time) }
        let addresses = moved.terms.addresses
        editAddresses(of: survivor) { $0.addresses.removeAll { addresses.contains($0.id) } }
    }

    private mutating func returnOrders(_ moved: MovedRows, from survivor: Int, to merged: Int) {
        countRetention(-1, of: survivor)
        let buyerCount = (ownOrderCount(survivor) > 0 ? 1 : 0) + (ownOrderCount(merged) > 0 ? 1 : 0)
        (customers.lastOrder[survivor], customers.lastOrder[merged]) = orders.split(
            customers.lastOrder[survivor],
            taking: moved.orders,
            customer: UInt32(merged)
        )
        for totals in moved.totals {
            add(totals, to: merged)
            add(totals.negated, to: survivor)
        }
        spending.dropZeroes(of: survivor)
        let newBuyerCount = (ownOrderCount(survivor) > 0 ? 1 : 0) + (ownOrderCount(merged) > 0 ? 1 : 0)
        spending.buyerCount += newBuyerCount - buyerCount
        for row in [survivor, merged] {
            countRetention(1, of: row)
            countOrderTimes(of: row)
        }
    }

    mutating func add(_ totals: CurrencyTotals, to row: Int) {
        customers.orderCount[row] += totals.orderCount
        if totals.currency == settings.currency {
            customers.grossSpent[row] += totals.grossSpent
            customers.refunded[row] += totals.refunded
        } else {
            spending.addOther(totals, to: row)
        }
    }

    private mutating func returnAccount(_ moved: MovedRows, from survivor: Int, to merged: Int) {
        let own = customers.loyaltyAccount[survivor]
        guard moved.account != noRow, own != noRow else { return }
        loyalty.accounts[Int(own)].marks = moved.marks
        if own == moved.account {
            customers.loyaltyAccount[survivor] = noRow
            loyalty.accounts[Int(moved.account)].customer = UInt32(merged)
        } else {
            loyalty.release(Int(moved.account), moved.movements, moved.cards, from: Int(own))
        }
        customers.loyaltyAccount[merged] = moved.account
        showAccount(of: survivor)
        showAccount(of: merged)
    }

    /// Forgets what a survivor is without its merges; and the ledger, when there are none.
    mutating func closeLedger(of survivor: Int) {
        guard var ledger = merges.ledgers[UInt32(survivor)] else { return }
        arena.remove(&ledger.profile)
        arena.remove(&ledger.metadata)
        merges.ledgers[UInt32(survivor)] = ledger.merges.isEmpty ? nil : ledger
        merges.open[survivor] = false
    }

    /// Forgets all merges into somebody who is erased.
    mutating func dropLedger(of survivor: Int) {
        closeLedger(of: survivor)
        merges.ledgers[UInt32(survivor)] = nil
    }
}

extension CurrencyTotals {
    var negated: CurrencyTotals {
        CurrencyTotals(currency: currency, orderCount: -orderCount, grossSpent: -grossSpent, refunded: -refunded)
    }
}

extension SpendingTable {
    /// Drops currencies in which a customer has nothing.
    mutating func dropZeroes(of row: Int) {
        guard var list = others[UInt32(row)] else { return }
        list.removeAll { ($0.orderCount, $0.grossSpent, $0.refunded) == (0, 0, 0) }
        others[UInt32(row)] = list.isEmpty ? nil : list
    }
}
