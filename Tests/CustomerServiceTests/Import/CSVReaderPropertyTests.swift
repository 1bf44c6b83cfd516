import Testing
import TestSupport

@testable import CustomerService

@Suite struct CSVReaderPropertyTests {
    /// Pieces of which fields are made: everything that a reader may stumble over.
    private let pieces = ["a", "0", " ", ",", "\"", "\n", "\r\n", "é", "漢", "😀", "-1.5", "x y"]

    @Test func `what is written by the rules is read back, in whatever pieces it comes`() throws {
        try Property.forAll(seeds: 400) { random in
            let columnCount = Int.random(in: 1...5, using: &random)
            var expected: [ReadRow] = []
            var text = ""
            var line = 1
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                var fields: [String] = []
                for _ in 0..<columnCount {
                    fields.append(
                        (0..<Int.random(in: 0...4, using: &random))
                            .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
                    )
                }
                if fields == [""] { fields = ["z"] }
                expected.append(ReadRow(line: line, fields: fields))
                let row = fields.map { write($0, Bool.random(using: &random)) }.joined(separator: ",")
                line += 1 + row.utf8.count { $0 == UInt8(ascii: "\n") }
                text += row + (Bool.random(using: &random) ? "\r\n" : "\n")
            }
            let rows = try readRows(
                Array(text.utf8),
                chunkByteCount: Int.random(in: 1...40, using: &random),
                bufferByteCount: Int.random(in: 16...64, using: &random)
            )
            try #require(rows == expected, "\(text.debugDescription)")
        }
    }

    @Test func `any bytes are read to their end, and each line is there or told`() throws {
        let alphabet = Array("a,\"\n\r ".utf8) + [0xC3, 0xA9, 0xFF, 0x00]
        try Property.forAll(seeds: 1_000) { random in
            let bytes = (0..<Int.random(in: 0...200, using: &random))
                .map { _ in alphabet.randomElement(using: &random) ?? 0 }
            let whole = try readRows(bytes)
            let pieces = try readRows(bytes, chunkByteCount: Int.random(in: 1...9, using: &random), bufferByteCount: 16)
            try #require(whole == pieces, "\(bytes)")
            try #require(whole.map(\.line) == whole.map(\.line).sorted())
        }
    }

    private func write(_ field: String, _ quotesAnyway: Bool) -> String {
        let mustQuote = field.utf8.contains { ",\"\n\r".utf8.contains($0) }
        guard mustQuote || quotesAnyway else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}
