import CustomerDomain
import TestSupport

@testable import CustomerProjections

extension SeededGenerator {
    /// A state of many customers without a history, whose columns have few or many different values.
    mutating func table(rowCount: Int) -> OrganizationState {
        var state = OrganizationState()
        let spread = pick([2, 5, 1_000, 1_000_000_000])
        let heavy = chance(1, in: 2)
        for row in 0..<rowCount {
            let id = CustomerID(high: UInt64(row), low: 0)
            _ = state.customers.append(id: id, accountType: .guest, createdAt: Int64(below(spread)))
            change(row, of: &state, spread: spread, heavy: heavy)
        }
        return state
    }

    /// Gives a customer other values in all columns but the first.
    mutating func change(_ row: Int, of state: inout OrganizationState, spread: Int, heavy: Bool) {
        func value() -> Int64 { heavy && chance(9, in: 10) ? 0 : Int64(below(spread)) - 2 }
        state.customers.updatedAt[row] = value()
        state.customers.grossSpent[row] = value()
        state.customers.orderCount[row] = value()
        state.customers.lastOrderAt[row] = chance(1, in: 3) ? noTime : value()
        var record = ProfileRecord()
        let stem = heavy ? "jennifer aniston " : ""
        if chance(9, in: 10) { record.firstName = stem + String(below(min(spread, 4_000))) }
        if chance(1, in: 10) { record.firstName = "Jennifer" }
        if chance(9, in: 10) { record.email = "\(below(spread))@x" }
        state.store(record, of: row)
        if chance(1, in: 2) { state.customers.points[row] = value() }
    }
}
