import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// Forgets the person, and all who were merged into it; orders, points and sums stay.
    mutating func erase(_ row: Int) {
        if customers.isStanding(row) {
            unindexEmail(record(of: row).email, of: row)
            for group in arena.numbers(at: customers.groups[row]) {
                groups.rows[Int(group)].members.remove(UInt32(row))
            }
        }
        changeActivity(of: row) { $0.customers.setStatus(.erased, of: row) }
        dataRequests.lapse(of: row, in: head.value)
        dropLedger(of: row)
        forget(row)
        for merged in mergedRows[UInt32(row)] ?? [] { erase(Int(merged)) }
    }

    private mutating func forget(_ row: Int) {
        var record = ProfileRecord()
        record.externalID = self.record(of: row).externalID
        arena.remove(&customers.profile[row])
        store(record, of: row)
        if !isReplaying { search.textErased(of: row, texts: customers.searchText, arena: arena) }
        arena.remove(&customers.metadata[row])
        noteLanguage(of: row)
        contacts[row] = Contacts()
        editAddresses(of: row) { $0.addresses = [] }
    }
}
