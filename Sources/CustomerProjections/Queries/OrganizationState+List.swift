public import CustomerDomain

extension OrganizationState {
    /// One page of the customers that stand, and how many there are in all.
    ///
    /// Costs time in proportion to the number of customers, at about a nanosecond each for every criterion.
    public func list(_ query: CustomerQuery, at time: QueryTime) throws(QueryError) -> CustomerPage {
        let (rows, page) = try select(query, matches(query, at: time))
        return CustomerPage(
            elements: rows.map { summary(of: CustomerOrdinal(UInt32($0)), at: time) },
            count: page.count,
            hasMore: page.hasMore,
            nextCursor: page.nextCursor
        )
    }

    /// The ordinals of everybody that a query asks for, by ordinal, whatever its order and page: for exports and bulk work.
    public func ordinals(_ query: CustomerQuery, at time: QueryTime) -> [CustomerOrdinal] {
        var ordinals: [CustomerOrdinal] = []
        matches(query, at: time).forEach { ordinals.append(CustomerOrdinal(UInt32($0))) }
        return ordinals
    }

    /// The rows of a page of `matches`, and the page without them.
    func select(_ query: CustomerQuery, _ matches: Bitmap) throws(QueryError) -> ([Int], Page<Never>) {
        let keys = query.sort.isEmpty ? [SortKey(.createdAt, descending: true)] : query.sort
        let order = RowOrder(keys, of: self)
        let fingerprint = query.fingerprint(sort: keys)
        let count = matches.count
        var rest = matches
        var restCount = count
        var skipped = 0
        switch query.page {
        case .offset(let limit, let offset):
            guard limit > 0, offset >= 0 else { throw .invalidPage(limit: limit, offset: offset) }
            skipped = min(offset, count)
        case .cursor(let text, let limit):
            guard limit > 0 else { throw .invalidPage(limit: limit, offset: 0) }
            if let text {
                let cursor = try Cursor(text, fingerprint: fingerprint, keyCount: keys.count)
                rest = order.after(cursor, matches)
                restCount = rest.count
            }
        }
        let end = skipped + min(query.page.limit, restCount - skipped)
        let rows = RowSelector(order: order).rows(rest, count: restCount, ranks: skipped..<end)
        let hasMore = end < restCount
        var next: String?
        if hasMore, let last = rows.last {
            next = Cursor(fingerprint: fingerprint, values: order.values(of: last), row: UInt32(last)).text
        }
        return (rows, Page(elements: [], count: count, hasMore: hasMore, nextCursor: next))
    }
}

extension RowOrder {
    /// The rows that come after the one where a page ended.
    func after(_ cursor: Cursor, _ rows: Bitmap) -> Bitmap {
        guard let value = cursor.values.first else { return rows }
        let code = code(of: value, keyIndex: 0)
        let level = Level()
        var result = code == .max ? Bitmap(rowCount: 0) : withCodes(at: level) { rows.between(code + 1, .max, $0).0 }
        var ties = withCodes(at: level) { rows.between(code, code, $0).0 }
        ties.filterEach { follows($0, cursor) }
        if result.words.isEmpty { return ties }
        for index in result.words.indices { result.words[index] |= ties.words[index] }
        return result
    }
}
