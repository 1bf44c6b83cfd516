// Signs of comparison, and the values behind them.
extension SegmentParser {
    /// How a subject is compared.
    struct Sign {
        /// The sign without its negation.
        var name: String
        var isNegated = false
    }

    /// Reads a sign that values of a kind can be compared by.
    mutating func comparisonSign(for kind: SegmentField.Kind, isCriterion: Bool = false) -> Sign? {
        let allowed = Self.signs(for: kind, isCriterion: isCriterion)
        let start = token
        guard let sign = anySign() else {
            unexpected("lacks a comparison behind what is compared", expected: allowed)
            return nil
        }
        let name = sign.isNegated && sign.name == "=" ? "!=" : sign.name
        guard allowed.contains(name) else {
            let hint = kind == .list && ["=", "!=", "IN"].contains(name) ? "CONTAINS" : nil
            report(
                "compares by \(name), which this cannot be compared by",
                range(from: start),
                expected: allowed,
                suggestion: hint
            )
            return nil
        }
        return sign
    }

    private static func signs(for kind: SegmentField.Kind, isCriterion: Bool) -> [String] {
        let some: [String] =
            switch kind {
            case .money, .number, .date: ["=", "!=", "<", "<=", ">", ">=", "IN", "BETWEEN"]
            case .birthday: ["=", "!=", "IN", "BETWEEN"]
            case .text: ["=", "!=", "IN", "CONTAINS"]
            case .list: ["CONTAINS"]
            case .choice: ["=", "!=", "IN"]
            case .flag: ["=", "!="]
            }
        return isCriterion ? some : some + ["IS NULL"]
    }

    private mutating func anySign() -> Sign? {
        if case .sign(let sign) = token.kind, ["=", "!=", "<", "<=", ">", ">="].contains(sign) {
            advance()
            return sign == "!=" ? Sign(name: "=", isNegated: true) : Sign(name: sign)
        }
        if isWord("IS") {
            let isNegated = isWord("NOT", ahead: 1)
            guard isWord("NULL", ahead: isNegated ? 2 : 1) else { return nil }
            for _ in 0..<(isNegated ? 3 : 2) { advance() }
            return Sign(name: "IS NULL", isNegated: isNegated)
        }
        let isNegated = isWord("NOT")
        for name in ["IN", "BETWEEN", "CONTAINS"] where isWord(name, ahead: isNegated ? 1 : 0) {
            for _ in 0..<(isNegated ? 2 : 1) { advance() }
            return Sign(name: name, isNegated: isNegated)
        }
        if take(word: "NOT_CONTAINS") { return Sign(name: "CONTAINS", isNegated: true) }
        return nil
    }

    /// Reads what stands behind a sign.
    mutating func comparison<Value: Hashable & Sendable>(
        _ sign: Sign,
        _ value: (inout SegmentParser) -> Value?
    ) -> SegmentComparison<Value>? {
        switch sign.name {
        case "IN": return values(value).map { .oneOf($0) }
        case "BETWEEN":
            guard let first = value(&self) else { return nil }
            guard take(word: "AND") else {
                unexpected("lacks AND between the two ends", expected: ["AND"])
                return nil
            }
            return value(&self).map { .between(first, $0) }
        default:
            guard let value = value(&self) else { return nil }
            return switch sign.name {
            case "<": .less(value)
            case "<=": .atMost(value)
            case ">": .more(value)
            case ">=": .atLeast(value)
            default: .oneOf([value])
            }
        }
    }

    private mutating func values<Value>(_ value: (inout SegmentParser) -> Value?) -> [Value]? {
        guard require(sign: "(") else { return nil }
        var values: [Value] = []
        repeat {
            if !values.isEmpty { advance() }
            guard values.count < Limits.segmentQueryValues else {
                unexpected("has a list of more than \(Limits.segmentQueryValues) values")
                return nil
            }
            guard let value = value(&self) else { return nil }
            values.append(value)
        } while isSign(",")
        return require(sign: ")") ? values : nil
    }

    // MARK: Values

    mutating func number(in range: ClosedRange<Int64>? = nil) -> SegmentNumber? {
        guard case .number(let number) = token.kind else {
            unexpected("lacks a number", expected: ["a number"])
            return nil
        }
        if let range, number.decimalCount > 0 || !range.contains(number.mantissa) {
            unexpected(
                "has a month that is none",
                expected: ["a number from \(range.lowerBound) to \(range.upperBound)"]
            )
            return nil
        }
        advance()
        return number
    }

    mutating func day() -> SegmentDay? {
        let expected = [
            "a date as 2026-03-01", "an offset as -30d, -4w, -3m, -1y", "today", "yesterday", "30_days_ago",
        ]
        let day: SegmentDay? =
            switch token.kind {
            case .day(let day): day
            case .text(let text): CalendarDate(text).map { .date($0) }
            case .word(let word): Self.day(named: word.lowercased())
            default: nil
            }
        guard let day else {
            var suggestion: String?
            if case .word(let word) = token.kind { suggestion = nearest(to: word, among: ["today", "yesterday"]) }
            unexpected("lacks a day", expected: expected, suggestion: suggestion)
            return nil
        }
        advance()
        return day
    }

    /// `today`, `yesterday`, `90_days_ago`, `12_months_ago`.
    private static func day(named word: String) -> SegmentDay? {
        if word == "today" { return .days(0) }
        if word == "yesterday" { return .days(-1) }
        let parts = word.split(separator: "_")
        guard parts.count == 3, parts[2] == "ago", let count = Int(parts[0]), (0...100_000).contains(count) else {
            return nil
        }
        return switch parts[1] {
        case "days", "day": .days(-count)
        case "weeks", "week": .days(-7 * count)
        case "months", "month": .months(-count)
        case "years", "year": .months(-12 * count)
        default: nil
        }
    }

    /// A text as an attribute has it: of countries the code, of metadata also what is written without quotes.
    mutating func text(for field: SegmentField?) -> String? {
        var found: String?
        if case .text(let text) = token.kind { found = text }
        if field == nil {
            if isWord("TRUE") { found = "true" }
            if isWord("FALSE") { found = "false" }
            if case .number = token.kind { found = token.range.slice(of: self.text) }
        }
        guard let text = found else {
            unexpected("lacks a text in quotes", expected: ["a text in quotes"])
            return nil
        }
        guard text.unicodeScalars.count <= Limits.metadataValue.upperBound else {
            unexpected("has a text of more than \(Limits.metadataValue.upperBound) characters")
            return nil
        }
        if field == .countries {
            guard let country = CountryCode(text) else {
                unexpected("has no country \(text.prefix(60))", expected: ["a code as US, or a name"])
                return nil
            }
            advance()
            return country.description
        }
        advance()
        return text
    }

    /// One of a few words, with or without quotes.
    mutating func word(of words: [String]) -> String? {
        let given: String? =
            switch token.kind {
            case .text(let text), .word(let text): text
            default: nil
            }
        guard let given, let word = words.first(where: { $0 == given.lowercased() }) else {
            unexpected(
                "has a value that this never has",
                expected: words,
                suggestion: given.flatMap { nearest(to: $0, among: words) }
            )
            return nil
        }
        advance()
        return word
    }

    mutating func flag() -> Bool? {
        if take(word: "TRUE") { return true }
        if take(word: "FALSE") { return false }
        unexpected("lacks true or false", expected: ["true", "false"])
        return nil
    }
}
