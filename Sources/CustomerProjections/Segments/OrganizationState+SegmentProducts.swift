import CustomerDomain

// Products by customer: from the lines of the products asked for, found in the table of orders by their places in the log.
extension OrganizationState {
    func keep(_ criteria: ProductCriteria, _ isNegated: Bool, in matches: inout Bitmap, at time: QueryTime) {
        let filter = ProductFilter(criteria, time)
        var tallies: [UInt32: OrderTally] = [:]
        func count(_ order: Int, _ quantity: Int64) {
            guard orders.status[order] != .cancelled, filter.times.contains(orders.placedAt[order]) else { return }
            tallies[orders.customer[order], default: OrderTally()].count += 1
            tallies[orders.customer[order], default: OrderTally()].sum += quantity
        }
        if let skus = criteria.skus {
            guard let products = time.products.index else {
                matches = Bitmap(rowCount: customers.count)
                return
            }
            var quantities: [UInt64: Int64] = [:]
            for sku in Set(skus) { products.forEachLine(of: sku) { quantities[$0, default: 0] += $1 } }
            for (sequence, quantity) in quantities {
                let order = orders.sequence.lowerBound(of: sequence)
                if order < orders.count, orders.sequence[order] == sequence { count(order, quantity) }
            }
        } else {
            for order in 0..<orders.count { count(order, Int64(orders.itemCount[order])) }
        }
        matches.filterEach { row in filter.holds(tallies[UInt32(row)] ?? OrderTally()) != isNegated }
    }
}

/// Which purchases count, in the terms of the tables; a tally's sum is of pieces.
struct ProductFilter {
    let times: ValueRanges
    private let counts: ValueRanges?
    private let quantities: ValueRanges?

    init(_ criteria: ProductCriteria, _ time: QueryTime) {
        times = criteria.date.map { ValueRanges($0, today: time.today).times(time.calendar) } ?? .all
        counts = criteria.count.map { ValueRanges($0) }
        quantities = criteria.quantity.map { ValueRanges($0) }
    }

    func holds(_ tally: OrderTally) -> Bool {
        guard counts != nil || quantities != nil else { return tally.count > 0 }
        return counts.map { $0.contains(tally.count) } ?? true && quantities.map { $0.contains(tally.sum) } ?? true
    }
}
