extension Decision {
    func defineSegment(_ segment: SegmentDefined) throws(Rejection) -> [Decided] {
        guard facts.segment(segment.id) == nil else { throw .invalid(field: "id", reason: "is already in use") }
        try checkTerms(segment.terms)
        if let key = segment.key {
            guard Limits.segmentKey.contains(key.utf8.count), key.utf8.allSatisfy(isKeyByte) else {
                throw .invalid(
                    field: "key",
                    reason: "must be \(Limits.segmentKey.upperBound) small letters, digits, - or _ at most"
                )
            }
            if facts.segment(withKey: key) != nil { throw .segmentKeyTaken(key) }
        }
        if facts.segment(named: segment.terms.name) != nil { throw .segmentNameTaken(segment.terms.name) }
        if facts.standingSegmentCount >= Limits.segments { throw .limitReached("segments", limit: Limits.segments) }
        return [Decided(customer: nil, event: .segmentDefined(segment))]
    }

    func changeSegment(_ change: ChangeSegment) throws(Rejection) -> [Decided] {
        let segment = try standingSegment(change.id)
        let old = facts.terms(of: segment)
        var terms = old
        terms.name = change.name ?? old.name
        terms.description = change.description.applied(to: old.description)
        terms.query = change.query ?? old.query
        terms.tracksMembership = change.tracksMembership ?? old.tracksMembership
        try checkTerms(terms)
        if let other = facts.segment(named: terms.name), other != segment { throw .segmentNameTaken(terms.name) }
        if terms.query != old.query { try checkRules(naming: change.id, query: terms.query) }
        return terms == old ? [] : [Decided(customer: nil, event: .segmentChanged(segment, terms))]
    }

    func removeSegment(_ id: SegmentID) throws(Rejection) -> [Decided] {
        let segment = try standingSegment(id)
        if let rule = facts.rules.first(where: { $0.terms.condition == .segment(id) }) {
            throw .segmentInUse(id, by: rule.id)
        }
        return [Decided(customer: nil, event: .segmentRemoved(segment))]
    }

    /// Those who do not stand, and those of whom it is recorded already, are skipped; all, when nothing is recorded of the
    /// segment: by the time this is decided things may have changed.
    func recordSegmentMoves(_ moves: RecordSegmentMoves) throws(Rejection) -> [Decided] {
        guard moves.entered.count + moves.left.count <= Limits.segmentMovesPerCommand else {
            throw .limitReached(
                "customers of whom one command records that they moved",
                limit: Limits.segmentMovesPerCommand
            )
        }
        let segment = try standingSegment(moves.id)
        guard facts.terms(of: segment).tracksMembership else { return [] }
        var named: Set<CustomerOrdinal> = []
        func movers(_ ids: [CustomerID], areIn: Bool) -> [CustomerOrdinal] {
            ids.compactMap { facts.customer($0) }
                .filter { customer in
                    // Who is named twice is where it was named first.
                    guard named.insert(customer).inserted else { return false }
                    let status = facts.standing(of: customer).status
                    return (status == .active || status == .disabled)
                        && facts.isRecorded(customer, in: segment) != areIn
                }
        }
        let entered = movers(moves.entered, areIn: true)
        let left = movers(moves.left, areIn: false)
        return entered.map { Decided(customer: $0, event: .segmentEntered(segment)) }
            + left.map { Decided(customer: $0, event: .segmentLeft(segment)) }
    }

    private func checkTerms(_ terms: SegmentTerms) throws(Rejection) {
        try check(terms.name, "name", Limits.name)
        try check(terms.description, "description", Limits.groupDescription, .paragraphs)
        try check(terms.query, "query", Limits.segmentQuery, .paragraphs)
        do {
            _ = try SegmentQuery(terms.query)
        } catch {
            throw .invalid(field: "query", reason: error.summary)
        }
    }

    private func standingSegment(_ id: SegmentID) throws(Rejection) -> SegmentOrdinal {
        guard let segment = facts.segment(id), !facts.isRemoved(segment) else { throw .segmentNotFound(id) }
        return segment
    }
}

private func isKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
        UInt8(ascii: "_"):
        true
    default: false
    }
}
