// Tags, groups and survivors of customers: nothing personal.
extension OrganizationState {
    func archiveLists(into writer: inout ArchiveWriter) throws {
        try writer.begin(.lists)
        try writer.add(blobs: customers.count) { row, blob in
            arena.withBytes(customers.tags[row]) { blob.append(contentsOf: $0) }
        }
        try writer.add(blobs: customers.count) { row, blob in
            arena.withBytes(customers.groups[row]) { blob.append(contentsOf: $0) }
        }
        try writer.add(UInt64(mergedRows.count))
        for (survivor, merged) in mergedRows.sorted(by: { $0.key < $1.key }) {
            try writer.add(survivor)
            try writer.add(column: ContiguousArray(merged))
        }
    }

    mutating func loadLists(from reader: inout ArchiveReader) throws {
        try reader.begin(.lists)
        let section = reader.section
        try reader.forEachBlob(count: customers.count) { row, blob in
            customers.tags[row] = try keep(numbers: blob, of: section)
        }
        try reader.forEachBlob(count: customers.count) { row, blob in
            customers.groups[row] = try keep(numbers: blob, of: section)
        }
        for _ in 0..<(try reader.count(of: 12)) {
            let survivor: UInt32 = try reader.number()
            mergedRows[survivor] = Array(try reader.column(UInt32.self))
        }
    }

    private mutating func keep(
        numbers blob: UnsafeBufferPointer<UInt8>,
        of section: ArchiveSection
    ) throws -> Arena.Handle {
        guard !blob.isEmpty else { return Arena.none }
        var walk = BlobWalk(blob, section)
        while !walk.isAtEnd {
            guard try walk.varint() <= UInt32.max else { throw walk.malformed }
        }
        return arena.insert(blob)
    }
}
