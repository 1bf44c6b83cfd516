import CustomerDomain

/// One row for each note, in the order of the log; texts stay in the log.
struct NoteTable: Sendable {
    struct Row: Sendable {
        var id: NoteID
        var type: NoteType
        var author: UInt32
        var at: Int64
        var sequence: UInt64
        var visibility = NoteVisibility.team
        var isPinned = false
        var isRemoved = false
        /// The event that says what it says now.
        var textSequence: UInt64
        /// ``noTime`` when it never was.
        var updatedAt = noTime
    }

    private(set) var rows: ContiguousArray<Row> = []
    private var rowByID: [NoteID: UInt32] = [:]
    private var rowsByCustomer: [UInt32: ContiguousArray<UInt32>] = [:]

    /// The notes of a customer, in the order of the log.
    func rows(of customer: Int) -> ContiguousArray<UInt32> { rowsByCustomer[UInt32(customer)] ?? [] }

    /// The row of a note, removed or not.
    func row(_ id: NoteID) -> UInt32? { rowByID[id] }

    mutating func change(_ id: NoteID, _ change: (inout Row) -> Void) {
        if let row = rowByID[id] { change(&rows[Int(row)]) }
    }

    mutating func append(_ row: Row, customer: Int) {
        rowByID[row.id] = UInt32(rows.count)
        rowsByCustomer[UInt32(customer), default: []].append(UInt32(rows.count))
        rows.append(row)
    }

    /// Gives the notes of one customer to another.
    mutating func move(from merged: Int, to survivor: Int) {
        guard let moved = rowsByCustomer.removeValue(forKey: UInt32(merged)) else { return }
        var joined = rows(of: survivor) + moved
        joined.sort()
        rowsByCustomer[UInt32(survivor)] = joined
    }

    /// Gives these notes of one customer to another, who has none.
    mutating func move(_ moved: ContiguousArray<UInt32>, from survivor: Int, to merged: Int) {
        guard !moved.isEmpty else { return }
        var rest = rows(of: survivor)
        rest.removeAll { moved.contains($0) }
        rowsByCustomer[UInt32(survivor)] = rest.isEmpty ? nil : rest
        rowsByCustomer[UInt32(merged)] = moved
    }
}
