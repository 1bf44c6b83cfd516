public import CustomerDomain

/// Which orders are asked for, in which order, and which page of them.
public struct OrderQuery: Hashable, Sendable {
    /// Where the order stands.
    public var status: OrderStatus?
    /// Where the goods stand.
    public var fulfillmentStatus: FulfillmentStatus?
    /// Whose they are; merged customers count as their survivor.
    public var customer: CustomerOrdinal?
    /// The order; without any, the latest first.
    public var sort: [OrderSortKey] = []
    /// The part of the result.
    public var page = PageRequest.offset(limit: 20)

    /// All orders, latest first.
    public init() {}
}

/// One criterion of an order of orders; those that tie in all criteria follow the log.
public struct OrderSortKey: Hashable, Sendable {
    /// What orders can be sorted by.
    public enum Field: UInt8, Hashable, Sendable, CaseIterable {
        /// Business time, also named `createdAt`.
        case placedAt = 1
        /// The shop's number, as text.
        case number
        /// Minor units, whatever the currency.
        case total
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

    /// Reads a comma-separated list: `-placedAt,number` or `placedAt:desc,number:asc`; `createdAt` is `placedAt`.
    ///
    /// - Throws: ``QueryError/unknownSortKey(_:allowed:)`` naming the first item that is none.
    public static func parse(_ text: some StringProtocol) throws(QueryError) -> [OrderSortKey] {
        try parseSort(String(text), allowed: ["placedAt", "createdAt", "number", "total"]) { name in
            switch name {
            case "placedAt", "createdAt": Field.placedAt
            case "number": .number
            case "total": .total
            default: nil
            }
        }
        .map { OrderSortKey($0, descending: $1) }
    }
}
