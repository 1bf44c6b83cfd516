public import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// The order of this number.
    public func orderView(_ number: String) -> OrderView? { orderRow(number).map(orderView) }

    /// Orders of one customer, whatever `query.customer`; of a merged customer, those of the survivor.
    ///
    /// Costs time in proportion to the customer's orders.
    public func orders(of customer: CustomerOrdinal, _ query: OrderQuery) throws(QueryError) -> OrderPage {
        var row = customer.index
        while customers.mergedInto[row] != noRow { row = Int(customers.mergedInto[row]) }
        var rows: [Int] = []
        orders.forEach(from: customers.lastOrder[row]) { if matches(query, $0) { rows.append($0) } }
        var query = query
        query.customer = CustomerOrdinal(UInt32(row))
        return try page(query, rows)
    }

    /// Orders of the organization.
    ///
    /// Costs time in proportion to the organization's orders, unless a customer is named.
    public func orders(_ query: OrderQuery) throws(QueryError) -> OrderPage {
        if let customer = query.customer { return try orders(of: customer, query) }
        var rows: [Int] = []
        for row in 0..<orders.count where matches(query, row) { rows.append(row) }
        return try page(query, rows)
    }

    private func matches(_ query: OrderQuery, _ row: Int) -> Bool {
        if let status = query.status, orders.status[row] != status { return false }
        if let fulfillment = query.fulfillmentStatus, orders.fulfillment[row] != fulfillment { return false }
        return true
    }

    func orderView(_ row: Int) -> OrderView {
        let owner = Int(orders.customer[row])
        return OrderView(
            number: arena.withBytes(orders.number[row]) { String(utf8: $0) },
            customer: customers.status[owner] == .erased ? nil : customers.ids[owner],
            customerOrdinal: CustomerOrdinal(orders.customer[row]),
            sequence: SequenceNumber(orders.sequence[row]),
            placedAt: Timestamp(microseconds: orders.placedAt[row]),
            status: orders.status[row],
            fulfillmentStatus: orders.fulfillment[row],
            total: Money(minorUnits: orders.total[row], currency: orders.currency[row]),
            refunded: orders.refunded(row),
            pointsEarned: orders.pointsEarned[row],
            itemCount: Int64(orders.itemCount[row])
        )
    }

    // MARK: Paging

    private func page(_ query: OrderQuery, _ rows: [Int]) throws(QueryError) -> OrderPage {
        let keys = query.sort.isEmpty ? [OrderSortKey(.placedAt, descending: true)] : query.sort
        let fingerprint = query.fingerprint(sort: keys)
        var rest = rows
        var skipped = 0
        switch query.page {
        case .offset(let limit, let offset):
            guard limit > 0, offset >= 0 else { throw .invalidPage(limit: limit, offset: offset) }
            skipped = min(offset, rest.count)
        case .cursor(let text, let limit):
            guard limit > 0 else { throw .invalidPage(limit: limit, offset: 0) }
            if let text {
                let cursor = try Cursor(text, fingerprint: fingerprint, keyCount: keys.count)
                rest.removeAll { !follows($0, cursor, keys) }
            }
        }
        let end = skipped + min(query.page.limit, rest.count - skipped)
        let places = smallest(rest, end) { orders(one: $0, other: $1, keys) }
        let hasMore = end < rest.count
        var next: String?
        if hasMore, end > skipped, let last = places.last {
            next = Cursor(fingerprint: fingerprint, values: values(of: last, keys), row: UInt32(last)).text
        }
        return OrderPage(
            elements: places[skipped...].map(orderView),
            count: rows.count,
            hasMore: hasMore,
            nextCursor: next
        )
    }

    private func orders(one: Int, other: Int, _ keys: [OrderSortKey]) -> Bool {
        for key in keys {
            let (first, second) = (value(of: one, key.field), value(of: other, key.field))
            if first != second { return first.precedes(second) != key.isDescending }
        }
        return keys.last?.isDescending ?? false ? one > other : one < other
    }

    private func follows(_ row: Int, _ cursor: Cursor, _ keys: [OrderSortKey]) -> Bool {
        for (key, bound) in zip(keys, cursor.values) {
            let value = value(of: row, key.field)
            if value != bound { return bound.precedes(value) != key.isDescending }
        }
        return keys.last?.isDescending ?? false ? row < Int(cursor.row) : row > Int(cursor.row)
    }

    private func values(of row: Int, _ keys: [OrderSortKey]) -> [Cursor.Value] {
        keys.map { value(of: row, $0.field) }
    }

    private func value(of row: Int, _ field: OrderSortKey.Field) -> Cursor.Value {
        switch field {
        case .placedAt: .number(orders.placedAt[row])
        case .total: .number(orders.total[row])
        case .number: arena.withBytes(orders.number[row]) { .text(Array($0)) }
        }
    }
}

extension Cursor.Value {
    /// Whether the value sorts before another of its kind.
    fileprivate func precedes(_ other: Cursor.Value) -> Bool {
        switch (self, other) {
        case (.number(let one), .number(let other)): one < other
        case (.text(let one), .text(let other)): one.lexicographicallyPrecedes(other)
        default: false
        }
    }
}

extension OrderQuery {
    /// Tells queries apart that differ in filter or order; the page does not matter.
    fileprivate func fingerprint(sort: [OrderSortKey]) -> UInt64 {
        var print = Fingerprint()
        print.add(UInt8(status?.rawValue ?? 0))
        print.add(UInt8(fulfillmentStatus?.rawValue ?? 0))
        print.add(customer.map { Int64($0.value) })
        for key in sort {
            print.add(key.field.rawValue)
            print.add(UInt8(key.isDescending ? 1 : 0))
        }
        return print.value
    }
}

/// The first `count` rows of an order, sorted.
private func smallest(_ rows: [Int], _ count: Int, _ precedes: (Int, Int) -> Bool) -> [Int] {
    guard count < rows.count / 8 else { return Array(rows.sorted(by: precedes).prefix(count)) }
    var best: [Int] = []
    for row in rows {
        if best.count == count, let last = best.last, !precedes(row, last) { continue }
        if best.count == count { best.removeLast() }
        let place = best.partitioningIndex { precedes(row, $0) }
        best.insert(row, at: place)
    }
    return best
}

extension [Int] {
    /// The first index whose element satisfies a predicate that later elements satisfy, too.
    fileprivate func partitioningIndex(_ predicate: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if predicate(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
