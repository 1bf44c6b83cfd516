public import CustomerDomain

/// One criterion of an order of customers; rows that tie in all criteria follow their ordinals.
///
/// Missing values come last in both directions.
public struct SortKey: Hashable, Sendable {
    /// What customers can be sorted by.
    public enum Field: UInt8, Hashable, Sendable, Named {
        /// Time of registration.
        case createdAt = 1
        /// Time of the last change.
        case updatedAt
        /// The display name, without regard to case and diacritics.
        case name
        /// The e-mail address, without regard to case.
        case email
        /// Gross amount spent, in the organization's currency.
        case totalSpent
        /// Orders that were not cancelled.
        case orderCount
        /// Business time of the last order.
        case lastOrderAt
        /// Points that can be spent.
        case points

        /// The field's name on the wire.
        public var name: String {
            switch self {
            case .createdAt: "createdAt"
            case .updatedAt: "updatedAt"
            case .name: "name"
            case .email: "email"
            case .totalSpent: "totalSpent"
            case .orderCount: "orderCount"
            case .lastOrderAt: "lastOrderAt"
            case .points: "points"
            }
        }
    }

    /// What is compared.
    public var field: Field
    /// Whether the largest comes first.
    public var isDescending: Bool

    /// The criterion of this field and direction.
    public init(_ field: Field, descending: Bool = false) {
        self.field = field
        isDescending = descending
    }

    /// Reads a comma-separated list in either syntax: `-createdAt,name` or `createdAt:desc,name:asc`.
    ///
    /// An empty text is an empty list.
    ///
    /// - Throws: ``QueryError/unknownSortKey(_:allowed:)`` naming the first item that is none.
    public static func parse(_ text: some StringProtocol) throws(QueryError) -> [SortKey] {
        var keys: [SortKey] = []
        for item in try parseSort(text, allowed: Field.names) {
            guard let field = Field(name: item.name) else { continue }
            keys.append(SortKey(field, descending: item.isDescending))
        }
        return keys
    }
}

/// Splits a sort text into names and directions; every name must be among `allowed`.
func parseSort(
    _ text: some StringProtocol,
    allowed: [String]
) throws(QueryError) -> [(name: String, isDescending: Bool)] {
    var items: [(name: String, isDescending: Bool)] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
        var name = part.drop { $0 == " " }
        while name.last == " " { name.removeLast() }
        if name.isEmpty, text.allSatisfy({ $0 == " " }) { return [] }
        let whole = String(name)
        var isDescending = false
        if name.first == "-" {
            isDescending = true
            name.removeFirst()
        } else if name.hasSuffix(":desc") {
            isDescending = true
            name.removeLast(5)
        } else if name.hasSuffix(":asc") {
            name.removeLast(4)
        }
        guard allowed.contains(where: { $0 == name }) else {
            throw .unknownSortKey(whole, allowed: allowed)
        }
        items.append((String(name), isDescending))
    }
    return items
}
