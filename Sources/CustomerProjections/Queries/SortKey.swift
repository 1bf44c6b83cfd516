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
        try parseSort(String(text), allowed: Field.names) { Field(name: $0) }.map { SortKey($0, descending: $1) }
    }
}

/// Splits a sort text into fields and directions; `field` says which field a name is, if it is one.
func parseSort<Field>(
    _ text: String,
    allowed: @autoclosure () -> [String],
    field: (String) -> Field?
) throws(QueryError) -> [(field: Field, isDescending: Bool)] {
    var items: [(field: Field, isDescending: Bool)] = []
    for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
        var name = part.drop { $0 == UInt8(ascii: " ") }
        while name.last == UInt8(ascii: " ") { name.removeLast() }
        if name.isEmpty, text.utf8.allSatisfy({ $0 == UInt8(ascii: " ") }) { return [] }
        let whole = name
        var isDescending = false
        if name.first == UInt8(ascii: "-") {
            isDescending = true
            name.removeFirst()
        } else if name.removeSuffix(":desc") {
            isDescending = true
        } else {
            _ = name.removeSuffix(":asc")
        }
        guard let field = String(name).flatMap(field) else {
            throw .unknownSortKey(String(whole) ?? text, allowed: allowed())
        }
        items.append((field, isDescending))
    }
    return items
}

extension Substring.UTF8View {
    /// Takes a suffix off; `false` when there is none such.
    fileprivate mutating func removeSuffix(_ suffix: String) -> Bool {
        let end = self.suffix(suffix.utf8.count)
        guard end.elementsEqual(suffix.utf8) else { return false }
        self = prefix(upTo: end.startIndex)
        return true
    }
}
