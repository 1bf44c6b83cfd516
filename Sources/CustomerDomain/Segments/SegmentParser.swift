/// Reads a query by recursive descent; see the grammar in docs/SEGMENTS.md.
///
/// Goes on behind a test that is wrong, so that one reading tells most of what is.
struct SegmentParser {
    /// More errors than this help nobody.
    private static let errorLimit = 10

    let text: String
    private let tokens: [SegmentToken]
    private var index = 0
    private var depth = 0
    private var testCount = 0
    private var errors: [SegmentSyntaxError] = []

    init(_ text: String) {
        self.text = text
        let length = text.unicodeScalars.count
        guard Limits.segmentQuery.contains(length) else {
            tokens = [SegmentToken(kind: .end, range: SegmentRange(offset: 0, length: 0))]
            let message =
                length == 0
                ? "is empty"
                : "has \(grouped(length)) characters, and may have \(grouped(Limits.segmentQuery.upperBound))"
            report(message, SegmentRange(offset: 0, length: 0))
            return
        }
        var lexer = SegmentLexer(text)
        tokens = lexer.tokens()
        for error in lexer.errors { report(error.message, error.range) }
    }

    mutating func parse() throws(SegmentSyntaxErrors) -> SegmentExpression {
        var root: SegmentExpression?
        if errors.isEmpty {
            root = disjunction()
            while token.kind != .end, errors.count < Self.errorLimit {
                unexpected("has something behind its end", expected: ["AND", "OR"])
                index += 1
                _ = disjunction()
            }
        }
        if let root, errors.isEmpty { return root }
        throw SegmentSyntaxErrors(all: errors.sorted { $0.range.offset < $1.range.offset })
    }

    // MARK: Tokens

    var token: SegmentToken { tokens[index] }

    mutating func advance() { if index < tokens.count - 1 { index += 1 } }

    func isWord(_ word: String, ahead: Int = 0) -> Bool {
        guard index + ahead < tokens.count, case .word(let text) = tokens[index + ahead].kind else { return false }
        return text.uppercased() == word
    }

    func isSign(_ sign: String, ahead: Int = 0) -> Bool {
        index + ahead < tokens.count && tokens[index + ahead].kind == .sign(sign)
    }

    /// Steps over a keyword, when it stands there.
    mutating func take(word: String) -> Bool {
        guard isWord(word) else { return false }
        advance()
        return true
    }

    /// Steps over a sign; `false`, and an error, when another thing stands there.
    mutating func require(sign: String) -> Bool {
        guard isSign(sign) else {
            unexpected("lacks \(sign)", expected: [sign])
            return false
        }
        advance()
        return true
    }

    /// From the beginning of `start` to the end of what was read last.
    func range(from start: SegmentToken) -> SegmentRange {
        let last = tokens[max(0, index - 1)].range
        let end = max(last.offset + last.length, start.range.offset)
        return SegmentRange(offset: start.range.offset, length: end - start.range.offset)
    }

    // MARK: Errors

    mutating func unexpected(_ message: String, expected: [String] = [], suggestion: String? = nil) {
        report(message, token.range, expected: expected, suggestion: suggestion)
    }

    mutating func report(
        _ message: String,
        _ range: SegmentRange,
        expected: [String] = [],
        suggestion: String? = nil
    ) {
        guard errors.count < Self.errorLimit else { return }
        var (line, column) = (1, 1)
        for scalar in text.unicodeScalars.prefix(range.offset) {
            column += 1
            if scalar == "\n" { (line, column) = (line + 1, 1) }
        }
        errors.append(
            SegmentSyntaxError(
                message: message,
                range: range,
                line: line,
                column: column,
                expected: expected,
                suggestion: suggestion
            )
        )
    }

    /// Goes to where the next test may begin.
    private mutating func skipTest() {
        var open = 0
        while token.kind != .end {
            if open == 0, isWord("AND") || isWord("OR") || isSign(")") { return }
            if isSign("(") { open += 1 }
            if isSign(")") { open -= 1 }
            advance()
        }
    }

    // MARK: Expressions

    private mutating func disjunction() -> SegmentExpression? {
        list("OR", { $0.conjunction() }) { .or($0, $1) }
    }

    private mutating func conjunction() -> SegmentExpression? {
        list("AND", { $0.negation() }) { .and($0, $1) }
    }

    private mutating func list(
        _ word: String,
        _ part: (inout SegmentParser) -> SegmentExpression?,
        _ join: ([SegmentExpression], SegmentRange) -> SegmentExpression
    ) -> SegmentExpression? {
        let start = token
        var parts = [part(&self)]
        while take(word: word) { parts.append(part(&self)) }
        let whole = parts.compactMap(\.self)
        guard whole.count == parts.count else { return nil }
        return whole.count == 1 ? whole[0] : join(whole, range(from: start))
    }

    private mutating func negation() -> SegmentExpression? {
        guard depth < Limits.segmentQueryDepth else {
            unexpected("is nested more than \(Limits.segmentQueryDepth) deep")
            index = tokens.count - 1
            return nil
        }
        depth += 1
        defer { depth -= 1 }
        let start = token
        if take(word: "NOT") { return negation().map { .not($0, range(from: start)) } }
        if isSign("(") {
            advance()
            let inner = disjunction()
            guard require(sign: ")") else {
                skipTest()
                return nil
            }
            return inner
        }
        testCount += 1
        if testCount == Limits.segmentQueryTests + 1 {
            unexpected("has more than \(Limits.segmentQueryTests) comparisons")
        }
        let errorCount = errors.count
        guard let (subject, condition, isNegated) = test(), errors.count == errorCount else {
            skipTest()
            return nil
        }
        return .test(
            SegmentTest(subject: subject, condition: condition, isNegated: isNegated, range: range(from: start))
        )
    }
}
