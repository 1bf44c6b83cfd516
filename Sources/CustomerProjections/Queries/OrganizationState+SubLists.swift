public import CustomerDomain
public import EventSourcing

extension OrganizationState {
    /// All groups, oldest first.
    public func groups(page: PageRequest) throws(QueryError) -> GroupPage {
        let rows = groups.rows.indices.filter { !groups.rows[$0].isDeleted }
        // Cursors name ordinals, so that a group which goes between two pages leaves none out.
        var page = page
        if case .cursor(let text?, let limit) = page {
            let last = Int(try Cursor(text, fingerprint: 1, keyCount: 0).row)
            page = .offset(limit: limit, offset: rows.firstIndex { $0 > last } ?? rows.count)
        }
        var answer = try places(rows.count, page, kind: 1).map { GroupOrdinal(UInt32(rows[$0])) }
        if answer.hasMore, let last = answer.elements.last {
            answer.nextCursor = Cursor(fingerprint: 1, values: [], row: last.value).text
        }
        return answer.map { groupView($0) }
    }

    /// The groups that the customer is in, oldest first.
    public func groups(of customer: CustomerOrdinal) -> [GroupOrdinal] {
        arena.numbers(at: customers.groups[customer.index])
            .filter { !groups.rows[Int($0)].isDeleted }
            .map { GroupOrdinal($0) }
    }

    /// A group at a glance.
    public func groupView(_ group: GroupOrdinal) -> GroupView {
        let row = groups.rows[group.index]
        return GroupView(
            id: row.id,
            ordinal: group,
            name: row.name,
            description: row.description,
            terms: row.terms,
            memberCount: row.members.count,
            createdAt: Timestamp(microseconds: row.createdAt),
            updatedAt: Timestamp(microseconds: row.updatedAt)
        )
    }

    /// Members that stand, newest registration first.
    public func members(
        of group: GroupOrdinal,
        page: PageRequest,
        at time: QueryTime
    ) throws(QueryError) -> CustomerPage {
        var query = CustomerQuery()
        query.groups = [.id(groups.rows[group.index].id)]
        query.page = page
        return try list(query, at: time)
    }

    /// Events of a customer before `sequence`, newest first, those of merged customers among them.
    ///
    /// Costs time in proportion to the customer's events after `sequence`, and to `limit`.
    public func timeline(
        of customer: CustomerOrdinal,
        before sequence: SequenceNumber?,
        limit: Int
    ) -> [TimelineReference] {
        var references: [TimelineReference] = []
        // Each history stays by itself, so that undoing a merge need not take them apart.
        var histories = identities(of: customer).map { customers.lastEvent[$0.index] }
        while references.count < limit {
            var latest = 0
            for index in histories.indices where histories[index] > histories[latest] { latest = index }
            let event = histories[latest]
            guard event != 0 else { break }
            if sequence.map({ event < $0.value }) ?? true {
                references.append(TimelineReference(sequence: SequenceNumber(event)))
            }
            histories[latest] = timeline.previous(of: event)
        }
        return references
    }

    /// The places of a page of `count` things that only ever get more at the end.
    func places(
        _ count: Int,
        _ page: PageRequest,
        kind: UInt64,
        isNewestFirst: Bool = false
    ) throws(QueryError) -> Page<Int> {
        var skipped = 0
        var rest = count
        switch page {
        case .offset(let limit, let offset):
            guard limit > 0, offset >= 0 else { throw .invalidPage(limit: limit, offset: offset) }
            skipped = min(offset, count)
        case .cursor(let text, let limit):
            guard limit > 0 else { throw .invalidPage(limit: limit, offset: 0) }
            if let text {
                let place = Int(try Cursor(text, fingerprint: kind, keyCount: 0).row)
                if isNewestFirst { rest = min(place, count) } else { skipped = min(place + 1, count) }
            }
        }
        let end = skipped + min(page.limit, rest - skipped)
        let places = (skipped..<end).map { isNewestFirst ? rest - 1 - $0 : $0 }
        let hasMore = end < rest
        var next: String?
        if hasMore, let last = places.last { next = Cursor(fingerprint: kind, values: [], row: UInt32(last)).text }
        return Page(elements: places, count: count, hasMore: hasMore, nextCursor: next)
    }
}

extension Page {
    /// The page with other rows in the place of these.
    func map<Other>(_ transform: (Element) -> Other) -> Page<Other> {
        Page<Other>(elements: elements.map(transform), count: count, hasMore: hasMore, nextCursor: nextCursor)
    }
}
