import CustomerDomain

/// Sums of money beside those of the customer table: of the organization, and of customers in other currencies.
struct SpendingTable: Sendable {
    /// In the organization's currency.
    var orderCount: Int64 = 0
    var grossSpent: Int64 = 0
    var refunded: Int64 = 0
    /// Orders that were not cancelled, in all currencies.
    var allOrderCount: Int64 = 0
    /// Customers with an order in the organization's currency that was not cancelled, erased ones among them.
    var buyerCount = 0
    /// Everything ever ordered or paid back, whatever currency and status.
    var recordedAmount: Int64 = 0
    /// By customer, in currencies other than the organization's, by their codes.
    var others: [UInt32: [CurrencyTotals]] = [:]

    /// Orders of a customer in other currencies.
    @inline(__always)
    func otherOrderCount(_ row: Int) -> Int64 {
        others.isEmpty ? 0 : others[UInt32(row)]?.reduce(0) { $0 + $1.orderCount } ?? 0
    }

    mutating func addOther(_ totals: CurrencyTotals, to row: Int) {
        var list = others[UInt32(row)] ?? []
        let code = totals.currency.packed
        let place = list.firstIndex { $0.currency.packed >= code } ?? list.count
        if place < list.count, list[place].currency == totals.currency {
            list[place].orderCount += totals.orderCount
            list[place].grossSpent += totals.grossSpent
            list[place].refunded += totals.refunded
        } else {
            list.insert(totals, at: place)
        }
        others[UInt32(row)] = list
    }
}
