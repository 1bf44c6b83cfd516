public import CustomerDomain

extension OrganizationState {
    /// One page of the customers that stand, and how many there are in all.
    ///
    /// Counting costs time in proportion to the number of customers, far below a nanosecond each, and more for criteria that
    /// have neither a set nor an order of their own; the page costs little unless it is deep in the list.
    public func list(_ query: CustomerQuery, at time: QueryTime) throws(QueryError) -> CustomerPage {
        try page(query, at: time).map { summary(of: $0, at: time) }
    }

    /// The same, with nothing but the ordinals of the customers.
    public func page(_ query: CustomerQuery, at time: QueryTime) throws(QueryError) -> Page<CustomerOrdinal> {
        try rows(query, at: time).map { CustomerOrdinal(UInt32($0)) }
    }

    /// The ordinals of everybody that a query asks for, by ordinal, whatever its order and page: for exports and bulk work.
    public func ordinals(_ query: CustomerQuery, at time: QueryTime) -> [CustomerOrdinal] {
        var ordinals: [CustomerOrdinal] = []
        matches(query, at: time).forEach { ordinals.append(CustomerOrdinal(UInt32($0))) }
        return ordinals
    }

    private func rows(_ query: CustomerQuery, at time: QueryTime) throws(QueryError) -> Page<Int> {
        let matches = matches(query, at: time)
        // Nobody was left out: they are counted already.
        let count = matches.isSame(as: customers.standing) ? customers.standingCount : matches.count
        let keys = query.sort.isEmpty ? [SortKey(.createdAt, descending: true)] : query.sort
        return try order(by: keys).select(query.page, of: matches, count, fingerprint: query.fingerprint(sort: keys))
    }

    /// Customers in the order of these keys.
    func order(by keys: [SortKey]) -> RowOrder {
        var columns: [RowOrder.Key] = []
        for key in keys {
            columns.append(RowOrder.Key(isDescending: key.isDescending, column: customers.sortKeyColumn(key.field)))
        }
        return RowOrder(keys: columns, texts: customers.searchText, arena: arena)
    }
}

extension RowOrder {
    /// The rows of a page of `matches`, of which there are `count`.
    func select(
        _ page: PageRequest,
        of matches: Bitmap,
        _ count: Int,
        fingerprint: UInt64
    ) throws(QueryError) -> Page<Int> {
        var start = RowWalk.Start()
        switch page {
        case .offset(let limit, let offset):
            guard limit > 0, offset >= 0 else { throw .invalidPage(limit: limit, offset: offset) }
            start.skipped = min(offset, count)
        case .cursor(let text, let limit):
            guard limit > 0 else { throw .invalidPage(limit: limit, offset: 0) }
            if let text { start.cursor = try Cursor(text, fingerprint: fingerprint, keyCount: keys.count) }
        }
        // One more than the page has tells whether there are more.
        let limit = page.limit == .max ? page.limit : page.limit + 1
        var rows = pick(matches, count: count, from: start, limit: limit)
        let hasMore = rows.count > page.limit
        if hasMore { rows.removeLast() }
        let next = hasMore ? rows.last.map { cursor(at: $0, fingerprint) } : nil
        return Page(elements: rows, count: count, hasMore: hasMore, nextCursor: next)
    }

    private func pick(_ matches: Bitmap, count: Int, from start: RowWalk.Start, limit: Int) -> [Int] {
        if let index = keys.first?.column.index,
            let rows = RowWalk(order: self, index: index).rows(of: matches, count: count, from: start, limit: limit)
        {
            return rows
        }
        let rest = start.cursor.map { after($0, matches) } ?? matches
        let restCount = start.cursor == nil ? count : rest.count
        let end = start.skipped + min(limit, restCount - start.skipped)
        return RowSelector(order: self).rows(rest, count: restCount, ranks: start.skipped..<end)
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
