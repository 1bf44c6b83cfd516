import CustomerDomain

extension OrganizationState {
    func archiveOrders(into writer: inout ArchiveWriter) throws {
        try writer.begin(.orders)
        try writer.add(column: orders.customer)
        try writer.add(column: orders.count) { orders.sequence[$0] }
        try writer.add(column: orders.placedAt)
        try writer.add(column: orders.total)
        try writer.add(column: orders.count) { orders.pointsEarned[$0] }
        try writer.add(column: orders.count) { orders.currency[$0].packed }
        try writer.add(column: orders.count) { orders.status[$0].rawValue }
        try writer.add(column: orders.count) { orders.fulfillment[$0].rawValue }
        try writer.add(column: orders.previous)
        try writer.add(column: orders.count) { orders.itemCount[$0] }
        try writer.add(blobs: orders.count) { row, blob in
            arena.withBytes(orders.number[row]) { blob.append(contentsOf: $0) }
        }
        let refunded = orders.refundedByRow.sorted { $0.key < $1.key }
        try writer.add(column: refunded.count) { refunded[$0].key }
        try writer.add(column: refunded.count) { refunded[$0].value }
        let moved = orders.formerCustomers.sorted { $0.key < $1.key }
        try writer.add(UInt64(moved.count))
        for (row, customers) in moved {
            try writer.add(row)
            try writer.add(column: customers)
        }
        try writer.add(refundReferences.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    mutating func loadOrders(from reader: inout ArchiveReader) throws {
        try reader.begin(.orders)
        orders.customer = try reader.column()
        let count = orders.count
        try reader.check(count < noRow, "there are \(count) orders")
        orders.sequence = NarrowColumn(try reader.column(UInt64.self, count: count))
        orders.placedAt = try reader.column(count: count)
        orders.total = try reader.column(count: count)
        orders.pointsEarned = NarrowColumn(try reader.column(Int64.self, count: count))
        let currencies: ContiguousArray<UInt32> = try reader.column(count: count)
        orders.currency = CompactColumn(currencies.lazy.map { CurrencyCode(packed: $0) })
        orders.status = try reader.values(count: count)
        orders.fulfillment = try reader.values(count: count)
        orders.previous = try reader.column(count: count)
        orders.itemCount = NarrowColumn(try reader.column(UInt32.self, count: count))
        orders.number.reserveCapacity(count)
        try reader.forEachBlob(count: count) { _, number in orders.number.append(arena.insert(number)) }
        let rows: ContiguousArray<UInt32> = try reader.column()
        let amounts: ContiguousArray<Int64> = try reader.column(count: rows.count)
        for (row, amount) in zip(rows, amounts) {
            try reader.check(row < count && orders.refundedByRow[row] == nil, "a refund has no order of its own")
            orders.refundedByRow[row] = amount
        }
        for _ in 0..<(try reader.count(of: 12)) {
            let row: UInt32 = try reader.number()
            let former = try reader.column(UInt32.self)
            try reader.check(
                row < count && former.allSatisfy { $0 < customers.count },
                "an order was of nobody who is there"
            )
            orders.formerCustomers[row] = former
        }
        refundReferences = Set(try reader.texts())
    }
}
