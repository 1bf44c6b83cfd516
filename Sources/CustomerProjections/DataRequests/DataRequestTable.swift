import CustomerDomain

/// One row for each request of a person about its data, in the order of the log; texts stay in the log.
struct DataRequestTable: Sendable {
    struct Row: Sendable {
        var id: DataRequestID
        /// Who asked; after a merge the survivor answers.
        var customer: UInt32
        var right: DataRight
        var channel: DataRequestChannel
        var status = DataRequestStatus.opened
        var openedAt: Int64
        var dueAt: Int64
        /// The code of an actor.
        var openedBy: UInt32
        /// The code of an actor; ``noRow`` for nobody.
        var approvedBy = noRow
        /// What happened to it, in the order of the log.
        var events: [UInt64]
    }

    private(set) var rows: ContiguousArray<Row> = []
    private var rowByID: [DataRequestID: UInt32] = [:]
    private var rowsByCustomer: [UInt32: ContiguousArray<UInt32>] = [:]

    func row(_ id: DataRequestID) -> Int? { rowByID[id].map { Int($0) } }

    /// The requests that came from a customer itself.
    func rows(of customer: Int) -> ContiguousArray<UInt32> { rowsByCustomer[UInt32(customer)] ?? [] }

    mutating func append(_ row: Row) {
        guard rowByID[row.id] == nil else { return }
        rowByID[row.id] = UInt32(rows.count)
        rowsByCustomer[row.customer, default: []].append(UInt32(rows.count))
        rows.append(row)
    }

    mutating func change(_ id: DataRequestID, to status: DataRequestStatus, by actor: UInt32, in event: UInt64) {
        guard let row = row(id) else { return }
        rows[row].status = status
        rows[row].events.append(event)
        if status == .approved { rows[row].approvedBy = actor }
    }

    /// Nothing is left to ask for.
    mutating func lapse(of customer: Int, in event: UInt64) {
        for row in rows(of: customer) where rows[Int(row)].status.isOpen {
            rows[Int(row)].status = .lapsed
            rows[Int(row)].events.append(event)
        }
    }
}
