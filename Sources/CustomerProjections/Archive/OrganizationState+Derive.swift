import CustomerDomain

// What a loaded state makes of the rest instead of having kept it.
extension OrganizationState {
    mutating func deriveColumns() {
        tagged = ContiguousArray(repeating: OrdinalSet(), count: tagNames.count)
        customers.deriveStanding()
        for row in 0..<customers.count {
            for code in arena.numbers(at: customers.tags[row]) { tagged[Int(code)].insert(UInt32(row)) }
            showAccount(of: row)
            guard customers.isStanding(row) else { continue }
            for group in arena.numbers(at: customers.groups[row]) {
                groups.rows[Int(group)].members.insert(UInt32(row))
            }
        }
        consents.updateAllCodes()
        customers.buildIndexes()
        indexOrders()
    }
}
