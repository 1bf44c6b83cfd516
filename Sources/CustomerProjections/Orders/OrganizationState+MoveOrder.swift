import CustomerDomain

extension OrganizationState {
    /// Gives an order to another customer, with what it counts.
    ///
    /// Costs time as both have orders.
    mutating func moveOrder(_ number: String, to row: Int) {
        guard let order = orderRow(number, of: row) else { return }
        let source = Int(orders.customer[order])
        guard source != row else { return }
        for customer in [source, row] { countRetention(-1, of: customer) }
        let buyerCount = [source, row].count { ownOrderCount($0) > 0 }
        let (rest, taken) = orders.split(customers.lastOrder[source], taking: [UInt32(order)], customer: UInt32(row))
        customers.lastOrder[source] = rest
        customers.lastOrder[row] = orders.join(customers.lastOrder[row], taken, customer: UInt32(row))
        orders.formerCustomers[UInt32(order), default: []].append(UInt32(source))
        if orders.status[order] != .cancelled {
            let totals = CurrencyTotals(
                currency: orders.currency[order],
                orderCount: 1,
                grossSpent: orders.total[order],
                refunded: orders.refunded(order)
            )
            add(totals, to: row)
            add(totals.negated, to: source)
            spending.dropZeroes(of: source)
        }
        let newBuyerCount = [source, row].count { ownOrderCount($0) > 0 }
        spending.buyerCount += newBuyerCount - buyerCount
        for customer in [source, row] {
            countRetention(1, of: customer)
            countOrderTimes(of: customer)
        }
    }
}
