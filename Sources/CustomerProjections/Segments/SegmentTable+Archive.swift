import CustomerDomain

extension SegmentTable {
    func archive(into writer: inout ArchiveWriter) throws {
        try writer.add(UInt64(rows.count))
        for row in rows {
            try writer.add(row.id.high)
            try writer.add(row.id.low)
            try writer.add(row.key)
            try writer.add(row.terms.name)
            try writer.add(row.terms.description)
            try writer.add(row.terms.query)
            try writer.add(UInt8((row.terms.tracksMembership ? 1 : 0) | (row.isRemoved ? 2 : 0)))
            try writer.add(row.createdAt)
            try writer.add(row.updatedAt)
            try writer.add(column: row.recorded.members)
        }
    }

    mutating func load(from reader: inout ArchiveReader, customerCount: Int) throws {
        for _ in 0..<(try reader.count(of: 45)) {
            let id = SegmentID(high: try reader.number(), low: try reader.number())
            let key = try reader.optionalText()
            var terms = SegmentTerms(name: try reader.text(), query: "")
            terms.description = try reader.optionalText()
            terms.query = try reader.text()
            let flags: UInt8 = try reader.number()
            terms.tracksMembership = flags & 1 != 0
            var row = Row(
                id: id,
                key: key,
                terms: terms,
                createdAt: try reader.number(),
                updatedAt: try reader.number(),
                isRemoved: flags & 2 != 0
            )
            let members: ContiguousArray<UInt32> = try reader.column()
            try reader.check(members.allSatisfy { $0 < customerCount }, "a member of a segment is not there")
            for member in members { row.recorded.insert(member) }
            append(row)
        }
    }
}

extension OrdinalSet {
    /// The members, by rising number.
    var members: ContiguousArray<UInt32> {
        var members: ContiguousArray<UInt32> = []
        members.reserveCapacity(count)
        forEach { members.append($0) }
        return members
    }
}
