import CustomerDomain

extension NoteTable {
    func archive(into writer: inout ArchiveWriter, customerCount: Int) throws {
        var owners = ContiguousArray<UInt32>(repeating: noRow, count: rows.count)
        for customer in 0..<(rows.isEmpty ? 0 : customerCount) {
            for row in rows(of: customer) { owners[Int(row)] = UInt32(customer) }
        }
        try writer.add(column: owners)
        try writer.add(column: rows.count) { rows[$0].id.high }
        try writer.add(column: rows.count) { rows[$0].id.low }
        try writer.add(column: rows.count) { rows[$0].type.rawValue }
        try writer.add(column: rows.count) { rows[$0].author }
        try writer.add(column: rows.count) { rows[$0].at }
        try writer.add(column: rows.count) { rows[$0].sequence }
        try writer.add(column: rows.count) { rows[$0].visibility.rawValue }
        try writer.add(column: rows.count) { UInt8((rows[$0].isPinned ? 1 : 0) | (rows[$0].isRemoved ? 2 : 0)) }
        try writer.add(column: rows.count) { rows[$0].textSequence }
        try writer.add(column: rows.count) { rows[$0].updatedAt }
    }

    mutating func load(from reader: inout ArchiveReader, customerCount: Int, authorCount: Int) throws {
        let owners: ContiguousArray<UInt32> = try reader.column()
        let count = owners.count
        try reader.check(count < noRow, "there are \(count) notes")
        let high: ContiguousArray<UInt64> = try reader.column(count: count)
        let low: ContiguousArray<UInt64> = try reader.column(count: count)
        let types: ContiguousArray<NoteType> = try reader.values(count: count)
        let authors: ContiguousArray<UInt32> = try reader.column(count: count)
        let times: ContiguousArray<Int64> = try reader.column(count: count)
        let sequences: ContiguousArray<UInt64> = try reader.column(count: count)
        let visibilities: ContiguousArray<NoteVisibility> = try reader.values(count: count)
        let flags: ContiguousArray<UInt8> = try reader.column(count: count)
        let textSequences: ContiguousArray<UInt64> = try reader.column(count: count)
        let changes: ContiguousArray<Int64> = try reader.column(count: count)
        for row in 0..<count {
            try reader.check(owners[row] < customerCount, "a note's customer is not there")
            try reader.check(authors[row] < authorCount, "a note's author is not there")
            append(
                Row(
                    id: NoteID(high: high[row], low: low[row]),
                    type: types[row],
                    author: authors[row],
                    at: times[row],
                    sequence: sequences[row],
                    visibility: visibilities[row],
                    isPinned: flags[row] & 1 != 0,
                    isRemoved: flags[row] & 2 != 0,
                    textSequence: textSequences[row],
                    updatedAt: changes[row]
                ),
                customer: Int(owners[row])
            )
        }
    }
}
