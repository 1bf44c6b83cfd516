import CustomerDomain

// Orders counted by customer: from the table of orders where many are asked about, else from the chain of each.
extension OrganizationState {
    func keep(_ criteria: OrderCriteria, _ isNegated: Bool, in matches: inout Bitmap, at time: QueryTime) {
        let filter = OrderFilter(criteria, settings.currency, time)
        let orders = orders
        // A step along a chain waits for memory, a step along the columns does not.
        if matches.count * 16 < customers.count {
            matches.filterEach { row in
                var tally = OrderTally()
                orders.forEach(from: customers.lastOrder[row]) { filter.count($0, orders, &tally) }
                return filter.holds(tally) != isNegated
            }
        } else if filter.isAnyEnough {
            var buyers = Bitmap(rowCount: customers.count)
            buyers.words.withUnsafeMutableBufferPointer { words in
                for order in 0..<orders.count {
                    let row = orders.customer[order]
                    words[Int(row >> 6)] |= (filter.counts(order, orders) ? 1 : 0) << UInt64(row & 63)
                }
            }
            if isNegated { matches.subtract(buyers) } else { matches.formIntersection(buyers) }
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

    /// Counts an order.
    @inline(__always)
    mutating func add(_ amount: Int64) {
        count += 1
        sum += amount
    }
}

/// Which orders count, in the terms of the table.
struct OrderFilter {
    /// By raw value.
    private let statuses: UInt64
    private let hasTimes: Bool
    private let times: ValueRanges
    private let hasAmounts: Bool
    private let amounts: ValueRanges
    private let counts: ValueRanges
    private let sums: ValueRanges
    private let currency: CurrencyCode?

    init(_ criteria: OrderCriteria, _ currency: CurrencyCode?, _ time: QueryTime) {
        let digits = currency?.minorDigitCount ?? 2
        let statuses = criteria.statuses ?? OrderStatus.allCases.filter { $0 != .cancelled }
        self.statuses = statuses.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
        hasTimes = criteria.date != nil
        times = criteria.date.map { ValueRanges($0, today: time.today).times(time.calendar) } ?? .all
        hasAmounts = criteria.amount != nil
        amounts = criteria.amount.map { ValueRanges($0, digits: digits) } ?? .all
        counts = criteria.count.map { ValueRanges($0) } ?? Self.any
        sums = criteria.sum.map { ValueRanges($0, digits: digits) } ?? .all
        self.currency = currency
    }

    private static let any = ValueRanges([1...(.max)])

    /// Whether one order that counts is all that is asked for.
    var isAnyEnough: Bool { sums == .all && counts == Self.any }

    /// Whether an order counts; a column that nothing is asked of is not looked at.
    @inline(__always)
    func counts(_ order: Int, _ orders: OrderTable) -> Bool {
        guard statuses >> UInt64(orders.status[order].rawValue) & 1 == 1 else { return false }
        if hasTimes, !times.contains(orders.placedAt[order]) { return false }
        return !hasAmounts || orders.currency[order] == currency && amounts.contains(orders.total[order])
    }

    /// Counts an order, when it does.
    @inline(__always)
    func count(_ order: Int, _ orders: OrderTable, _ tally: inout OrderTally) {
        if counts(order, orders) { tally.add(orders.currency[order] == currency ? orders.total[order] : 0) }
    }

    @inline(__always)
    func holds(_ tally: OrderTally) -> Bool { counts.contains(tally.count) && sums.contains(tally.sum) }
}
