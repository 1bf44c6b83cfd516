import CustomerDomain

// Products by customer: from the lines of the products asked for, found in the table of orders by their places in the log.
extension OrganizationState {
    func keep(_ criteria: ProductCriteria, _ isNegated: Bool, in matches: inout Bitmap, at time: QueryTime) {
        let filter = ProductFilter(criteria, time)
        let orders = orders
        guard let skus = criteria.skus else {
            var tallies = ContiguousArray(repeating: OrderTally(), count: customers.count)
            for order in 0..<orders.count where filter.counts(order, orders) {
                tallies[Int(orders.customer[order])].add(Int64(orders.itemCount[order]))
            }
            matches.filter(rowCount: customers.count) { filter.holds(tallies[$0]) != isNegated }
            return
        }
        guard let products = time.products.index else {
            matches = Bitmap(rowCount: customers.count)
            return
        }
        var quantities: [UInt64: Int64] = [:]
        for sku in Set(skus) { products.forEachLine(of: sku) { quantities[$0, default: 0] += $1 } }
        var tallies: [UInt32: OrderTally] = [:]
        for (sequence, quantity) in quantities {
            let order = orders.sequence.lowerBound(of: sequence)
            guard order < orders.count, orders.sequence[order] == sequence, filter.counts(order, orders) else {
                continue
            }
            tallies[orders.customer[order], default: OrderTally()].add(quantity)
        }
        // Who bought nothing of it are all but a few.
        let isRestIn = filter.holds(OrderTally()) != isNegated
        var others = Bitmap(rowCount: customers.count)
        for (row, tally) in tallies where (filter.holds(tally) != isNegated) != isRestIn { others[Int(row)] = true }
        if isRestIn { matches.subtract(others) } else { matches.formIntersection(others) }
    }
}

/// Which purchases count, in the terms of the tables; a tally's sum is of pieces.
struct ProductFilter {
    private let times: ValueRanges
    private let counts: ValueRanges?
    private let quantities: ValueRanges?

    init(_ criteria: ProductCriteria, _ time: QueryTime) {
        times = criteria.date.map { ValueRanges($0, today: time.today).times(time.calendar) } ?? .all
        counts = criteria.count.map { ValueRanges($0) }
        quantities = criteria.quantity.map { ValueRanges($0) }
    }

    /// Whether an order counts, when the products are in it.
    @inline(__always)
    func counts(_ order: Int, _ orders: OrderTable) -> Bool {
        orders.status[order] != .cancelled && times.contains(orders.placedAt[order])
    }

    func holds(_ tally: OrderTally) -> Bool {
        guard counts != nil || quantities != nil else { return tally.count > 0 }
        return counts.map { $0.contains(tally.count) } ?? true && quantities.map { $0.contains(tally.sum) } ?? true
    }
}
