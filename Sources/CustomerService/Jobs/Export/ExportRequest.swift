/// What an export writes, and how.
public struct ExportRequest: Hashable, Sendable {
    /// What a row is.
    public enum Records: String, Hashable, Sendable, CaseIterable {
        /// One customer.
        case customers
        /// One order, of the customers that were asked for.
        case orders
    }

    /// The form of the file.
    public enum Format: String, Hashable, Sendable, CaseIterable {
        /// Comma-separated values (RFC 4180).
        case csv
        /// One JSON array.
        case json
        /// One JSON object a line.
        case jsonl
        /// An Excel workbook.
        case xlsx

        /// The media type of the file.
        public var mediaType: String {
            switch self {
            case .csv: "text/csv; charset=utf-8; header=present"
            case .json: "application/json"
            case .jsonl: "application/jsonl"
            case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
        }
    }

    /// What a row is.
    public var records: Records
    /// The form of the file.
    public var format: Format
    /// What a row has, in this order; names of ``ExportField``s of ``records``.
    public var fields: [ExportField]
    /// Whether a CSV file begins with a byte order mark, which some spreadsheets need to read it as UTF-8.
    public var hasByteOrderMark: Bool

    /// A request of these parts.
    public init(records: Records, format: Format, fields: [ExportField], hasByteOrderMark: Bool = false) {
        self.records = records
        self.format = format
        self.fields = fields
        self.hasByteOrderMark = hasByteOrderMark
    }

    /// What it does, for auditors.
    var work: String {
        let fields = fields.map(\.name).joined(separator: ", ")
        return "\(records.rawValue) as \(format.rawValue): \(fields)"
    }

    // MARK: Plans

    func write(to plan: inout PlanWriter) {
        plan.add([records.rawValue, format.rawValue, hasByteOrderMark ? "mark" : ""])
        plan.add(fields.map(\.name))
    }

    init(_ plan: inout PlanReader) throws(PlanReader.Malformed) {
        let (texts, names) = (try plan.texts(), try plan.texts())
        guard texts.count == 3, let records = Records(rawValue: texts[0]), let format = Format(rawValue: texts[1])
        else { throw PlanReader.Malformed() }
        let fields = names.compactMap { ExportField(name: $0, of: records) }
        guard fields.count == names.count else { throw PlanReader.Malformed() }
        self.init(records: records, format: format, fields: fields, hasByteOrderMark: !texts[2].isEmpty)
    }
}
