import CustomerDomain
import EventSourcing

extension OrganizationState {
    mutating func place(_ order: PlacedOrderView, _ record: RecordView, _ row: Int) {
        if settings.currency == nil { setCurrency(order.currency) }
        let placedAt = record.occurredAt.microseconds
        let total = order.total
        let orderRow = orders.append(order, record, customer: row, previous: customers.lastOrder[row])
        let number = order.number?.bytes ?? UnsafeBufferPointer(start: nil, count: 0)
        orders.number.append(arena.insert(number))
        if !isReplaying { orders.index.insert(Hashing.hash(number), orderRow) }
        spending.recordedAmount += total
        count(1, total, order.currency, of: row)
        noteNames(order.recipientFirstName, order.recipientLastName, of: row)
        // No decision does this, but an order that was born cancelled must not count.
        if order.status == .cancelled { count(-1, -total, order.currency, of: row) }
        if isReplaying || order.status == .cancelled {
            customers.lastOrder[row] = orderRow
        } else {
            noteTime(placedAt, of: orderRow, row)
        }
    }

    /// Keeps right what follows from the time of an order that a customer placed just now.
    private mutating func noteTime(_ placedAt: Int64, of orderRow: UInt32, _ row: Int) {
        let last = customers.lastOrderAt[row]
        guard last == noTime || placedAt >= last else {
            changeOrderTimes(of: row) { $0.customers.lastOrder[row] = orderRow }
            return
        }
        let quarter = QuarterHistogram.quarter(placedAt)
        if last != noTime {
            retention.add(-1, order: QuarterHistogram.quarter(last), next: nil)
            retention.add(1, order: QuarterHistogram.quarter(last), next: quarter)
        }
        retention.add(1, order: quarter, next: nil)
        customers.lastOrder[row] = orderRow
        changeActivity(of: row) { $0.customers.lastOrderAt[row] = placedAt }
        if last == noTime { customers.firstOrderAt[row] = placedAt }
    }

    mutating func changeOrder(_ change: OrderStatusView, of row: Int) {
        let number = change.number?.bytes ?? UnsafeBufferPointer(start: nil, count: 0)
        guard let orderRow = orderRow(number, of: row) else { return }
        if let status = change.status { orders.status[orderRow] = status }
        if let fulfillment = change.fulfillmentStatus { orders.fulfillment[orderRow] = fulfillment }
    }

    mutating func cancelOrder(_ number: String, of row: Int) {
        guard let orderRow = orderRow(number, of: row), orders.status[orderRow] != .cancelled else { return }
        let row = Int(orders.customer[orderRow])
        changeOrderTimes(of: row) { $0.orders.status[orderRow] = .cancelled }
        count(-1, -orders.total[orderRow], orders.currency[orderRow], of: row)
        addSums(0, 0, -orders.refunded(orderRow), orders.currency[orderRow], of: row)
    }

    mutating func record(_ refund: Refund, _ row: Int) {
        refundReferences.insert(refund.reference)
        spending.recordedAmount += refund.amount.minorUnits
        var owner = row
        if let number = refund.orderNumber, let orderRow = orderRow(number, of: row) {
            orders.addRefund(refund.amount.minorUnits, to: orderRow)
            owner = Int(orders.customer[orderRow])
            // What went back on an order that does not count does not count either.
            if orders.status[orderRow] == .cancelled { return }
        }
        addSums(0, 0, refund.amount.minorUnits, refund.amount.currency, of: owner)
    }

    /// Does `change` to the orders of a customer, and keeps right what follows from their times.
    private mutating func changeOrderTimes(of row: Int, _ change: (inout OrganizationState) -> Void) {
        countRetention(-1, of: row)
        change(&self)
        countRetention(1, of: row)
        countOrderTimes(of: row)
    }

    /// Makes the first and the last order of a customer anew.
    mutating func countOrderTimes(of row: Int) {
        guard !isReplaying else { return }
        let (first, last) = orderTimes(of: row)
        customers.firstOrderAt[row] = first
        changeActivity(of: row) { $0.customers.lastOrderAt[row] = last }
    }

    /// Counts (`1`) or no longer counts (`-1`) the orders of a customer.
    mutating func countRetention(_ delta: Int32, of row: Int) {
        if !isReplaying { retention.add(delta, orders: orderQuarters(of: row)) }
    }

    private func orderTimes(of row: Int) -> (first: Int64, last: Int64) {
        var first = Int64.max
        var last = noTime
        orders.forEach(from: customers.lastOrder[row]) { order in
            guard orders.status[order] != .cancelled else { return }
            first = min(first, orders.placedAt[order])
            last = max(last, orders.placedAt[order])
        }
        return (last == noTime ? noTime : first, last)
    }

    /// The quarters of a customer's orders that were not cancelled, rising.
    func orderQuarters(of row: Int) -> [Int] {
        var quarters: [Int] = []
        orders.forEach(from: customers.lastOrder[row]) { order in
            if orders.status[order] != .cancelled {
                quarters.append(QuarterHistogram.quarter(orders.placedAt[order]))
            }
        }
        quarters.sort()
        return quarters
    }

