import CustomerDomain

// Orders counted by customer: from the table of orders where many are asked about, else from the chain of each.
extension OrganizationState {
    func keep(_ criteria: OrderCriteria, _ isNegated: Bool, in matches: inout Bitmap, at time: QueryTime) {
        let filter = OrderFilter(criteria, settings.currency, time)
        // A step along a chain waits for memory, a step along the columns does not.
        if matches.count * 16 < customers.count {
            matches.filterEach { row in
                var tally = OrderTally()
                orders.forEach(from: customers.lastOrder[row]) { filter.count($0, orders, &tally) }
                return filter.holds(tally) != isNegated
            }
        } else {
            var tallies = ContiguousArray(repeating: OrderTally(), count: customers.count)
            for order in 0..<orders.count { filter.count(order, orders, &tallies[Int(orders.customer[order])]) }
            matches.filter(rowCount: customers.count) { filter.holds(tallies[$0]) != isNegated }
        }
    }
}

/// The orders of one customer that count, so far.
struct OrderTally {
    var count: Int64 = 0
    var sum: Int64 = 0
}

/// Which orders count, in the terms of the table.
struct OrderFilter {
    private let isStatusIn: [Bool]
    private let times: ValueRanges
    private let amounts: ValueRanges?
    private let counts: ValueRanges
    private let sums: ValueRanges?
    private let currency: CurrencyCode?

    init(_ criteria: OrderCriteria, _ currency: CurrencyCode?, _ time: QueryTime) {
        let digits = currency?.minorDigitCount ?? 2
        let statuses = criteria.statuses ?? OrderStatus.allCases.filter { $0 != .cancelled }
        isStatusIn = (0...Int(OrderStatus.cancelled.rawValue))
            .map { OrderStatus(rawValue: UInt8($0)).map { statuses.contains($0) } ?? false }
        times = criteria.date.map { ValueRanges($0, today: time.today).times(time.calendar) } ?? .all
        amounts = criteria.amount.map { ValueRanges($0, digits: digits) }
        counts = criteria.count.map { ValueRanges($0) } ?? ValueRanges([1...(.max)])
        sums = criteria.sum.map { ValueRanges($0, digits: digits) }
        self.currency = currency
    }

    /// Counts an order, when it does.
    @inline(__always)
    func count(_ order: Int, _ orders: OrderTable, _ tally: inout OrderTally) {
        guard isStatusIn[Int(orders.status[order].rawValue)], times.contains(orders.placedAt[order]) else { return }
        let isOwnCurrency = orders.currency[order] == currency
        if let amounts, !isOwnCurrency || !amounts.contains(orders.total[order]) { return }
        tally.count += 1
        if isOwnCurrency { tally.sum += orders.total[order] }
    }

    func holds(_ tally: OrderTally) -> Bool {
        counts.contains(tally.count) && sums.map { $0.contains(tally.sum) } ?? true
    }
}
