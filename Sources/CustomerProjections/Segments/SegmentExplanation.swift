public import CustomerDomain
import EventSourcing

/// Why a customer is in a segment or is not: a query, part by part, with what is true of the customer.
public struct SegmentExplanation: Hashable, Sendable {
    /// What a part is.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// All of its parts must hold.
        case and
        /// One of its parts must hold.
        case or
        /// Its part must not hold.
        case not
        /// A comparison.
        case test
    }

    /// What it is.
    public var kind: Kind
    /// As it stands in the query.
    public var text: String
    /// Where it stands.
    public var range: SegmentRange
    /// Whether it holds.
    public var truth: SegmentTruth
    /// What the customer has there; `nil` for anything but a comparison, none for a missing value.
    public var values: [String]?
    /// What it is made of.
    public var parts: [SegmentExplanation]
}

extension OrganizationState {
    /// Why a customer fulfils a query, or does not.
    ///
    /// Costs time in proportion to the customer's orders and the query's comparisons.
    public func explain(
        _ query: SegmentQuery,
        of customer: CustomerOrdinal,
        at time: QueryTime
    ) -> SegmentExplanation {
        SegmentPerson(customer, self, time).explain(query.root, query.text)
    }

    /// What a segment asks for; `nil` when this version does not read its text.
    public func query(of segment: SegmentOrdinal) -> SegmentQuery? { segments.rows[segment.index].query }
}

extension SegmentPerson {
    func explain(_ expression: SegmentExpression, _ text: String) -> SegmentExplanation {
        var explanation = SegmentExplanation(
            kind: .test,
            text: expression.range.slice(of: text),
            range: expression.range,
            truth: truth(of: expression),
            values: nil,
            parts: []
        )
        switch expression {
        case .and(let parts, _):
            explanation.kind = .and
            explanation.parts = parts.map { explain($0, text) }
        case .or(let parts, _):
            explanation.kind = .or
            explanation.parts = parts.map { explain($0, text) }
        case .not(let inner, _):
            explanation.kind = .not
            explanation.parts = [explain(inner, text)]
        case .test(let test): explanation.values = value(of: test.subject, test.condition).texts
        }
        return explanation
    }
}

extension SegmentPerson.Value {
    /// As people write it.
    fileprivate var texts: [String] {
        switch self {
        case .missing: []
        case .number(let number, let digits): [decimal(number, digits)]
        case .day(let day): [day.description]
        case .text(let text): [text]
        case .texts(let texts): texts
        case .flag(let flag): [flag ? "true" : "false"]
        }
    }
}

/// A number in units of `1 / 10^digits` as decimal digits: `-1234.50`.
private func decimal(_ number: Int64, _ digits: Int) -> String {
    let text = String(number.magnitude)
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    let sign = number < 0 ? "-" : ""
    guard digits > 0 else { return sign + padded }
    return sign + padded.dropLast(digits) + "." + padded.suffix(digits)
}
