import CustomerDomain

/// One row for each segment ever defined, by ordinal.
struct SegmentTable: Sendable {
    struct Row: Sendable {
        var id: SegmentID
        var key: String?
        var terms: SegmentTerms
        var createdAt: Int64
        var updatedAt: Int64
        var isRemoved = false
        /// What the text means; `nil` for a text that this version does not read, which nobody matches.
        var query: SegmentQuery?
        /// Who is recorded to be in it; merged and erased customers stay, and do not count.
        var recorded = OrdinalSet()
    }

    private(set) var rows: ContiguousArray<Row> = []
    private var rowByID: [SegmentID: UInt32] = [:]
    private var rowByName: [String: UInt32] = [:]
    private var rowByKey: [String: UInt32] = [:]

    mutating func append(_ row: Row) {
        var row = row
        row.query = try? SegmentQuery(row.terms.query)
        let number = UInt32(rows.count)
        rowByID[row.id] = number
        if !row.isRemoved {
            rowByName[row.terms.name.lowercased()] = number
            if let key = row.key { rowByKey[key] = number }
        }
        rows.append(row)
    }

    mutating func change(_ row: Int, _ terms: SegmentTerms, at time: Int64) {
        guard row < rows.count, !rows[row].isRemoved else { return }
        rowByName[rows[row].terms.name.lowercased()] = nil
        rowByName[terms.name.lowercased()] = UInt32(row)
        if rows[row].terms.query != terms.query { rows[row].query = try? SegmentQuery(terms.query) }
        rows[row].terms = terms
        rows[row].updatedAt = max(rows[row].updatedAt, time)
        if !terms.tracksMembership { rows[row].recorded = OrdinalSet() }
    }

    mutating func remove(_ row: Int) {
        guard row < rows.count, !rows[row].isRemoved else { return }
        rowByName[rows[row].terms.name.lowercased()] = nil
        if let key = rows[row].key { rowByKey[key] = nil }
        rows[row].isRemoved = true
        rows[row].recorded = OrdinalSet()
    }

    /// Records that a customer is in a segment, or is not.
    mutating func record(_ customer: Int, in row: Int, _ isIn: Bool) {
        guard row < rows.count, !rows[row].isRemoved else { return }
        if isIn { rows[row].recorded.insert(UInt32(customer)) } else { rows[row].recorded.remove(UInt32(customer)) }
    }

    func row(_ id: SegmentID) -> UInt32? { rowByID[id] }
    func row(named name: String) -> UInt32? { rowByName[name.lowercased()] }
    func row(withKey key: String) -> UInt32? { rowByKey[key] }
}
