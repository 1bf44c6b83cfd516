/// Which part of a result is asked for.
public enum PageRequest: Hashable, Sendable {
    /// `limit` rows after the first `offset`.
    case offset(limit: Int, offset: Int = 0)
    /// `limit` rows after the one where the last page ended; from the first row without a cursor.
    case cursor(String? = nil, limit: Int)

    /// How many rows at most.
    public var limit: Int {
        switch self {
        case .offset(let limit, _), .cursor(_, let limit): limit
        }
    }
}

/// One part of a result.
public struct Page<Element: Sendable>: Sendable {
    /// The rows, in the order asked for.
    public var elements: [Element]
    /// How many rows the whole result has; always exact.
    public var count: Int
    /// Whether there are rows after these.
    public var hasMore: Bool
    /// Where the next page begins; `nil` on the last one.
    public var nextCursor: String?

    /// A page of these rows.
    public init(elements: [Element], count: Int, hasMore: Bool, nextCursor: String? = nil) {
        self.elements = elements
        self.count = count
        self.hasMore = hasMore
        self.nextCursor = nextCursor
    }
}

extension Page: Equatable where Element: Equatable {}

/// A page of the customer list.
public typealias CustomerPage = Page<CustomerSummary>
/// A page of orders.
public typealias OrderPage = Page<OrderView>
/// A page of groups.
public typealias GroupPage = Page<GroupView>
/// A page of notes.
public typealias NotePage = Page<NoteReference>
/// A page of loyalty transactions.
public typealias LoyaltyTransactionPage = Page<LoyaltyTransaction>
