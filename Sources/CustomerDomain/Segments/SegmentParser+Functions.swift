// Functions: criteria in parentheses, by commas.
extension SegmentParser {
    /// What stands behind `orders_placed`.
    mutating func orders() -> (SegmentSubject, SegmentCondition, isNegated: Bool)? {
        let names = ["count", "amount", "sum_amount", "date", "status"]
        var criteria = OrderCriteria()
        let isNegated = function("orders", names) { parser, name in
            switch name {
            case "count": criteria.count = parser.criterion(.number) { $0.number() }
            case "amount": criteria.amount = parser.criterion(.money) { $0.number() }
            case "sum_amount": criteria.sum = parser.criterion(.money) { $0.number() }
            case "date": criteria.date = parser.criterion(.date) { $0.day() }
            default:
                let words = OrderStatus.names
                guard case .oneOf(let chosen) = parser.criterion(.choice(words), { $0.word(of: words) }) else { return }
                criteria.statuses = OrderStatus.allCases.filter { chosen.contains($0.description) }
            }
        }
        return isNegated.map { (.orders, .orders(criteria), isNegated: $0) }
    }

    /// What stands behind `products_purchased`.
    mutating func products() -> (SegmentSubject, SegmentCondition, isNegated: Bool)? {
        var criteria = ProductCriteria()
        let isNegated = function("products", ["sku", "id", "quantity", "count", "date"]) { parser, name in
            switch name {
            case "quantity": criteria.quantity = parser.criterion(.number) { $0.number() }
            case "count": criteria.count = parser.criterion(.number) { $0.number() }
            case "date": criteria.date = parser.criterion(.date) { $0.day() }
            default:
                guard case .oneOf(let skus) = parser.criterion(.choice([]), { $0.text(for: .source) }) else { return }
                criteria.skus = skus
            }
        }
        return isNegated.map { (.products, .products(criteria), isNegated: $0) }
    }

    /// `[[NOT] MATCHES] ( … )`: each criterion at most once; says whether the opposite is asked for.
    private mutating func function(
        _ what: String,
        _ names: [String],
        _ read: (inout SegmentParser, String) -> Void
    ) -> Bool? {
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
        var seen: Set<String> = []
        while !isSign(")") {
            guard let name = criterionName(what, names) else { return nil }
            // Another name of the same.
            guard seen.insert(name == "id" ? "sku" : name).inserted else {
                unexpected("tells \(name) twice; BETWEEN gives both ends")
                return nil
            }
            advance()
            let errorCount = errorCount
            read(&self, name)
            guard self.errorCount == errorCount else { return nil }
            if !isSign(")"), !require(sign: ",") { return nil }
        }
        advance()
        return isNegated
    }

    private mutating func criterionName(_ what: String, _ names: [String]) -> String? {
        guard case .word(let word) = token.kind else {
            unexpected("has something that \(what) are not told by", expected: names)
            return nil
        }
        guard names.contains(word.lowercased()) else {
            let suggestion = nearest(to: word, among: names)
            unexpected("has something that \(what) are not told by", expected: names, suggestion: suggestion)
            return nil
        }
        return word.lowercased()
    }

    private mutating func criterion<Value: Hashable & Sendable>(
        _ kind: SegmentField.Kind,
        _ value: (inout SegmentParser) -> Value?
    ) -> SegmentComparison<Value>? {
        let start = token
        guard let sign = comparisonSign(for: kind, isCriterion: true) else { return nil }
        guard !sign.isNegated else {
            report("asks for the opposite of a criterion, which functions do not know", range(from: start))
            return nil
        }
        return comparison(sign, value)
    }
}
