import CustomerDomain

/// What an import would do, as things stand: how many rows become what, and the first of them.
struct ImportPreview {
    /// How many rows are shown.
    static let rowCount = 20
    /// How many rows with something wrong are shown.
    static let errorCount = 100

    private var counts: [ImportDecision.Action: Int] = [:]
    private var rows: [String] = []
    private var errors: [String] = []
    private(set) var total: UInt64 = 0

    mutating func add(_ row: ImportRow, _ decision: ImportDecision) {
        total += 1
        counts[decision.action, default: 0] += 1
        if rows.count < Self.rowCount {
            var object = JSONText()
            object.add("line", row.line)
            object.add("action", decision.action.rawValue)
            object.add("customerId", decision.customer?.description)
            var values = JSONText()
            for field in CustomerMapping.Field.allCases {
                if let value = row.values[field] { values.add(field.rawValue, value) }
            }
            object.addRaw("values", values.closed)
            rows.append(object.closed)
        }
        for error in decision.errors where errors.count < Self.errorCount {
            var object = JSONText()
            object.add("line", UInt64(error.line))
            object.add("column", error.column)
            object.add("code", error.code)
            object.add("text", error.text)
            errors.append(object.closed)
        }
    }

    /// The preview as JSON.
    func json(_ columns: ImportColumns) -> String {
        var object = JSONText()
        object.add("rows", total)
        for action in ImportDecision.Action.allCases { object.add(action.rawValue, counts[action] ?? 0) }
        let described = zip(columns.names, columns.fields)
            .map { name, field in
                var column = JSONText()
                column.add("name", name)
                column.add("field", field?.rawValue)
                return column.closed
            }
        object.addRaw("columns", "[\(described.joined(separator: ","))]")
        object.addRaw("first", "[\(rows.joined(separator: ","))]")
        object.addRaw("errors", "[\(errors.joined(separator: ","))]")
        return object.closed
    }
}
