import CustomerDomain
import EventSourcing

/// One row for each group ever created, by ordinal.
struct GroupTable: Sendable {
    struct Row: Sendable {
        var id: GroupID
        var name: String
        var description: String?
        var createdAt: Int64
        var updatedAt: Int64
        /// Customers that stand.
        var members = OrdinalSet()
    }

    var rows: ContiguousArray<Row> = []
    private var rowByID: [GroupID: UInt32] = [:]
    private var rowByName: [String: UInt32] = [:]

    mutating func append(_ group: GroupCreated, at time: Int64) {
        let row = UInt32(rows.count)
        rows.append(
            Row(id: group.id, name: group.name, description: group.description, createdAt: time, updatedAt: time)
        )
        rowByID[group.id] = row
        rowByName[group.name.lowercased()] = row
    }

    func row(_ id: GroupID) -> UInt32? { rowByID[id] }

    func row(named name: String) -> UInt32? { rowByName[name.lowercased()] }

    func row(_ selector: GroupSelector) -> UInt32? {
        switch selector {
        case .id(let id): row(id)
        case .name(let name): row(named: name)
        }
    }
}