    private mutating func count(_ orderCount: Int64, _ gross: Int64, _ currency: CurrencyCode, of row: Int) {
        customers.orderCount[row] += orderCount
        spending.allOrderCount += orderCount
        addSums(orderCount, gross, 0, currency, of: row)
    }

    private mutating func addSums(
        _ orderCount: Int64,
        _ gross: Int64,
        _ refunded: Int64,
        _ currency: CurrencyCode,
        of row: Int
    ) {
        guard currency == settings.currency else {
            spending.addOther(
                CurrencyTotals(currency: currency, orderCount: orderCount, grossSpent: gross, refunded: refunded),
                to: row
            )
            return
        }
        let count = customers.orderCount[row] - spending.otherOrderCount(row)
        if orderCount > 0, count == orderCount { spending.buyerCount += 1 }
        if orderCount < 0, count == 0 { spending.buyerCount -= 1 }
        spending.orderCount += orderCount
        spending.grossSpent += gross
        spending.refunded += refunded
        customers.grossSpent[row] += gross
        customers.refunded[row] += refunded
    }

    /// The row of the order of this number.
    func orderRow(_ number: String) -> Int? {
        var number = number
        return number.withUTF8 { orderRow($0) }
    }

    private func orderRow(_ number: UnsafeBufferPointer<UInt8>) -> Int? {
        orders.index.find(Hashing.hash(number)) { isNumber(number, of: Int($0)) }.map(Int.init)
    }

    /// The row of the order of this number, which an event of this customer names.
    mutating func orderRow(_ number: String, of row: Int) -> Int? {
        var number = number
        return number.withUTF8 { orderRow($0, of: row) }
    }

    /// The row of the order of this number, which an event of this customer names.
    ///
    /// Nearly always one of its latest, found without the index, which a replay may not have yet.
    mutating func orderRow(_ number: UnsafeBufferPointer<UInt8>, of row: Int) -> Int? {
        var order = customers.lastOrder[row]
        for _ in 0..<4 where order != noRow {
            if isNumber(number, of: Int(order)) { return Int(order) }
            order = orders.previous[Int(order)]
        }
        if isReplaying { indexOrders() }
        return orderRow(number)
    }

    @inline(__always)
    private func isNumber(_ number: UnsafeBufferPointer<UInt8>, of order: Int) -> Bool {
        arena.withBytes(orders.number[order]) { isText($0, number) }
    }

    // MARK: Settings

    mutating func configure(_ new: OrganizationSettings) {
        let currency = settings.currency
        settings = new
        settings.currency = currency
        if let chosen = new.currency {
            setCurrency(chosen)
        } else if !hasOrders {
            setCurrency(nil)
        }
        let window = RetentionCounter(windowDays: new.activityWindowDays)
        guard window.window != retention.window else { return }
        retention = window
        guard !isReplaying else { return }
        for row in 0..<customers.count where customers.lastOrder[row] != noRow {
            retention.add(1, orders: orderQuarters(of: row))
        }
    }

    /// Changes the currency of totals: sums in the old one are set apart, sums in the new one come in.
    private mutating func setCurrency(_ currency: CurrencyCode?) {
        guard currency != settings.currency else { return }
        let old = settings.currency
        for row in 0..<customers.count {
            var totals = spending.others[UInt32(row)] ?? []
            let sums = (
                customers.orderCount[row] - spending.otherOrderCount(row), customers.grossSpent[row],
                customers.refunded[row]
            )
            guard !totals.isEmpty || sums != (0, 0, 0) else { continue }
            if let old, sums != (0, 0, 0) {
                totals.append(
                    CurrencyTotals(currency: old, orderCount: sums.0, grossSpent: sums.1, refunded: sums.2)
                )
                totals.sort { $0.currency.packed < $1.currency.packed }
            }
            let own = totals.first { $0.currency == currency }
            totals.removeAll { $0.currency == currency }
            customers.grossSpent[row] = own?.grossSpent ?? 0
            customers.refunded[row] = own?.refunded ?? 0
            spending.others[UInt32(row)] = totals.isEmpty ? nil : totals
        }
        settings.currency = currency
        lastSharedChange = head
        recountSpending()
    }

    private mutating func recountSpending() {
        spending.orderCount = 0
        spending.buyerCount = 0
        for row in 0..<customers.count {
            let count = customers.orderCount[row] - spending.otherOrderCount(row)
            spending.orderCount += count
            if count > 0 { spending.buyerCount += 1 }
        }
        spending.grossSpent = customers.grossSpent.values.reduce(0, +)
        spending.refunded = customers.refunded.reduce(0, +)
    }
}

extension OrderTable {
    /// Adds the row of an order, all but its number.
    fileprivate mutating func append(
        _ order: PlacedOrderView,
        _ record: RecordView,
        customer row: Int,
        previous before: UInt32
    ) -> UInt32 {
        customer.append(UInt32(row))
        sequence.append(record.sequence.value)
        placedAt.append(record.occurredAt.microseconds)
        total.append(order.total)
        pointsEarned.append(0)
        currency.append(order.currency)
        status.append(order.status)
        fulfillment.append(order.fulfillmentStatus)
        previous.append(before)
        itemCount.append(UInt32(clamping: order.itemCount))
        return UInt32(customer.count - 1)
    }
}
