@testable import CustomerHTTP
import TestSupport
import Testing

struct JSONParserTests {
    private func parse(_ text: String) throws -> JSONValue { try JSONParser.parse(Array(text.utf8)) }

    @Test func `values are read as they are written`() throws {
        let text = #" {"a":[1,-2,3.5,1e2,true,false,null],"b":{"c":"x\n\u00e9\ud83d\ude00\/"}} "#
        let expected: JSONValue = [
            "a": [1, -2, .number(3.5), .number(100), true, false, .null], "b": ["c": "x\né😀/"],
        ]
        #expect(try parse(text) == expected)
    }

    @Test(arguments: [
        "", " ", "{", "[", "[1", "[1,]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "01", "-", "1.", ".5", "1e",
        "+1",
        "tru", "nul", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\u{1}\"",
        "1 2",
        "[1]]", "{\"a\":1,\"a\":2}", "\u{FEFF}1", "1e999", "NaN", "'a'", "[1 2]", "{\"a\" 1}",
    ])
    func `what is not JSON is refused`(_ text: String) {
        #expect(throws: JSONError.self) { try parse(text) }
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(throws: JSONError.self) { try JSONParser.parse([0x22, 0xC3, 0x28, 0x22]) }
        #expect(throws: JSONError.self) { try JSONParser.parse([0x22, 0xED, 0xA0, 0x80, 0x22]) }
    }

    @Test func `nesting has a limit`() throws {
        let depth = JSONParser.maximumDepth
        #expect(throws: Never.self) {
            try parse(String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
        }
        #expect(throws: JSONError.self) {
            try parse(String(repeating: "[", count: depth + 1) + String(repeating: "]", count: depth + 1))
        }
        #expect(throws: JSONError.self) { try parse(String(repeating: "[", count: 1_000_000)) }
    }

    @Test func `a key that comes twice is found in large objects, too`() {
        let members = (0..<40).map { "\"k\($0)\":1" }.joined(separator: ",")
        #expect(throws: JSONError.self) { try parse("{\(members),\"k3\":1}") }
        #expect(throws: JSONError.self) { try parse("{\(members),\"k39\":1}") }
        #expect(throws: Never.self) { try parse("{\(members)}") }
    }

    @Test func `the writer's text reads back as the value`() throws {
        let value: JSONValue = [
            "": "\u{0}\u{1F}\"\\\u{7F}é\u{2028}😀", "numbers": [.integer(.min), .integer(.max), 0, .number(-0.125)],
            "nested": ["a": [], "b": [:], "c": [.null, true]],
        ]
        var writer = JSONWriter()
        writer.value(value)
        #expect(try JSONParser.parse(writer.bytes) == value)
    }
}
