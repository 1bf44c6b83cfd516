import CustomerProjections

extension Problem {
    /// The problem that a query's error is to a client.
    init(_ error: QueryError) {
        switch error {
        case .unknownSortKey(let name, let allowed):
            self = .parameter(
                "sort",
                "has \(name.prefix(60)), which is none of \(allowed.joined(separator: ", ")), each with - before it or :asc or :desc after it"
            )
        case .malformedCursor: self = .parameter("cursor", "is not one that this server made")
        case .cursorOfAnotherQuery: self = .parameter("cursor", "was made for another filter or another order")
        case .invalidPage: self = .parameter("limit", "must be at least 1")
        }
    }
}
