public import CustomerDomain
import EventSourcing

extension OrganizationState {
    mutating func define(_ segment: SegmentDefined, at time: Int64) {
        segments.append(
            SegmentTable.Row(id: segment.id, key: segment.key, terms: segment.terms, createdAt: time, updatedAt: time)
        )
    }

    // MARK: Facts

    /// How many segments were ever defined.
    public var segmentCount: Int { segments.rows.count }

    /// How many of them were not removed.
    public var standingSegmentCount: Int { segments.rows.count { !$0.isRemoved } }

    /// The segment of this identifier, removed or not.
    public func segment(_ id: SegmentID) -> SegmentOrdinal? { segments.row(id).map { SegmentOrdinal($0) } }

    /// The segment that is not removed of this name, without regard to case.
    public func segment(named name: String) -> SegmentOrdinal? {
        segments.row(named: name).map { SegmentOrdinal($0) }
    }

    /// The segment that is not removed of this key.
    public func segment(withKey key: String) -> SegmentOrdinal? {
        segments.row(withKey: key).map { SegmentOrdinal($0) }
    }

    /// The segment that is not removed of this identifier, key or name, tried in this order.
    public func segment(called text: String) -> SegmentOrdinal? {
        if let id = SegmentID(text), let segment = segment(id), !isRemoved(segment) { return segment }
        return segment(withKey: text) ?? segment(named: text)
    }

    /// Whether the segment was removed.
    public func isRemoved(_ segment: SegmentOrdinal) -> Bool { segments.rows[segment.index].isRemoved }

    /// What the segment is.
    public func terms(of segment: SegmentOrdinal) -> SegmentTerms { segments.rows[segment.index].terms }

    /// Whether it is recorded that the customer is in the segment.
    public func isRecorded(_ customer: CustomerOrdinal, in segment: SegmentOrdinal) -> Bool {
        segments.rows[segment.index].recorded.contains(customer.value)
    }

    // MARK: Questions

    /// All segments that are not removed, oldest first.
    public func segments(page: PageRequest) throws(QueryError) -> Page<SegmentView> {
        let standing = segments.rows.indices.filter { !segments.rows[$0].isRemoved }
        return try places(standing.count, page, kind: 8).map { segmentView(SegmentOrdinal(UInt32(standing[$0]))) }
    }

    /// A segment at a glance.
    public func segmentView(_ segment: SegmentOrdinal) -> SegmentView {
        let row = segments.rows[segment.index]
        return SegmentView(
            id: row.id,
            ordinal: segment,
            key: row.key,
            terms: row.terms,
            createdAt: Timestamp(microseconds: row.createdAt),
            updatedAt: Timestamp(microseconds: row.updatedAt)
        )
    }

    /// How many customers are in a segment now.
    ///
    /// Costs what the query's criteria cost; see ``list(_:at:)``.
    public func memberCount(of segment: SegmentOrdinal, at time: QueryTime) -> Int {
        members(of: segment, at: time).count
    }

    /// How many customers that stand are recorded to be in a segment.
    public func recordedCount(of segment: SegmentOrdinal) -> Int { recordedMembers(of: segment).count }

    /// The segments that a customer is in now or is recorded to be in, oldest first; none, when it does not stand.
    ///
    /// Costs time in proportion to the segments and to the customer's orders, not to the customers.
    public func segments(of customer: CustomerOrdinal, at time: QueryTime) -> [SegmentMembership] {
        guard customers.isStanding(customer.index) else { return [] }
        let person = SegmentPerson(customer, self, time)
        return segments.rows.indices.compactMap { number in
            let row = segments.rows[number]
            guard !row.isRemoved else { return nil }
            let isMember = row.query.map { person.truth(of: $0.root) == .yes } ?? false
            let isRecorded = row.recorded.contains(customer.value)
            guard isMember || isRecorded else { return nil }
            let view = segmentView(SegmentOrdinal(UInt32(number)))
            return SegmentMembership(segment: view, isMember: isMember, isRecorded: isRecorded)
        }
    }

    /// The segments that it is recorded of a customer to be in, oldest first.
    public func recordedSegments(of customer: CustomerOrdinal) -> [SegmentID] {
        segments.rows.compactMap { $0.recorded.contains(customer.value) ? $0.id : nil }
    }

    /// Who entered a segment that tracks its members, and who left it, since that was last recorded.
    ///
    /// - Parameters:
    ///   - segment: The segment.
    ///   - time: The time to look at it from.
    ///   - limit: How many customers are enough.
    /// - Returns: What to record; `nil` when nothing is.
    public func moves(of segment: SegmentOrdinal, at time: QueryTime, limit: Int) -> RecordSegmentMoves? {
        let row = segments.rows[segment.index]
        guard !row.isRemoved, row.terms.tracksMembership, row.query != nil else { return nil }
        var entered = members(of: segment, at: time)
        var left = recordedMembers(of: segment)
        let stayed = entered
        entered.subtract(left)
        left.subtract(stayed)
        var moves = RecordSegmentMoves(id: row.id)
        entered.forEach { if moves.entered.count < limit { moves.entered.append(customers.ids[$0]) } }
        left.forEach { if moves.entered.count + moves.left.count < limit { moves.left.append(customers.ids[$0]) } }
        return moves.entered.isEmpty && moves.left.isEmpty ? nil : moves
    }

    /// Who is in a segment now.
    func members(of segment: SegmentOrdinal, at time: QueryTime) -> Bitmap {
        var members = customers.standing
        keep(segment, in: &members, at: time)
        return members
    }

    /// Keeps those who are in a segment now.
    func keep(_ segment: SegmentOrdinal, in matches: inout Bitmap, at time: QueryTime) {
        if let query = segments.rows[segment.index].query, !isRemoved(segment) {
            keep(query.root, in: &matches, at: time)
        } else {
            matches = Bitmap(rowCount: customers.count)
        }
    }

    /// Those who stand and are recorded to be in a segment.
    func recordedMembers(of segment: SegmentOrdinal) -> Bitmap {
        var members = Bitmap(rowCount: customers.count)
        segments.rows[segment.index].recorded.formUnion(into: &members)
        members.formIntersection(customers.standing)
        return members
    }
}
