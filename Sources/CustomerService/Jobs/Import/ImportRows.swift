import CustomerDomain
import LogStorage

/// A row of a file of customers, as its cells have it.
struct ImportRow: Hashable, Sendable {
    /// The line of the file, from 1, on which it begins.
    var line: Int
    /// What the cells of taken columns say; those that are empty are not there.
    var values: [CustomerMapping.Field: String] = [:]
    /// Why it is no row of this file.
    var problem: String?
}

/// Which column of a file is what.
struct ImportColumns: Hashable, Sendable {
    /// The names in the header.
    var names: [String]
    /// What each is; `nil` for a column that is not taken.
    var fields: [CustomerMapping.Field?]

    /// The columns of a header row.
    ///
    /// - Throws: ``ImportHeaderError``.
    init(_ names: [String], _ options: ImportOptions) throws(ImportHeaderError) {
        self.names = names
        fields = names.map { name in
            if let chosen = options.columns[name] { return chosen }
            return CustomerMapping.Field.allCases.first { $0.isName(name) }
        }
        for (column, field) in fields.enumerated() {
            guard let field, let first = fields.firstIndex(of: field), first < column else { continue }
            throw ImportHeaderError(text: "the columns \(names[first]) and \(names[column]) are both \(field.rawValue)")
        }
        for name in options.columns.keys.sorted() where !names.contains(name) {
            throw ImportHeaderError(text: "there is no column \(name)")
        }
        guard fields.contains(options.key.field) else {
            throw ImportHeaderError(text: "no column is \(options.key.rawValue), by which customers are known")
        }
    }

    func name(of field: CustomerMapping.Field) -> String {
        fields.firstIndex(of: field).map { names[$0] } ?? field.templateName
    }
}

/// Why the first row of a file is no header that can be taken.
public struct ImportHeaderError: Error, Hashable, Sendable {
    /// What is wrong, as the rest of a sentence.
    public let text: String
}

/// Reads the rows of a sealed file of customers, a piece at a time.
struct ImportRows: ~Copyable {
    /// What the reader takes next; filled before each look, since reading never waits.
    private final class Pending {
        var bytes: ArraySlice<UInt8> = []
    }

    private let files: JobFiles
    private let options: ImportOptions
    private let pending = Pending()
    private var source: SealedFileReader
    private var reader: CSVReader
    private(set) var columns: ImportColumns?
    private var isAtEnd = false

    init(_ source: SealedFileReader, _ files: JobFiles, _ options: ImportOptions) {
        (self.source, self.files, self.options) = (source, files, options)
        let pending = pending
        let bytes = ByteSource { buffer in
            let count = min(buffer.count, pending.bytes.count)
            buffer.copyBytes(from: pending.bytes.prefix(count))
            pending.bytes = pending.bytes.dropFirst(count)
            return count
        }
        reader = CSVReader(bytes, delimiter: options.delimiter, readsLatin1: options.readsLatin1)
    }

    /// The next rows; `nil` at the end.
    ///
    /// - Throws: ``ImportHeaderError``, `LogStorageError`.
    mutating func next() async throws -> [ImportRow]? {
        while !isAtEnd {
            if pending.bytes.isEmpty {
                let (piece, rest) = try await files.next(source)
                source = rest
                if let piece, piece.isEmpty { continue }
                pending.bytes = piece.map { $0[...] } ?? []
            }
            let rows = try look()
            if !rows.isEmpty { return rows }
        }
        source.close()
        if columns == nil { throw ImportHeaderError(text: "the file has no header row") }
        return nil
    }

    // Inlined into an asynchronous function, it crashes the release build of Swift 6.3.
    @inline(never)
    private mutating func look() throws -> [ImportRow] {
        var (rows, columns) = ([ImportRow](), columns)
        defer { self.columns = columns }
        let options = options
        let goesOn = try reader.visitRows { row in
            guard let columns else {
                columns = try ImportColumns((0..<row.count).map { row.text($0) }, options)
                return
            }
            var taken = ImportRow(line: row.line)
            if let finding = row.malformed(columnCount: columns.names.count) {
                taken.problem = finding.detail
            } else {
                for (index, field) in columns.fields.enumerated() {
                    guard let field else { continue }
                    let text = row.text(index)
                    if !text.isEmpty { taken.values[field] = text }
                }
            }
            rows.append(taken)
        }
        isAtEnd = !goesOn
        return rows
    }
}
