/// Why a query cannot be answered.
public enum QueryError: Error, Hashable, Sendable {
    /// No rows can be sorted by this; `allowed` are the names that can be.
    case unknownSortKey(String, allowed: [String])
    /// The cursor is not one that this service made.
    case malformedCursor
    /// The cursor was made for another filter or another order.
    case cursorOfAnotherQuery
    /// A page must hold at least one row and start at or after the first.
    case invalidPage(limit: Int, offset: Int)
}
