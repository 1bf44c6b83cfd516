import CustomerDomain
import EventSourcing

/// One row for each group ever created, by ordinal.
struct GroupTable: Sendable {
    struct Row: Sendable {
        var id: GroupID
        var name: String
        var description: String?
        var terms = GroupTerms()
        var createdAt: Int64
        var updatedAt: Int64
        /// Deleted groups keep their row and are found no longer; customers keep the ordinal, which nobody shows.
        var isDeleted = false
        /// Customers that stand.
        var members = OrdinalSet()

        var definition: GroupUpdated { GroupUpdated(id: id, name: name, description: description, terms: terms) }
    }

    var rows: ContiguousArray<Row> = []
    private var rowByID: [GroupID: UInt32] = [:]
    private var rowByName: [String: UInt32] = [:]
    private var rowByKey: [String: UInt32] = [:]

    mutating func append(_ group: GroupCreated, at time: Int64) {
        append(
            Row(id: group.id, name: group.name, description: group.description, createdAt: time, updatedAt: time)
        )
    }

    mutating func append(_ row: Row) {
        rows.append(row)
        if !row.isDeleted { index(UInt32(rows.count - 1)) }
    }

    mutating func update(_ group: GroupUpdated, at time: Int64) {
        guard let row = rowByID[group.id] else { return }
        unindex(row)
        rows[Int(row)].name = group.name
        rows[Int(row)].description = group.description
        rows[Int(row)].terms = group.terms
        rows[Int(row)].updatedAt = max(rows[Int(row)].updatedAt, time)
        index(row)
    }

    mutating func delete(_ id: GroupID, at time: Int64) {
        guard let row = rowByID[id] else { return }
        unindex(row)
        rows[Int(row)].isDeleted = true
        rows[Int(row)].updatedAt = max(rows[Int(row)].updatedAt, time)
    }

    func row(_ id: GroupID) -> UInt32? { rowByID[id] }

    func row(named name: String) -> UInt32? { rowByName[name.lowercased()] }

    func row(withKey key: String) -> UInt32? { rowByKey[key] }

    func row(_ selector: GroupSelector) -> UInt32? {
        switch selector {
        case .id(let id): row(id)
        case .name(let name): row(named: name) ?? row(withKey: name)
        }
    }

    private mutating func index(_ row: UInt32) {
        let group = rows[Int(row)]
        rowByID[group.id] = row
        rowByName[group.name.lowercased()] = row
        if let key = group.terms.key { rowByKey[key] = row }
    }

    private mutating func unindex(_ row: UInt32) {
        let group = rows[Int(row)]
        rowByID[group.id] = nil
        rowByName[group.name.lowercased()] = nil
        if let key = group.terms.key { rowByKey[key] = nil }
    }
}
