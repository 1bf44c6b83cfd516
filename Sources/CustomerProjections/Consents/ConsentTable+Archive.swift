import CustomerDomain

extension ConsentTable {
    func archive(into writer: inout ArchiveWriter) throws {
        try writer.add(column: last)
        try writer.add(column: rows.count) { rows[$0].sequence }
        try writer.add(column: rows.count) { rows[$0].at }
        try writer.add(column: rows.count) { rows[$0].previous }
        try writer.add(column: rows.count) { rows[$0].merged }
        try writer.add(column: rows.count) { rows[$0].kind.rawValue }
        try writer.add(column: rows.count) { rows[$0].state.rawValue }
        try writer.add(column: rows.count) { rows[$0].optInLevel.rawValue }
    }

    /// Reads the rows; ``codes`` follow from them once ``check(_:_:)`` found them sound.
    mutating func load(from reader: inout ArchiveReader, customerCount: Int) throws {
        last = try reader.column(count: customerCount)
        codes = ContiguousArray(repeating: 0, count: customerCount)
        let sequences: ContiguousArray<UInt64> = try reader.column()
        let count = sequences.count
        try reader.check(count < noRow, "there are \(count) consents")
        let times: ContiguousArray<Int64> = try reader.column(count: count)
        let previous: ContiguousArray<UInt32> = try reader.column(count: count)
        let merged: ContiguousArray<UInt32> = try reader.column(count: count)
        let kinds: ContiguousArray<ConsentKind> = try reader.values(count: count)
        let states: ContiguousArray<ConsentState> = try reader.values(count: count)
        let levels: ContiguousArray<OptInLevel> = try reader.values(count: count)
        rows.reserveCapacity(count)
        for row in 0..<count {
            rows.append(
                Row(
                    sequence: sequences[row],
                    at: times[row],
                    previous: previous[row],
                    merged: merged[row],
                    kind: kinds[row],
                    state: states[row],
                    optInLevel: levels[row]
                )
            )
        }
    }

    /// Throws unless all rows that are referred to are there, each is one customer's alone, and every merge is one that is
    /// known, so that questions end.
    func check(_ mergedInto: ContiguousArray<UInt32>, _ check: (Bool, String) throws -> Void) throws {
        for (row, consent) in rows.enumerated() {
            try check(
                consent.previous == noRow || consent.previous < row,
                "a consent follows one that is not before it"
            )
        }
        var isSeen = Bitmap(rowCount: rows.count)
        for customer in last.indices {
            try check(
                last[customer] == noRow || last[customer] < rows.count,
                "a customer has a consent that is not there"
            )
            var place = last[customer]
            while place != noRow {
                try check(!isSeen[Int(place)], "a consent is that of two customers")
                isSeen[Int(place)] = true
                let row = rows[Int(place)]
                if row.merged != noRow {
                    let isKnown = row.merged < mergedInto.count && mergedInto[Int(row.merged)] == customer
                    try check(isKnown, "somebody's consents were merged, and nobody was")
                }
                place = row.previous
            }
        }
    }

    mutating func updateAllCodes() {
        for customer in last.indices where last[customer] != noRow { updateCodes(of: customer) }
    }
}
