public import CustomerDomain

/// What is said of keys of metadata, oldest first; there are few.
struct CustomFieldTable: Sendable {
    private(set) var fields: [CustomField] = []

    mutating func set(_ field: CustomField) {
        if let index = fields.firstIndex(where: { $0.id == field.id }) {
            fields[index] = field
        } else {
            fields.append(field)
        }
    }

    mutating func remove(_ id: CustomFieldID) { fields.removeAll { $0.id == id } }

    func archive(into writer: inout ArchiveWriter) throws {
        try writer.begin(.customFields)
        try writer.add(UInt64(fields.count))
        for field in fields {
            try writer.add(field.id.high)
            try writer.add(field.id.low)
            try writer.add(field.key)
            try writer.add(field.label)
            try writer.add(field.type.rawValue)
            try writer.add(UInt8(field.isRequired ? 1 : 0))
            try writer.add(field.choices)
        }
    }

    mutating func load(from reader: inout ArchiveReader) throws {
        try reader.begin(.customFields)
        for _ in 0..<(try reader.count(of: 20)) {
            let id = CustomFieldID(high: try reader.number(), low: try reader.number())
            let (key, label) = (try reader.text(), try reader.text())
            guard let type = CustomFieldType(rawValue: try reader.number()) else {
                throw reader.malformed("a custom field has no type")
            }
            let isRequired = try reader.number(UInt8.self) == 1
            let choices = try reader.texts()
            fields.append(
                CustomField(id: id, key: key, label: label, type: type, choices: choices, isRequired: isRequired)
            )
        }
    }

    func add(to digest: inout StateDigest) {
        digest.add(Int64(fields.count))
        for field in fields {
            digest.add(field.id.high)
            digest.add(field.id.low)
            digest.add(field.key)
            digest.add(field.label)
            digest.add(Int64(field.type.rawValue))
            digest.add(Int64(field.isRequired ? 1 : 0))
            digest.add(field.choices)
        }
    }
}

extension OrganizationState {
    /// What is said of keys of metadata, oldest first.
    public var customFields: [CustomField] { customFieldTable.fields }

    /// The fields of a page, oldest first.
    public func customFields(page: PageRequest) throws(QueryError) -> Page<CustomField> {
        try places(customFields.count, page, kind: 46).map { customFields[$0] }
    }
}
