// One comparison: what it is about, and what it asks for.
extension SegmentParser {
    private static let functions = ["MONTH", "anniversary", "orders_placed", "metadata.KEY"]
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

    // MARK: Orders

    /// `[[NOT] MATCHES] ( … )` behind `orders_placed`.
    private mutating func orders() -> (SegmentSubject, SegmentCondition, isNegated: Bool)? {
        var isNegated = false
        if take(word: "NOT_MATCHES") {
            isNegated = true
        } else if isWord("NOT"), isWord("MATCHES", ahead: 1) {
            isNegated = true
            advance()
            advance()
        } else {
            _ = take(word: "MATCHES")
        }
        guard require(sign: "(") else { return nil }
        var criteria = OrderCriteria()
        var seen: Set<String> = []
        while !isSign(")") {
            guard add(to: &criteria, &seen) else { return nil }
            if !isSign(")"), !require(sign: ",") { return nil }
        }
        advance()
        return (.orders, .orders(criteria), isNegated: isNegated)
    }

    private mutating func add(to criteria: inout OrderCriteria, _ seen: inout Set<String>) -> Bool {
        let names = ["count", "amount", "sum_amount", "date", "status"]
        guard case .word(let word) = token.kind, names.contains(word.lowercased()) else {
            var suggestion: String?
            if case .word(let word) = token.kind { suggestion = nearest(to: word, among: names) }
            unexpected("has something that orders are not told by", expected: names, suggestion: suggestion)
            return false
        }
        let name = word.lowercased()
        guard seen.insert(name).inserted else {
            unexpected("tells \(name) twice; BETWEEN gives both ends")
            return false
        }
        advance()
        let kind: SegmentField.Kind =
            switch name {
            case "date": .date
            case "status": .choice(OrderStatus.allCases.map(\.description))
            case "count": .number
            default: .money
            }
        let start = token
        guard let sign = comparisonSign(for: kind, isCriterion: true) else { return false }
        guard !sign.isNegated else {
            report("asks for the opposite of a criterion, which orders_placed does not know", start.range)
            return false
        }
        switch name {
        case "count": criteria.count = comparison(sign) { $0.number() }
        case "amount": criteria.amount = comparison(sign) { $0.number() }
        case "sum_amount": criteria.sum = comparison(sign) { $0.number() }
        case "date": criteria.date = comparison(sign) { $0.day() }
        default:
            guard case .oneOf(let words) = comparison(sign, { $0.word(of: OrderStatus.allCases.map(\.description)) })
            else { return false }
            criteria.statuses = OrderStatus.allCases.filter { words.contains($0.description) }
        }
        return true
    }
}
