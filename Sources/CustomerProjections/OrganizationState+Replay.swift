import CustomerDomain
import EventSourcing

// What only answers questions is built at the end of a replay, in one pass: each text is folded once, however often it
// changed, each order counted once, and rows come by rising number. What `apply` itself asks for is kept up by each event.
extension OrganizationState {
    /// Puts off indexes and what follows from the times of orders until ``finishReplay()``; until then ask nothing but ``head``.
    ///
    /// Does nothing to a state that holds events, whose indexes are there.
    public mutating func beginReplay() {
        isReplaying = head == .none
        if isReplaying { customers.dropIndexes() }
    }

    /// Builds what ``beginReplay()`` put off, and keeps it up from then on.
    ///
    /// Costs time in proportion to the number of customers.
    public mutating func finishReplay() {
        guard isReplaying else { return }
        isReplaying = false
        for row in 0..<customers.count {
            writeSearchText(of: row)
            noteLanguage(of: row)
            notePlace(of: row)
        }
        indexCustomers()
        search = SearchIndex(texts: customers.searchText, arena: arena)
        indexOrders()
        countOrderTimes()
        customers.buildIndexes()
        for row in 0..<customers.count {
            if let quarter = countedActivity(of: row) { activity.add(1, at: quarter) }
        }
    }

    /// Makes the indexes that customers are found by, but for the search index, of a state that has none of them.
    mutating func indexCustomers() {
        rowByID = HashIndex(
            ContiguousArray(
                customers.ids.enumerated().lazy.map { (Hashing.hash($1.high, $1.low), UInt32($0)) }
            )
        )
        var keys = CustomerKeys()
        keys.emails.reserveCapacity(customers.count)
        for row in 0..<customers.count { addKeys(of: row, to: &keys) }
        rowByEmail = HashIndex(keys.emails)
        rowByExternalID = HashIndex(keys.externalIDs)
    }

    /// Indexes the orders since the last that is in the index.
    mutating func indexOrders() {
        if orders.index.count == 0 { orders.index = HashIndex(expecting: orders.count) }
        for row in orders.index.count..<orders.count {
            orders.index.insert(arena.withBytes(orders.number[row]) { Hashing.hash($0) }, UInt32(row))
        }
    }

    /// Makes what follows from the times of orders, of a state that has none of it.
    private mutating func countOrderTimes() {
        // Placed in the order of the log by nearly all customers, so that nothing needs to be sorted.
        var isOutOfOrder = Bitmap(rowCount: customers.count)
        for order in 0..<orders.count where orders.status[order] != .cancelled {
            let row = Int(orders.customer[order])
            let time = orders.placedAt[order]
            if customers.lastOrderAt[row] == noTime { customers.firstOrderAt[row] = time }
            if time < customers.lastOrderAt[row] { isOutOfOrder[row] = true }
            customers.firstOrderAt[row] = min(customers.firstOrderAt[row], time)
            customers.lastOrderAt[row] = max(customers.lastOrderAt[row], time)
        }
        var quarters = ContiguousArray<Int?>(repeating: nil, count: customers.count)
        for order in 0..<orders.count where orders.status[order] != .cancelled {
            let row = Int(orders.customer[order])
            if isOutOfOrder[row] { continue }
            let quarter = QuarterHistogram.quarter(orders.placedAt[order])
            if let last = quarters[row] { retention.add(1, order: last, next: quarter) }
            quarters[row] = quarter
        }
        for row in 0..<customers.count {
            if isOutOfOrder[row] { countRetention(1, of: row) }
            if let last = quarters[row] { retention.add(1, order: last, next: nil) }
        }
    }

    /// The hashes that customers are found by.
    private struct CustomerKeys {
        var emails: ContiguousArray<(hash: UInt32, row: UInt32)> = []
        var externalIDs: ContiguousArray<(hash: UInt32, row: UInt32)> = []
    }

    private func addKeys(of row: Int, to keys: inout CustomerKeys) {
        arena.withBytes(customers.profile[row]) { profile in
            if customers.isStanding(row), let email = ProfileRecord.text(.email, in: profile) {
                keys.emails.append((Hashing.hash(email: email, customers.accountType[row]), UInt32(row)))
            }
            if let externalID = ProfileRecord.text(.externalID, in: profile) {
                keys.externalIDs.append((Hashing.hash(externalID), UInt32(row)))
            }
        }
    }
}
