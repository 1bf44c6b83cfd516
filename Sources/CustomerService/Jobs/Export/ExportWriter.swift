/// Makes the file of an export, a row at a time; what it made is taken away in between.
protocol ExportWriter {
    /// Adds a row.
    mutating func add(_ row: [ExportValue]) throws
    /// What was made since it was last asked; may be nothing until the end.
    mutating func take() -> [UInt8]
    /// The rest of the file.
    mutating func finish() throws -> [UInt8]
}

extension ExportRequest {
    /// A writer of what is asked for.
    func writer() throws -> any ExportWriter {
        let names = fields.map(\.name)
        return switch format {
        case .csv: DelimitedWriter(names, hasByteOrderMark: hasByteOrderMark)
        case .json: JSONRowWriter(names, isArray: true)
        case .jsonl: JSONRowWriter(names, isArray: false)
        case .xlsx: try SpreadsheetWriter(names, sheet: records.rawValue)
        }
    }
}

/// Comma-separated values (RFC 4180), safe to open in a spreadsheet.
struct DelimitedWriter: ExportWriter {
    private var table: CSVTable
    private var isBegun: Bool

    init(_ names: [String], hasByteOrderMark: Bool) {
        table = CSVTable(columns: names)
        isBegun = !hasByteOrderMark
    }

    mutating func add(_ row: [ExportValue]) { table.add(row.map(\.cell)) }

    mutating func take() -> [UInt8] {
        let bytes = table.takeBytes()
        guard !isBegun else { return bytes }
        isBegun = true
        return [0xEF, 0xBB, 0xBF] + bytes
    }

    mutating func finish() -> [UInt8] { take() }
}

/// JSON objects, in an array or a line each.
struct JSONRowWriter: ExportWriter {
    private let names: [String]
    private let isArray: Bool
    private var text: String
    private var isFirst = true

    init(_ names: [String], isArray: Bool) {
        (self.names, self.isArray, text) = (names, isArray, isArray ? "[" : "")
    }

    mutating func add(_ row: [ExportValue]) {
        var object = JSONText()
        for (name, value) in zip(names, row) { object.addRaw(name, value.json) }
        if isArray { text += isFirst ? "\n" : ",\n" }
        text += object.closed
        if !isArray { text += "\n" }
        isFirst = false
    }

    mutating func take() -> [UInt8] {
        defer { text = "" }
        return Array(text.utf8)
    }

    mutating func finish() -> [UInt8] {
        if isArray { text += "\n]\n" }
        return take()
    }
}
