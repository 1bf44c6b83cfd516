import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// From now on `survivor` answers for `merged`.
    mutating func merge(_ merged: Int, into survivor: Int, at time: Int64) {
        guard merged < customers.count, merged != survivor, customers.isStanding(merged) else { return }
        let mergedRecord = record(of: merged)
        let survivorRecord = record(of: survivor)
        unindexEmail(mergedRecord.email, of: merged)
        unindexEmail(survivorRecord.email, of: survivor)
        let wasDisabled = customers.status[merged] == .disabled
        changeActivity(of: merged) { $0.customers.setStatus(.merged, of: merged) }
        customers.mergedInto[merged] = UInt32(survivor)
        mergedRows[UInt32(survivor), default: []].append(UInt32(merged))
        if wasDisabled { customers.setStatus(.disabled, of: survivor) }
        if customers.accountType[merged] == .registered { customers.setAccountType(.registered, of: survivor) }
        indexEmail(survivorRecord.email, of: survivor)

        moveLists(from: merged, to: survivor, at: time)
        moveOrders(from: merged, to: survivor)
        moveAccount(from: merged, to: survivor)
        notes.move(from: merged, to: survivor)
        mergeConsents(of: merged, into: survivor)
        customers.lastEvent[survivor] = timeline.join(customers.lastEvent[survivor], customers.lastEvent[merged])
        customers.lastEvent[merged] = 0
        adoptOrderNames(of: mergedRecord, by: survivor)
        changeActivity(of: survivor) { state in
            let login = state.customers.lastLoginAt[merged]
            state.customers.lastLoginAt[survivor] = max(state.customers.lastLoginAt[survivor], login)
        }
    }

    private mutating func moveLists(from merged: Int, to survivor: Int, at time: Int64) {
        let tags = arena.numbers(at: customers.tags[merged]).map { tagNames[$0] }
        untag(merged, tags)
        tag(survivor, tags)
        for group in arena.numbers(at: customers.groups[merged]) {
            leave(GroupOrdinal(group), merged, at: time)
            join(GroupOrdinal(group), survivor, at: time)
        }
        let addresses = arena.withBytes(customers.addresses[merged]) { AddressBook($0) }
        editAddresses(of: merged) { $0.addresses = [] }
        editAddresses(of: survivor) { $0.absorb(addresses) }
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

    /// A survivor without order names gets those of the merged customer's orders.
    private mutating func adoptOrderNames(of merged: ProfileRecord, by survivor: Int) {
        var record = record(of: survivor)
        guard record.orderFirstName == nil, record.orderLastName == nil else { return }
        guard merged.orderFirstName != nil || merged.orderLastName != nil else { return }
        record.orderFirstName = merged.orderFirstName
        record.orderLastName = merged.orderLastName
        store(record, of: survivor)
    }

    /// Forgets the person, and all who were merged into it; orders, points and sums stay.
    mutating func erase(_ row: Int) {
        if customers.isStanding(row) {
            unindexEmail(record(of: row).email, of: row)
            for group in arena.numbers(at: customers.groups[row]) {
                groups.rows[Int(group)].members.remove(UInt32(row))
            }
        }
        changeActivity(of: row) { $0.customers.setStatus(.erased, of: row) }
        forget(row)
        dataRequests.lapse(of: row, in: head.value)
        for merged in mergedRows[UInt32(row)] ?? [] { erase(Int(merged)) }
    }

    private mutating func forget(_ row: Int) {
        var record = ProfileRecord()
        record.externalID = self.record(of: row).externalID
        arena.remove(&customers.profile[row])
        store(record, of: row)
        if !isReplaying { search.textErased(of: row, texts: customers.searchText, arena: arena) }
        arena.remove(&customers.metadata[row])
        editAddresses(of: row) { $0.addresses = [] }
    }
}
