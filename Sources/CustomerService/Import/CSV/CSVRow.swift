/// One row of a CSV file, as byte ranges of the reader's buffer; valid only while the reader's visitor runs.
struct CSVRow: ~Copyable {
    /// The line of the file, from 1, on which the row begins.
    var line = 0
    /// What is wrong with the row; the fields then are those up to there.
    var problem: CSVProblem?
    /// Whether every byte is below 128.
    var isASCII = true
    var base: UnsafePointer<UInt8>?
    var bounds: [CSVFieldBounds] = []

    /// How many fields the row has.
    var count: Int { bounds.count }

    /// The bytes of a field, without quotes.
    subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
        let field = bounds[index]
        return UnsafeBufferPointer(start: base.map { $0 + Int(field.start) }, count: Int(field.end - field.start))
    }

    /// A field as text, without surrounding blanks.
    func text(_ index: Int) -> String { String(decoding: self[index].trimmed, as: UTF8.self) }
}

extension CSVRow {
    /// What is wrong with the row as such, in a file of this many columns.
    func malformed(columnCount: Int) -> ImportFinding? {
        let detail: String
        if let problem {
            detail = problem.description
        } else if count != columnCount {
            detail = "\(count) fields, where the header has \(columnCount)"
        } else {
            return nil
        }
        return ImportFinding(line: line, column: "", reason: .malformedRow, detail: detail)
    }
}

/// Where a field lies in the reader's buffer.
struct CSVFieldBounds {
    var start: Int32
    var end: Int32
    /// Whether doubled quotes are to be halved.
    var hasDoubledQuotes = false
}

/// Why a row is no row.
enum CSVProblem: Hashable {
    /// A quote stands inside a field that does not begin with one.
    case strayQuote
    /// Something follows the closing quote of a field.
    case textAfterQuote
    /// The file ends inside a quoted field.
    case unclosedQuote
    case invalidUTF8
    /// The row is longer than ``CSVLimits/rowByteCount``; often a quote that is never closed.
    case rowTooLong
    /// A field is longer than ``CSVLimits/fieldByteCount``.
    case fieldTooLong
    /// There are more fields than ``CSVLimits/fieldCount``.
    case tooManyFields
}

extension CSVProblem: CustomStringConvertible {
    var description: String {
        switch self {
        case .strayQuote: "a quote inside an unquoted field"
        case .textAfterQuote: "text after a closing quote"
        case .unclosedQuote: "a quote is never closed"
        case .invalidUTF8: "not valid UTF-8"
        case .rowTooLong: "row too long (is a quote never closed?)"
        case .fieldTooLong: "field too long"
        case .tooManyFields: "too many fields"
        }
    }
}

/// The sizes beyond which a row is refused.
public struct CSVLimits: Sendable {
    /// Bytes of one row, line breaks inside quotes included.
    public var rowByteCount = 1 << 20
    /// Bytes of one field.
    public var fieldByteCount = 1 << 16
    /// Fields of one row.
    public var fieldCount = 1_024

    /// The usual limits: 1 MiB a row, 64 KiB a field, 1,024 fields.
    public init() {}
}

extension UnsafeBufferPointer<UInt8> {
    /// The bytes without blanks at either end.
    var trimmed: UnsafeBufferPointer<UInt8> {
        var start = 0
        var end = count
        while start < end, self[start] <= 0x20 { start += 1 }
        while end > start, self[end - 1] <= 0x20 { end -= 1 }
        return UnsafeBufferPointer(rebasing: self[start..<end])
    }

    /// Whether these are the bytes of `other`.
    func equals(_ other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        for index in 0..<count where self[index] != other[index] { return false }
        return true
    }

    /// Whether the bytes begin with those of `prefix`.
    func starts(withBytes prefix: [UInt8]) -> Bool {
        count >= prefix.count && UnsafeBufferPointer(rebasing: self[..<prefix.count]).equals(prefix)
    }
}
