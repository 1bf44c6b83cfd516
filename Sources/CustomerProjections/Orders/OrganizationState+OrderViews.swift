public import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// The order of this number.
    public func orderView(_ number: String) -> OrderView? { orderRow(number).map { orderView($0) } }

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
        return try rowOrder(query).select(query.page, ofFew: rows, fingerprint: query.fingerprint)
            .map { orderView($0) }
    }

    /// Orders of the organization.
    ///
    /// Costs time in proportion to the organization's orders, at some nanoseconds each, unless a customer is named.
    public func orders(_ query: OrderQuery) throws(QueryError) -> OrderPage {
        if let customer = query.customer { return try orders(of: customer, query) }
        var matches = Bitmap(rowCount: orders.count)
        matches.insertAll(rowCount: orders.count)
        if let status = query.status {
            orders.status.withUnsafeBufferPointer { column in
                matches.filter(rowCount: orders.count) { column[$0] == status }
            }
        }
        if let fulfillment = query.fulfillmentStatus {
            orders.fulfillment.withUnsafeBufferPointer { column in
                matches.filter(rowCount: orders.count) { column[$0] == fulfillment }
            }
        }
        return try rowOrder(query).select(query.page, of: matches, matches.count, fingerprint: query.fingerprint)
            .map { orderView($0) }
    }

    private func rowOrder(_ query: OrderQuery) -> RowOrder {
        let keys = query.keys.map { key in
            RowOrder.Key(isDescending: key.isDescending, column: orders.sortKeyColumn(key.field))
        }
        return RowOrder(keys: keys, texts: orders.number, arena: arena)
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
            itemCount: Int64(orders.itemCount[row]),
            formerCustomers: (orders.formerCustomers[UInt32(row)] ?? []).map { CustomerOrdinal($0) }
        )
    }
}

extension OrderQuery {
    /// What is sorted by.
    fileprivate var keys: [OrderSortKey] { sort.isEmpty ? [OrderSortKey(.placedAt, descending: true)] : sort }

    /// Tells queries apart that differ in filter or order; the page does not matter.
    fileprivate var fingerprint: UInt64 {
        var print = Fingerprint()
        print.add(UInt8(status?.rawValue ?? 0))
        print.add(UInt8(fulfillmentStatus?.rawValue ?? 0))
        print.add(customer.map { Int64($0.value) })
        for key in keys {
            print.add(key.field.rawValue)
            print.add(UInt8(key.isDescending ? 1 : 0))
        }
        return print.value
    }
}
