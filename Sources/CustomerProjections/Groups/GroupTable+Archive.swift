import CustomerDomain

extension GroupTable {
    /// All but the members, who follow from the customers' lists.
    func archive(into writer: inout ArchiveWriter) throws {
        try writer.add(UInt64(rows.count))
        for row in rows {
            try writer.add(row.id.high)
            try writer.add(row.id.low)
            try writer.add(row.name)
            try writer.add(row.description)
            try writer.add(row.createdAt)
            try writer.add(row.updatedAt)
        }
    }

    mutating func load(from reader: inout ArchiveReader) throws {
        for row in 0..<(try reader.count(of: 34)) {
            let id = GroupID(high: try reader.number(), low: try reader.number())
            let group = GroupCreated(id: id, name: try reader.text(), description: try reader.optionalText())
            append(group, at: try reader.number())
            rows[row].updatedAt = try reader.number()
        }
    }
}
