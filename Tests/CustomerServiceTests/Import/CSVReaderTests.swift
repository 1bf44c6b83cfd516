import Testing

@testable import CustomerService

@Suite struct CSVReaderTests {
    @Test func `rows end with LF, CR LF or the end of the file`() throws {
        let rows = try readRows("a,b\r\nc,d\ne,f")
        #expect(rows.map(\.fields) == [["a", "b"], ["c", "d"], ["e", "f"]])
        #expect(rows.map(\.line) == [1, 2, 3])
    }

    @Test func `quotes keep delimiters, line breaks and doubled quotes`() throws {
        let rows = try readRows("\"a,b\",\"x\r\ny\",\"say \"\"hi\"\"\"\r\nnext,,\"\"\r\n")
        #expect(rows.map(\.fields) == [["a,b", "x\r\ny", "say \"hi\""], ["next", "", ""]])
        #expect(rows.map(\.line) == [1, 3])
    }

    @Test func `a byte order mark and empty lines are skipped`() throws {
        let rows = try readRows([0xEF, 0xBB, 0xBF] + Array("a\n\n\r\nb\n".utf8))
        #expect(rows.map(\.fields) == [["a"], ["b"]])
        #expect(rows.map(\.line) == [1, 4])
    }

    @Test func `an empty file has no rows`() throws {
        #expect(try readRows("").isEmpty)
    }

    @Test(arguments: [
        ("x,a\"b\nok", CSVProblem.strayQuote), ("\"a\"b,c\nok", .textAfterQuote), ("\"a\"b\n\"ok\"", .textAfterQuote),
    ])
    func `a row that is none is told, and reading goes on`(text: String, problem: CSVProblem) throws {
        let rows = try readRows(text)
        #expect(rows.map(\.problem) == [problem, nil])
        #expect(rows.last == ReadRow(line: 2, fields: ["ok"]))
    }

    @Test func `a quote that is never closed costs its own line only`() throws {
        let rows = try readRows("a,b\nc,\"d\ne,f\n")
        #expect(
            rows == [
                ReadRow(line: 1, fields: ["a", "b"]), ReadRow(line: 2, fields: [], problem: .unclosedQuote),
                ReadRow(line: 3, fields: ["e", "f"]),
            ]
        )
    }

    @Test func `what is not UTF-8 is told, or read as Latin-1`() throws {
        let text: [UInt8] = Array("caf".utf8) + [0xE9, 0x2C, 0xA3] + Array("1\nna\u{EF}ve,b\n".utf8)
        let strict = try readRows(text)
        #expect(strict.map(\.problem) == [.invalidUTF8, nil])
        let lenient = try readRows(text, readsLatin1: true)
        #expect(lenient.map(\.fields) == [["café", "£1"], ["naïve", "b"]])
    }

    @Test func `a row beyond the limit is given up, and the line after it is read`() throws {
        var limits = CSVLimits()
        limits.rowByteCount = 64
        let long =
            "a,\"" + String(repeating: "x", count: 100) + "\nb,c\n" + String(repeating: "y", count: 200) + "\nd,e\n"
        let rows = try readRows(Array(long.utf8), chunkByteCount: 7, limits: limits, bufferByteCount: 16)
        #expect(rows.contains(ReadRow(line: 1, fields: [], problem: .rowTooLong)))
        #expect(rows.contains(ReadRow(line: 2, fields: ["b", "c"])))
        #expect(rows.last == ReadRow(line: 4, fields: ["d", "e"]))
    }

    @Test func `fields and their number have limits`() throws {
        var limits = CSVLimits()
        limits.fieldByteCount = 4
        limits.fieldCount = 3
        let rows = try readRows(Array("abcd,e\nabcde\n1,2,3\n1,2,3,4\nok\n".utf8), limits: limits)
        #expect(rows.map(\.problem) == [nil, .fieldTooLong, nil, .tooManyFields, nil])
        #expect(rows.map(\.line) == [1, 2, 3, 4, 5])
    }
}
