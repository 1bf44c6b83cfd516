public import CustomerDomain

extension OrganizationState {
    /// One page of the customers that stand, and how many there are in all.
    ///
    /// Costs time in proportion to the number of customers, at about a nanosecond each for every criterion.
    public func list(_ query: CustomerQuery, at time: QueryTime) throws(QueryError) -> CustomerPage {
        try select(query, matches(query, at: time)).map { summary(of: CustomerOrdinal(UInt32($0)), at: time) }
    }

    /// The ordinals of everybody that a query asks for, by ordinal, whatever its order and page: for exports and bulk work.
    public func ordinals(_ query: CustomerQuery, at time: QueryTime) -> [CustomerOrdinal] {
        var ordinals: [CustomerOrdinal] = []
        matches(query, at: time).forEach { ordinals.append(CustomerOrdinal(UInt32($0))) }
        return ordinals
    }

    private func select(_ query: CustomerQuery, _ matches: Bitmap) throws(QueryError) -> Page<Int> {
        let keys = query.sort.isEmpty ? [SortKey(.createdAt, descending: true)] : query.sort
        let source = CustomerSource(customers: customers, arena: arena)
        let order = RowOrder(source: source, keys: keys.map { ($0.field, $0.isDescending) })
        return try order.select(query.page, of: matches, fingerprint: query.fingerprint(sort: keys))
    }
}

extension RowOrder {
    /// The rows of a page of `matches`.
    func select(
        _ page: PageRequest,
        of matches: Bitmap,
        fingerprint: UInt64
    ) throws(QueryError) -> Page<Int> {
        let count = matches.count
        var rest = matches
        var restCount = count
        var skipped = 0
        switch page {
        case .offset(let limit, let offset):
            guard limit > 0, offset >= 0 else { throw .invalidPage(limit: limit, offset: offset) }
            skipped = min(offset, count)
        case .cursor(let text, let limit):
            guard limit > 0 else { throw .invalidPage(limit: limit, offset: 0) }
            if let text {
                let cursor = try Cursor(text, fingerprint: fingerprint, keyCount: keys.count)
                rest = after(cursor, matches)
                restCount = rest.count
            }
        }
        let end = skipped + min(page.limit, restCount - skipped)
        let rows = RowSelector(order: self).rows(rest, count: restCount, ranks: skipped..<end)
        let next = end < restCount ? rows.last.map { cursor(at: $0, fingerprint) } : nil
        return Page(elements: rows, count: count, hasMore: end < restCount, nextCursor: next)
    }

    /// The same of a few rows.
    func select(
        _ page: PageRequest,
        ofFew rows: [Int],
        fingerprint: UInt64
    ) throws(QueryError) -> Page<Int> {
        var rest = rows
        var skipped = 0
        switch page {
        case .offset(let limit, let offset):
            guard limit > 0, offset >= 0 else { throw .invalidPage(limit: limit, offset: offset) }
            skipped = min(offset, rest.count)
        case .cursor(let text, let limit):
            guard limit > 0 else { throw .invalidPage(limit: limit, offset: 0) }
            if let text {
                let cursor = try Cursor(text, fingerprint: fingerprint, keyCount: keys.count)
                rest.removeAll { !follows($0, cursor) }
            }
        }
        rest.sort { precedes($0, $1, from: Level()) }
        let end = skipped + min(page.limit, rest.count - skipped)
        let picked = Array(rest[skipped..<end])
        let next = end < rest.count ? picked.last.map { cursor(at: $0, fingerprint) } : nil
        return Page(elements: picked, count: rows.count, hasMore: end < rest.count, nextCursor: next)
    }

    private func cursor(at row: Int, _ fingerprint: UInt64) -> String {
        Cursor(fingerprint: fingerprint, values: values(of: row), row: UInt32(row)).text
    }
}
