import CustomerDomain

extension DataRequestTable {
    func archive(into writer: inout ArchiveWriter) throws {
        try writer.add(UInt64(rows.count))
        for row in rows {
            try writer.add(row.id.high)
            try writer.add(row.id.low)
            try writer.add(row.customer)
            try writer.add(row.right.rawValue)
            try writer.add(row.channel.rawValue)
            try writer.add(row.status.rawValue)
            try writer.add(row.openedAt)
            try writer.add(row.dueAt)
            try writer.add(row.openedBy)
            try writer.add(row.approvedBy)
            try writer.add(column: ContiguousArray(row.events))
        }
    }

    mutating func load(from reader: inout ArchiveReader, customerCount: Int, actorCount: Int) throws {
        // What a row has without its events.
        let count = try reader.count(of: 55)
        try reader.check(count < noRow, "there are \(count) requests")
        for _ in 0..<count {
            let row = Row(
                id: DataRequestID(high: try reader.number(), low: try reader.number()),
                customer: try reader.number(),
                right: try reader.value(),
                channel: try reader.value(),
                status: try reader.value(),
                openedAt: try reader.number(),
                dueAt: try reader.number(),
                openedBy: try reader.number(),
                approvedBy: try reader.number(),
                events: Array(try reader.column(UInt64.self))
            )
            try reader.check(row.customer < customerCount, "a request's customer is not there")
            try reader.check(row.openedBy < actorCount, "who opened a request is not there")
            try reader.check(row.approvedBy == noRow || row.approvedBy < actorCount, "who approved one is not there")
            try reader.check(self.row(row.id) == nil, "a request is there twice")
            append(row)
        }
    }
}
