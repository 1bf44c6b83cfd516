import CustomerDomain
import EventSourcing

/// Fields of a body that matched its schema, as the domain has them; what is absent or null is `nil`.
extension JSONValue {
    func text(_ key: String) -> String? { self[key]?.text }
    func whole(_ key: String) -> Int64? { self[key]?.whole }
    func flag(_ key: String) -> Bool? { self[key]?.flag }
    func choice<Value: Named>(_ key: String, _ type: Value.Type = Value.self) -> Value? {
        text(key).flatMap { Value(name: $0) }
    }
    func texts(_ key: String) -> [String] { self[key]?.elements.compactMap(\.text) ?? [] }
    func email(_ key: String) -> EmailAddress? { text(key).flatMap { EmailAddress($0) } }
    func phone(_ key: String) -> PhoneNumber? { text(key).flatMap { PhoneNumber($0) } }
    func date(_ key: String) -> CalendarDate? { text(key).flatMap { CalendarDate($0) } }
    func instant(_ key: String) -> Timestamp? { text(key).flatMap { Timestamp(rfc3339: $0) } }
    func currency(_ key: String) -> CurrencyCode? { text(key).flatMap { CurrencyCode($0) } }
    func country(_ key: String) -> CountryCode? { text(key).flatMap { CountryCode($0) } }

    func identifier<Kind>(_ key: String, _ kind: Kind.Type = Kind.self) -> Identifier<Kind>? {
        text(key).flatMap { Identifier<Kind>($0) }
    }

    func identifiers<Kind>(_ key: String, _ kind: Kind.Type = Kind.self) -> [Identifier<Kind>] {
        texts(key).compactMap { Identifier<Kind>($0) }
    }

    /// The texts of an object with free keys.
    func map(_ key: String) -> [String: String] {
        (self[key]?.members ?? []).reduce(into: [:]) { map, member in map[member.key] = member.value.text }
    }

    /// What a merge patch (RFC 7396) does with a field: absent keeps, null removes.
    func edit<Value>(_ key: String, _ read: (String) -> Value?) -> Edit<Value> {
        guard let value = self[key] else { return .keep }
        return value.text.flatMap(read).map { .set($0) } ?? .remove
    }
}
