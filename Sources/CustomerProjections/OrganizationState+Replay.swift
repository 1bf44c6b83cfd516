import CustomerDomain
import EventSourcing

// What only answers questions is built at the end of a replay, in one pass: each text is folded once, however often it
// changed, and rows come by rising number. What `apply` itself asks for is kept up by each event.
extension OrganizationState {
    /// Puts off identifier, e-mail and search indexes until ``finishReplay()``; until then ask nothing but ``head``.
    ///
    /// Does nothing to a state that holds events, whose indexes are there.
    public mutating func beginReplay() {
        isReplaying = head == .none
    }

    /// Builds what ``beginReplay()`` put off, and keeps it up from then on.
    ///
    /// Costs time in proportion to the number of customers.
    public mutating func finishReplay() {
        guard isReplaying else { return }
        isReplaying = false
        for row in 0..<customers.count { writeSearchText(of: row) }
        indexCustomers()
        search = SearchIndex(texts: customers.searchText, arena: arena)
    }

    /// Makes the indexes that customers are found by, but for the search index, of a state that has none of them.
    mutating func indexCustomers() {
        var keys = CustomerKeys()
        for row in 0..<customers.count { addKeys(of: row, to: &keys) }
        rowByID = HashIndex(keys.ids)
        rowByEmail = HashIndex(keys.emails)
        rowByExternalID = HashIndex(keys.externalIDs)
    }

    /// The hashes that customers are found by.
    private struct CustomerKeys {
        var ids: ContiguousArray<(hash: UInt32, row: UInt32)> = []
        var emails: ContiguousArray<(hash: UInt32, row: UInt32)> = []
        var externalIDs: ContiguousArray<(hash: UInt32, row: UInt32)> = []
    }

    private func addKeys(of row: Int, to keys: inout CustomerKeys) {
        let id = customers.ids[row]
        keys.ids.append((Hashing.hash(id.high, id.low), UInt32(row)))
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
