import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// The customers that a query asks for.
    func matches(_ query: CustomerQuery, at time: QueryTime) -> Bitmap {
        var matches = customers.standing
        // Sets first: they leave fewer rows to look at.
        filterSets(&matches, query)
        filterTimes(&matches, query, time)
        filterNumbers(&matches, query)
        filterCodes(&matches, query)
        if let text = query.search {
            let words = SearchWord.words(of: text)
            if !words.isEmpty {
                search.filter(&matches, words: words, texts: customers.searchText, arena: arena)
            }
        }
        for segment in query.segments { keep(segment, &matches, time) }
        if let condition = query.condition { keep(condition.root, in: &matches, at: time) }
        return matches
    }

    private func filterSets(_ matches: inout Bitmap, _ query: CustomerQuery) {
        switch query.status {
        case .active: matches.subtract(customers.disabled)
        case .disabled: matches.formIntersection(customers.disabled)
        case .merged, .erased: matches = Bitmap(rowCount: customers.count)
        case nil: break
        }
        switch query.accountType {
        case .registered: matches.formIntersection(customers.registered)
        case .guest: matches.subtract(customers.registered)
        case nil: break
        }
        for tag in query.tags {
            var members = Bitmap(rowCount: customers.count)
            if let code = tagNames.code(of: tag) { tagged[Int(code)].formUnion(into: &members) }
            matches.formIntersection(members)
        }
        if let id = query.recordedSegment {
            matches.formIntersection(segment(id).map { recordedMembers(of: $0) } ?? Bitmap(rowCount: customers.count))
        }
        for channel in query.suppressed {
            matches.formIntersection(contacts.suppressed(channel, rowCount: customers.count))
        }
        if !query.groups.isEmpty { keepMembers(of: query.groups, &matches) }
        switch query.preset {
        case .vip: keepMembers(of: [.name("VIP")], &matches)
        case .wholesale: keepMembers(of: [.name("Wholesale")], &matches)
        default: break
        }
    }

    private func keep(_ id: SegmentID, _ matches: inout Bitmap, _ time: QueryTime) {
        if let segment = segment(id) {
            keep(segment, in: &matches, at: time)
        } else {
            matches = Bitmap(rowCount: customers.count)
        }
    }

    private func keepMembers(of selectors: [GroupSelector], _ matches: inout Bitmap) {
        var members = Bitmap(rowCount: customers.count)
        for selector in selectors {
            guard let row = groups.row(selector) else { continue }
            groups.rows[Int(row)].members.formUnion(into: &members)
        }
        matches.formIntersection(members)
    }

    private func filterCodes(_ matches: inout Bitmap, _ query: CustomerQuery) {
        let count = customers.count
        for consent in query.consents {
            let shift = ConsentTable.shift(of: consent.kind)
            let (mask, wanted) = (3 << shift as UInt8, (consent.state?.rawValue ?? 0) << shift)
            consents.codes.withUnsafeBufferPointer { column in
                matches.filter(rowCount: count) { column[$0] & mask == wanted }
            }
        }
        if !query.roles.isEmpty {
            let names = query.roles.map { $0.lowercased() }
            func isNamed(_ role: UnsafeBufferPointer<UInt8>) -> Bool { names.contains(String(utf8: role).lowercased()) }
            roles.keep(customers.role, in: &matches, none: false, where: isNamed) { row in
                arena.withBytes(customers.profile[row]) { ProfileRecord.text(.role, in: $0).map(isNamed) ?? false }
            }
        }
        if !query.tiers.isEmpty {
            let names = query.tiers.map { $0.lowercased() }
            var codes: UInt64 = 0
            for (index, tier) in (loyaltyProgram?.tiers ?? []).enumerated()
            where names.contains(tier.name.lowercased()) {
                codes |= 2 << UInt64(index)
            }
            customers.tier.withUnsafeBufferPointer { column in
                matches.filter(rowCount: count) { codes >> UInt64(column[$0]) & 1 != 0 }
            }
        }
        if let country = query.country?.packed { customers.country.keep(country...country, in: &matches) }
    }

    private func filterTimes(_ matches: inout Bitmap, _ query: CustomerQuery, _ time: QueryTime) {
        keep(&matches, customers.createdAt, query.registered.map { $0.microseconds })
        keep(&matches, customers.lastOrderAt, query.lastOrderAt.map { $0.microseconds })
        if let since = query.updatedSince {
            keep(&matches, customers.updatedAt, Bounds(minimum: since.microseconds))
        }
        if let days = query.inactiveDays {
            // More days than there are in the calendar mean the same, and must not overflow.
            let latest = time.now.advanced(byDays: -min(max(days, 0), 3_660_000))
            keep(&matches, customers.lastOrderAt, Bounds(maximum: latest.microseconds))
        }
        if query.preset == .new {
            keep(&matches, customers.createdAt, Bounds(minimum: time.now.advanced(byDays: -30).microseconds))
        }
        if let activity = query.activity { keep(&matches, activity, time) }
        if query.preset == .active { keep(&matches, .active, time) }
        if query.preset == .inactive { keep(&matches, .inactive, time) }
    }

    private func filterNumbers(_ matches: inout Bitmap, _ query: CustomerQuery) {
        keep(&matches, customers.orderCount, query.orderCount)
        keep(&matches, customers.grossSpent, query.totalSpent)
        keep(&matches, customers.points, query.points)
    }

    func keep(_ matches: inout Bitmap, _ activity: Activity, _ time: QueryTime) {
        let since = activeSince(time)
        var active = matches
        keep(&active, customers.lastOrderAt, Bounds(minimum: since))
        var rest = matches
        rest.subtract(active)
        keep(&rest, customers.lastLoginAt, Bounds(minimum: since))
        active.formUnion(rest)
        if activity == .active { matches = active } else { matches.subtract(active) }
    }

    private func keep(_ matches: inout Bitmap, _ column: SortedColumn<Int64>, _ bounds: Bounds<Int64>) {
        if bounds.isEmpty {
            matches = Bitmap(rowCount: customers.count)
            return
        }
        guard let range = bounds.range else { return }
        column.keep(range, in: &matches)
    }
}
