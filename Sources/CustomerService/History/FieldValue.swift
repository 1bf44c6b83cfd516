/// What a field of a customer or an order holds.
public enum FieldValue: Hashable, Sendable {
    /// A text, an identifier, a name of a state.
    case text(String)
    /// An amount in minor units, a count, points.
    case number(Int64)
    /// Yes or no.
    case flag(Bool)
    /// Several texts.
    case texts([String])
}

extension FieldValue {
    /// The value as JSON.
    package var json: String {
        switch self {
        case .text(let text): JSONText.quoted(text)
        case .number(let number): String(number)
        case .flag(let flag): flag ? "true" : "false"
        case .texts(let texts): JSONText.list(texts)
        }
    }
}

extension FieldValue: CustomStringConvertible {
    /// The value, for people.
    public var description: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .flag(let flag): flag ? "yes" : "no"
        case .texts(let texts): texts.joined(separator: ", ")
        }
    }
}

/// How one field changed.
public struct FieldChange: Hashable, Sendable {
    /// The field's path, such as `email` or `addresses/addr_…/city`.
    public var field: String
    /// What it held; `nil` for nothing.
    public var before: FieldValue?
    /// What it holds; `nil` for nothing.
    public var after: FieldValue?
}

/// The fields of something at one moment, by path.
package struct FieldList {
    package private(set) var values: [(field: String, value: FieldValue)] = []

    package init() {}

    mutating func add(_ field: String, _ text: String?) {
        if let text { values.append((field, .text(text))) }
    }

    mutating func add(_ field: String, _ number: Int64) { values.append((field, .number(number))) }

    mutating func add(_ field: String, _ flag: Bool) { values.append((field, .flag(flag))) }

    mutating func add(_ field: String, _ texts: [String]) {
        if !texts.isEmpty { values.append((field, .texts(texts))) }
    }

    /// How fields changed since an earlier moment: first those that are there now, in order, then those that are gone.
    package func changes(since earlier: FieldList) -> [FieldChange] {
        let before = Dictionary(earlier.values.map { ($0.field, $0.value) }) { first, _ in first }
        let now = Set(values.map(\.field))
        let changed = values.filter { before[$0.field] != $0.value }
            .map { FieldChange(field: $0.field, before: before[$0.field], after: $0.value) }
        let gone = earlier.values.filter { !now.contains($0.field) }
            .map { FieldChange(field: $0.field, before: $0.value, after: nil) }
        return changed + gone
    }
}
