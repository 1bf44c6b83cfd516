import CustomerDomain

extension SpendingTable {
    func archive(into writer: inout ArchiveWriter) throws {
        for sum in [orderCount, grossSpent, refunded, allOrderCount, Int64(buyerCount), recordedAmount] {
            try writer.add(sum)
        }
        try writer.add(UInt64(others.count))
        for (row, list) in others.sorted(by: { $0.key < $1.key }) {
            try writer.add(row)
            try writer.add(UInt64(list.count))
            for totals in list {
                try writer.add(totals.currency.packed)
                try writer.add(totals.orderCount)
                try writer.add(totals.grossSpent)
                try writer.add(totals.refunded)
            }
        }
    }

    mutating func load(from reader: inout ArchiveReader, customerCount: Int) throws {
        orderCount = try reader.number()
        grossSpent = try reader.number()
        refunded = try reader.number()
        allOrderCount = try reader.number()
        buyerCount = Int(try reader.number(Int64.self))
        recordedAmount = try reader.number()
        for _ in 0..<(try reader.count(of: 12)) {
            let row: UInt32 = try reader.number()
            try reader.check(row < customerCount && others[row] == nil, "sums have no customer of their own")
            others[row] = try (0..<(try reader.count(of: 28)))
                .map { _ in
                    CurrencyTotals(
                        currency: CurrencyCode(packed: try reader.number()),
                        orderCount: try reader.number(),
                        grossSpent: try reader.number(),
                        refunded: try reader.number()
                    )
                }
        }
    }
}
