/// Why an import stopped; what was acknowledged before stays.
public enum ImportError: Error, Hashable, Sendable {
    /// The mapping file says something that cannot be; `key` is its path, such as `dates/format`.
    case mapping(key: String, reason: String)
    /// The file has no header row, or lacks a column that the mapping names.
    case missingColumn(String, names: [String])
    /// The file is empty.
    case noHeader
    /// The input could not be read.
    case cannotRead(reason: String)
    /// The report could not be written.
    case cannotReport(reason: String)
    /// The organization did not take a command, for a reason that is not the row's.
    case stopped(CommandError)
}

extension ImportError: CustomStringConvertible {
    /// One line for the one who imports.
    public var description: String {
        switch self {
        case .mapping(let key, let reason): "mapping: \(key.isEmpty ? "" : key + ": ")\(reason)"
        case .missingColumn(let field, let names):
            "the input has no column for \(field): none is named \(names.map { "\"\($0)\"" }.joined(separator: " or "))"
        case .noHeader: "the input is empty: its first row must name the columns"
        case .cannotRead(let reason): "cannot read the input: \(reason)"
        case .cannotReport(let reason): "cannot write the report: \(reason)"
        case .stopped(let error): "stopped: \(error)"
        }
    }
}
