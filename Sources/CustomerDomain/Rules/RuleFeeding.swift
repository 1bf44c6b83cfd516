/// Which rules ask for what others give: such rules in a circle would give and take for ever.
struct RuleFeeding<Facts: OrganizationFacts> {
    private let facts: Facts
    private let rules: [AssignmentRule]
    private let tests: [RuleID: [SegmentTest]]

    /// Looks at these rules, with the queries that the segments which they name have now, but for one.
    init(
        _ rules: [AssignmentRule],
        _ facts: Facts,
        replacing replaced: (segment: SegmentID, query: String)? = nil
    ) {
        self.facts = facts
        self.rules = rules
        tests = Dictionary(
            rules.map { rule in
                let text: String? =
                    switch rule.terms.condition {
                    case .query(let text): text
                    case .segment(let id) where id == replaced?.segment: replaced?.query
                    case .segment(let id): facts.segment(id).map { facts.terms(of: $0).query }
                    }
                let query = text.flatMap { try? SegmentQuery($0) }
                return (rule.id, query?.root.tests ?? [])
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The rule that feeds this one in a circle, perhaps itself; `nil` when there is none.
    func circle(through rule: AssignmentRule) -> RuleID? {
        var seen: Set<RuleID> = []
        var rest = [rule]
        while let feeding = rest.popLast() {
            for fed in rules where asks(fed, about: feeding.gift) {
                if fed.id == rule.id { return feeding.id }
                if seen.insert(fed.id).inserted { rest.append(fed) }
            }
        }
        return nil
    }

    private func asks(_ rule: AssignmentRule, about gift: RuleGift) -> Bool {
        (tests[rule.id] ?? [])
            .contains { test in
                switch (gift, test.subject, test.condition) {
                case (.tag(let tag), .field(.tags), .contains(let text)): text == tag
                case (.group(let id), .field(.groups), .contains(let text)):
                    GroupID(text) == id
                        || (facts.group(named: text) ?? facts.group(withKey: text)).map { $0 == facts.group(id) }
                            ?? false
                // Whether there is any at all.
                case (.tag, .field(.tags), _), (.group, .field(.groups), _): true
                default: false
                }
            }
    }
}

extension SegmentExpression {
    /// All comparisons in it.
    fileprivate var tests: [SegmentTest] {
        switch self {
        case .and(let parts, _), .or(let parts, _): parts.flatMap(\.tests)
        case .not(let inner, _): inner.tests
        case .test(let test): [test]
        }
    }
}
