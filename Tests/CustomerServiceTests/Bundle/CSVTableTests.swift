import CustomerService
import TestSupport
import Testing

struct CSVTableTests {
    private func text(_ fields: String?...) -> String {
        var table = CSVTable("a")
        table.add(fields)
        return String(decoding: table.bytes.dropFirst(3), as: UTF8.self)
    }

    @Test func `rows end as RFC 4180 has it, and quotes are doubled`() {
        #expect(text("x", nil, "a,b", "say \"hi\"", "two\nlines") == "x,,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n")
    }

    @Test(arguments: ["=1+2", "+cmd", "-x", "@SUM(A1)", "\tx", "\rx", "=HYPERLINK(\"x\")"])
    func `what would be a formula gets an apostrophe`(field: String) {
        let row = text(field)
        #expect(row.hasPrefix("'") || row.hasPrefix("\"'"))
    }

    @Test(arguments: ["-5", "+49", "3.5", "x=1", "a@b.org", ""])
    func `numbers and harmless words stay as they are`(field: String) {
        #expect(text(field) == field + "\r\n")
    }
}
