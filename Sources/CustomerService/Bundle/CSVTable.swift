/// A table as text of comma-separated values (RFC 4180), safe to open in a spreadsheet.
public struct CSVTable: Sendable {
    /// The text so far, the header first.
    public private(set) var bytes: [UInt8] = []

    /// A table of these columns.
    public init(_ columns: String...) {
        self.init(columns: columns)
    }

    /// A table of these columns.
    public init(columns: [String]) {
        add(columns)
    }

    /// Takes the text so far away, so that the rest follows it.
    mutating func takeBytes() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    /// Adds a row; an empty field stands for what is absent.
    ///
    /// What a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return, and is no
    /// number) gets an apostrophe in front, as OWASP advises.
    public mutating func add(_ fields: [String?]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            add(field ?? "")
        }
        bytes += [0x0D, 0x0A]
    }

    private mutating func add(_ field: String) {
        let isFormula = field.utf8.first.map { "=+-@\t\r".utf8.contains($0) } == true && Double(field) == nil
        let needsQuotes = field.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0D || $0 == 0x0A }
        if needsQuotes { bytes.append(0x22) }
        if isFormula { bytes.append(UInt8(ascii: "'")) }
        for byte in field.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        if needsQuotes { bytes.append(0x22) }
    }
}
