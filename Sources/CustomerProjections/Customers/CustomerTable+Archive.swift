import CustomerDomain

extension CustomerTable {
    /// The columns that hold nothing personal and follow from nothing else.
    func archive(into writer: inout ArchiveWriter) throws {
        try writer.add(column: count) { ids[$0].high }
        try writer.add(column: count) { ids[$0].low }
        try writer.add(column: count) { status[$0].rawValue }
        try writer.add(column: count) { accountType[$0].rawValue }
        try writer.add(column: version)
        try writer.add(column: mergedInto)
        try writer.add(column: createdAt.values)
        try writer.add(column: updatedAt.values)
        try writer.add(column: lastLoginAt.values)
        try writer.add(column: firstOrderAt)
        try writer.add(column: lastOrderAt.values)
        try writer.add(column: orderCount.values)
        try writer.add(column: grossSpent.values)
        try writer.add(column: refunded)
        try writer.add(column: lastOrder)
        try writer.add(column: lastEvent)
        try writer.add(column: loyaltyAccount)
        try writer.add(column: source)
    }

    /// Reads them; columns that follow from others have room then, but no content.
    mutating func load(from reader: inout ArchiveReader) throws {
        let high: Column<UInt64> = try reader.column()
        let count = high.count
        try reader.check(count < noRow, "there are \(count) customers")
        let low: Column<UInt64> = try reader.column(count: count)
        ids.reserveCapacity(count)
        for row in 0..<count { ids.append(CustomerID(high: high[row], low: low[row])) }
        status = try reader.values(count: count)
        accountType = try reader.values(count: count)
        version = try reader.column(count: count)
        mergedInto = try reader.column(count: count)
        createdAt = SortedColumn(try reader.column(count: count))
        updatedAt = SortedColumn(try reader.column(count: count))
        lastLoginAt = SortedColumn(try reader.column(count: count))
        firstOrderAt = try reader.column(count: count)
        lastOrderAt = SortedColumn(try reader.column(count: count))
        orderCount = SortedColumn(try reader.column(count: count))
        grossSpent = SortedColumn(try reader.column(count: count))
        refunded = try reader.column(count: count)
        lastOrder = try reader.column(count: count)
        lastEvent = try reader.column(count: count)
        loyaltyAccount = try reader.column(count: count)
        source = try reader.column(count: count)
        role = Column(repeating: 0, count: count)
        birthday = role
        language = role
        emailDomain = Column(repeating: 0, count: count)
        place = emailDomain
        points = SortedColumn(Column(repeating: noTime, count: count))
        tier = Column(repeating: 0, count: count)
        country = SortedColumn(ContiguousArray(repeating: 0, count: count))
        profile = Column(repeating: Arena.none, count: count)
        searchText = profile
        metadata = profile
        addresses = profile
        tags = profile
        groups = profile
        nameCode = SortedColumn(Column(repeating: .max, count: count))
        emailCode = nameCode
    }
}
