// One comparison: what it is about, and what it asks for.
extension SegmentParser {
    private static let functions = ["MONTH", "anniversary", "orders_placed", "products_purchased", "metadata.KEY"]
    private static let keywords = ["AND", "OR", "NOT", "IN", "BETWEEN", "IS", "NULL", "CONTAINS", "MATCHES"]

    mutating func test() -> (SegmentSubject, SegmentCondition, isNegated: Bool)? {
        guard case .word(let name) = token.kind, !Self.keywords.contains(name.uppercased()) else {
            unexpected("lacks a comparison", expected: ["an attribute", "NOT", "("])
            return nil
        }
        let lowercased = name.lowercased()
        if lowercased == "month" { return part("MONTH", of: [.date]) { .month($0) } }
        if lowercased == "anniversary" { return part("anniversary", of: [.date, .birthday]) { .anniversary($0) } }
        if lowercased == "orders_placed" {
            advance()
            return orders()
        }
        if lowercased == "products_purchased" {
            advance()
            return products()
        }
        if lowercased == "metadata" || lowercased.hasPrefix("metadata.") { return metadata(name) }
        guard let field = field(name) else { return nil }
        advance()
        if field.kind == .birthday {
            report(
                "asks for birth_date with its year; only its anniversary can be asked for",
                token.range,
                expected: ["anniversary(birth_date)"]
            )
            return nil
        }
        return condition(of: .field(field), field.kind, field)
    }

    /// The attribute of a name; an error when there is none.
    private mutating func field(_ name: String) -> SegmentField? {
        if let field = SegmentField(rawValue: name.lowercased()) { return field }
        let known = SegmentField.allCases.map(\.rawValue) + Self.functions
        unexpected(
            "has an unknown attribute \(name.prefix(60))",
            expected: known,
            suggestion: nearest(to: name, among: known)
        )
        return nil
    }

    /// `MONTH(last_order_date)` and its like.
    private mutating func part(
        _ function: String,
        of kinds: [SegmentField.Kind],
        _ subject: (SegmentField) -> SegmentSubject
    ) -> (SegmentSubject, SegmentCondition, isNegated: Bool)? {
        advance()
        guard require(sign: "(") else { return nil }
        let names = SegmentField.allCases.filter { kinds.contains($0.kind) }.map(\.rawValue)
        guard case .word(let name) = token.kind else {
            unexpected("lacks the attribute of \(function)", expected: names)
            return nil
        }
        guard let field = SegmentField(rawValue: name.lowercased()), kinds.contains(field.kind) else {
            unexpected(
                "asks for the \(function) of \(name.prefix(60)), which has none",
                expected: names,
                suggestion: nearest(to: name, among: names)
            )
            return nil
        }
        advance()
        guard require(sign: ")") else { return nil }
        return condition(of: subject(field), function == "MONTH" ? .number : .birthday, field)
    }

    private mutating func metadata(_ name: String) -> (SegmentSubject, SegmentCondition, isNegated: Bool)? {
        let start = token
        advance()
        var key = String(name.unicodeScalars.dropFirst("metadata.".count))
        if key.isEmpty {
            guard require(sign: ".") else { return nil }
            guard case .text(let quoted) = token.kind else {
                unexpected("lacks the key behind metadata.", expected: ["a key, in quotes where it has other signs"])
                return nil
            }
            key = quoted
            advance()
        }
        guard Limits.metadataKey.contains(key.unicodeScalars.count) else {
            report("has a key of metadata that none can be", range(from: start))
            return nil
        }
        return condition(of: .metadata(key), .text, nil)
    }

    /// What is asked of a subject.
    private mutating func condition(
        of subject: SegmentSubject,
        _ kind: SegmentField.Kind,
        _ field: SegmentField?
    ) -> (SegmentSubject, SegmentCondition, isNegated: Bool)? {
        guard let sign = comparisonSign(for: kind) else { return nil }
        let condition: SegmentCondition?
        switch (sign.name, kind) {
        case ("IS NULL", _): condition = .isMissing
        case ("CONTAINS", _): condition = text(for: field).map { .contains($0) }
        case (_, .money): condition = comparison(sign) { $0.number() }.map { .number($0) }
        case (_, .number):
            var range: ClosedRange<Int64>?
            if case .month = subject { range = 1...12 }
            condition = comparison(sign) { $0.number(in: range) }.map { .number($0) }
        case (_, .date), (_, .birthday): condition = comparison(sign) { $0.day() }.map { .day($0) }
        case (_, .text), (_, .list): condition = texts(sign) { $0.text(for: field) }
        case (_, .choice(let words)): condition = texts(sign) { $0.word(of: words) }
        case (_, .flag): condition = flag().map { .flag($0) }
        }
        return condition.map { (subject, $0, isNegated: sign.isNegated) }
    }

    private mutating func texts(
        _ sign: Sign,
        _ value: (inout SegmentParser) -> String?
    ) -> SegmentCondition? {
        guard case .oneOf(let texts) = comparison(sign, value) else { return nil }
        return .text(texts)
    }
}
