import CustomerDomain

// Rows alone: who has them, sums and what is due follow.
extension CreditTable {
    func archive(into writer: inout ArchiveWriter) throws {
        try writer.add(UInt64(lots.count))
        for lot in lots {
            try writer.add(lot.id.high)
            try writer.add(lot.id.low)
            try writer.add(lot.customer)
            try writer.add(lot.currency.packed)
            try writer.add(lot.source.rawValue)
            for number in [lot.amount, lot.rest, lot.expired, lot.issuedAt, lot.expiresAt] { try writer.add(number) }
            try writer.add(lot.sequence)
        }
        try writer.add(UInt64(spends.count))
        for spend in spends {
            try writer.add(spend.id.high)
            try writer.add(spend.id.low)
            try writer.add(column: spend.parts.count) { spend.parts[$0].lot }
            try writer.add(column: spend.parts.count) { spend.parts[$0].remaining }
        }
        try writer.add(column: lines.count) { lines[$0].sequence }
        try writer.add(column: lines.count) { lines[$0].lot }
        try writer.add(column: lines.count) { lines[$0].change }
        try writer.add(column: lines.count) { lines[$0].kind.rawValue }
    }

    mutating func load(from reader: inout ArchiveReader, customerCount: Int) throws {
        for _ in 0..<(try reader.count(of: 73)) {
            let lot = Lot(
                id: CreditLotID(high: try reader.number(), low: try reader.number()),
                customer: try reader.number(),
                currency: CurrencyCode(packed: try reader.number()),
                source: try reader.value(),
                amount: try reader.number(),
                rest: try reader.number(),
                expired: try reader.number(),
                issuedAt: try reader.number(),
                expiresAt: try reader.number(),
                sequence: try reader.number()
            )
            try reader.check(lot.customer < customerCount, "a lot's customer is not there")
            try reader.check(self.lot(lot.id) == nil, "a lot is there twice")
            let parts = lot.rest.addingReportingOverflow(lot.expired)
            try reader.check(
                lot.rest >= 0 && lot.expired >= 0 && !parts.overflow && parts.partialValue <= lot.amount,
                "there is more in a lot than was issued"
            )
            try reader.check(!issued.addingReportingOverflow(lot.amount).overflow, "lots come to more than can be")
            append(lot)
        }
        for _ in 0..<(try reader.count(of: 32)) {
            let id = CreditSpendID(high: try reader.number(), low: try reader.number())
            let rows: Rows = try reader.column()
            let remaining: ContiguousArray<Int64> = try reader.column(count: rows.count)
            try reader.check(!rows.isEmpty && rows.allSatisfy { $0 < lots.count }, "a spent lot is not there")
            try reader.check(spend(id) == nil, "a spending is there twice")
            append(Spend(id: id, parts: ContiguousArray(zip(rows, remaining).map { Part(lot: $0, remaining: $1) })))
        }
        let sequences: ContiguousArray<UInt64> = try reader.column()
        let rows: Rows = try reader.column(count: sequences.count)
        let changes: ContiguousArray<Int64> = try reader.column(count: sequences.count)
        let kinds: ContiguousArray<CreditLine.Kind> = try reader.values(count: sequences.count)
        for index in sequences.indices {
            try reader.check(rows[index] < lots.count, "a moved lot is not there")
            try reader.check(changes[index].magnitude < 1 << 62, "a movement is too large")
            append(Line(sequence: sequences[index], lot: rows[index], change: changes[index], kind: kinds[index]))
        }
    }
}
