/// How two JSON values differ, member by member.
///
/// The elements of lists are told apart by what they call themselves (`id`, `number`, `reference`, `sequence`), so that one that moved or
/// came in between is not taken for others; lists of anything else change as a whole.
struct JSONDifference {
    /// One place that differs.
    struct Change: Hashable {
        /// A JSON pointer (RFC 6901), with an element's name for itself where it has one.
        var pointer: String
        /// What was there; `nil` for nothing.
        var before: JSONValue?
        /// What is there; `nil` for nothing.
        var after: JSONValue?
    }

    private static let names = ["id", "number", "reference", "sequence"]

    /// The places, in the order of the later value; what is gone follows what is there.
    private(set) var changes: [Change] = []

    /// The difference of two values, either of which may be missing.
    init(_ before: JSONValue?, _ after: JSONValue?) {
        compare(before, after, at: "")
    }

    private mutating func compare(_ before: JSONValue?, _ after: JSONValue?, at pointer: String) {
        guard before != after else { return }
        if let before, let after, let old = Self.members(of: before), let new = Self.members(of: after) {
            compare(old, new, at: pointer)
        } else {
            changes.append(Change(pointer: pointer, before: before, after: after))
        }
    }

    private mutating func compare(_ before: [JSONValue.Member], _ after: [JSONValue.Member], at pointer: String) {
        let old = Dictionary(before.map { ($0.key, $0.value) }) { first, _ in first }
        let now = Set(after.map(\.key))
        for member in after { compare(old[member.key], member.value, at: pointer + "/" + Self.token(member.key)) }
        for member in before where !now.contains(member.key) {
            compare(member.value, nil, at: pointer + "/" + Self.token(member.key))
        }
    }

    /// What an object has, or a list by the names of its elements; `nil` for anything else.
    private static func members(of value: JSONValue) -> [JSONValue.Member]? {
        switch value {
        case .object(let members): return members
        case .array(let elements):
            for name in names {
                let keys = elements.compactMap { $0[name]?.text ?? $0[name]?.whole.map { String($0) } }
                guard keys.count == elements.count, Set(keys).count == keys.count else { continue }
                return zip(keys, elements).map { JSONValue.Member(key: $0, value: $1) }
            }
            return nil
        default: return nil
        }
    }

    private static func token(_ key: String) -> String {
        key.replacing("~", with: "~0").replacing("/", with: "~1")
    }
}
