@testable import CustomerService

/// A row as a test compares it.
struct ReadRow: Equatable {
    var line: Int
    var fields: [String]
    var problem: CSVProblem?
}

/// All rows of a text, read `chunkByteCount` bytes at a time.
func readRows(
    _ text: [UInt8],
    chunkByteCount: Int = .max,
    readsLatin1: Bool = false,
    limits: CSVLimits = CSVLimits(),
    bufferByteCount: Int = 1 << 18
) throws -> [ReadRow] {
    var rows: [ReadRow] = []
    var reader = CSVReader(
        ByteSource(text, chunkByteCount: chunkByteCount),
        readsLatin1: readsLatin1,
        limits: limits,
        chunkByteCount: bufferByteCount
    )
    while try reader.visitRows({ row in
        var fields: [String] = []
        if row.problem == nil {
            for index in 0..<row.count { fields.append(String(decoding: row[index], as: UTF8.self)) }
        }
        rows.append(ReadRow(line: row.line, fields: fields, problem: row.problem))
    }) {}
    return rows
}

func readRows(_ text: String, chunkByteCount: Int = .max) throws -> [ReadRow] {
    try readRows(Array(text.utf8), chunkByteCount: chunkByteCount)
}
