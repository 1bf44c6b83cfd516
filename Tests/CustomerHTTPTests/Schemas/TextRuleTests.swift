import Testing

@testable import CustomerHTTP

/// What the document says of a text, by its pattern, is what the service takes, by its check.
struct TextRuleTests {
    private static let samples = [
        "a", "a b", " a", "", " ", "\t", "a\tb", "a\nb", "\n", "a\u{7F}", "a\u{85}b", "a\u{2028}b", "[", "a[0]", "]b",
        "+'[x)",
        "\u{3000}", "\u{3000}é", "ŀÓĥ𨓻🏻", "x\u{0}", "ana@example.com", " ana@example.com  ", "}+G_{`@R.J*", "a@bcde",
        "a b@c.de", "a@b..c", "用户@例子.公司", "<a>@b.de", "a@b@c.de", "a@\u{80}.de", "\ta@b.de", "a@b.de.",
        String(repeating: "ü", count: 64) + "@b.de", String(repeating: "a", count: 65) + "@b.de",
        "a@" + String(repeating: "b", count: 63) + ".de", "a@" + String(repeating: "b", count: 64) + ".de",
    ]

    @Test(arguments: [
        ("line", Schema.line(1...40)), ("line that may be empty", .line(0...40)), ("key", .key(1...40)),
        ("paragraphs", .paragraphs(1...40)), ("paragraphs that may be empty", .paragraphs(0...40)),
        ("e-mail address", .email),
    ])
    func patternAndCheckAgree(_ name: String, _ schema: Schema) throws {
        guard case .text(let rule) = schema, let pattern = rule.pattern else {
            Issue.record("\(name) has no pattern")
            return
        }
        let regex = try Regex(pattern).matchingSemantics(.unicodeScalar)
        for sample in Self.samples {
            let fits = rule.length.contains(sample.unicodeScalars.count)
            let isMatch = fits && sample.wholeMatch(of: regex) != nil
            #expect(isMatch == (rule.refusal(of: sample) == nil), "\(name): \(sample.debugDescription)")
        }
    }

    @Test func aKeyHasNoBrackets() {
        let metadata = JSONValue.object([.init(key: "k[0]", value: "x")])
        #expect(
            CustomerBody.metadata.errors(in: metadata).map(\.detail) == ["has a key that must not have square brackets"]
        )
    }
}
