extension Decision {
    func createGroup(_ group: GroupCreated, _ terms: GroupTerms) throws(Rejection) -> [Decided] {
        guard facts.group(group.id) == nil else { throw .invalid(field: "id", reason: "is already in use") }
        let whole = GroupUpdated(id: group.id, name: group.name, description: group.description, terms: terms)
        try checkGroup(whole)
        guard facts.group(named: group.name) == nil else { throw .groupNameTaken(group.name) }
        if let key = terms.key, facts.group(withKey: key) != nil { throw .groupKeyTaken(key) }
        let created = Decided(customer: nil, event: .groupCreated(group))
        return terms == GroupTerms() ? [created] : [created, Decided(customer: nil, event: .groupUpdated(whole))]
    }

    func createDefaultGroups(_ ids: [GroupID], _ currency: CurrencyCode?) throws(Rejection) -> [Decided] {
        guard let currency = currency ?? facts.settings.currency else {
            throw .invalid(field: "currency", reason: "must be given, because the organization has none yet")
        }
        var decided: [Decided] = []
        for group in DefaultGroups.groups(ids, currency: currency) where facts.group(named: group.name) == nil {
            if let key = group.terms.key, facts.group(withKey: key) != nil { continue }
            decided += try createGroup(GroupCreated(id: group.id, name: group.name), group.terms)
        }
        return decided
    }

    func updateGroup(_ id: GroupID, _ edit: GroupEdit) throws(Rejection) -> [Decided] {
        let group = try standingGroup(id)
        let before = facts.definition(of: group)
        let after = edit.applied(to: before)
        try checkGroup(after)
        if let holder = facts.group(named: after.name), holder != group { throw .groupNameTaken(after.name) }
        if let key = after.terms.key, let holder = facts.group(withKey: key), holder != group {
            throw .groupKeyTaken(key)
        }
        return after == before ? [] : [Decided(customer: nil, event: .groupUpdated(after))]
    }

    func deleteGroup(_ id: GroupID) throws(Rejection) -> [Decided] {
        _ = try standingGroup(id)
        if let rule = facts.pricingRules.first(where: { $0.group == id }) { throw .groupInUse(id, by: rule.id) }
        if let rule = facts.rules(giving: .group(id)).first { throw .groupRuled(id, by: rule) }
        return [Decided(customer: nil, event: .groupDeleted(id))]
    }

    /// Those who already are members are skipped, but for whom only rules made one: from now on that is by hand.
    func addMembers(_ members: [CustomerID], to id: GroupID, reason: String?) throws(Rejection) -> [Decided] {
        let group = try standingGroup(id)
        try check(reason, "reason", Limits.reason, .paragraphs)
        return try customers(members)
            .filter { !facts.isMember($0, of: group) || facts.isGivenByRule(.group(id), to: $0) }
            .map { Decided(customer: $0, event: membership(of: group, true, reason)) }
    }

    /// Those who are not members are skipped.
    func removeMembers(_ members: [CustomerID], from id: GroupID, reason: String?) throws(Rejection) -> [Decided] {
        let group = try standingGroup(id)
        try check(reason, "reason", Limits.reason, .paragraphs)
        return try customers(members)
            .filter { facts.isMember($0, of: group) }
            .map { Decided(customer: $0, event: membership(of: group, false, reason)) }
    }

    private func membership(of group: GroupOrdinal, _ joins: Bool, _ reason: String?) -> Event {
        if let reason { return .membershipChanged(MembershipChanged(group: group, joins: joins, reason: reason)) }
        return joins ? .groupJoined(group) : .groupLeft(group)
    }

    func standingGroup(_ id: GroupID) throws(Rejection) -> GroupOrdinal {
        guard let group = facts.group(id) else { throw .groupNotFound(id) }
        return group
    }

    private func checkGroup(_ group: GroupUpdated) throws(Rejection) {
        try check(group.name, "name", Limits.name)
        try check(group.description, "description", Limits.groupDescription, .paragraphs)
        if let key = group.terms.key {
            try check(key, "key", Limits.groupKey)
            guard key.utf8.allSatisfy(isKeyByte) else {
                throw .invalid(field: "key", reason: "must have only letters, digits, _ and -")
            }
        }
        let benefits = group.terms.benefits
        if let discount = benefits.discount { try check(discount, "benefits/discountPercent", Limits.discount) }
        if let amount = benefits.freeShippingOver {
            try check(amount, "benefits/freeShippingOver", 0...Limits.amount)
        }
        if let amount = benefits.minimumOrder { try check(amount, "benefits/minimumOrder", 0...Limits.amount) }
        let hasAmount = (benefits.freeShippingOver ?? 0) > 0 || (benefits.minimumOrder ?? 0) > 0
        if hasAmount, benefits.currency == nil {
            throw .invalid(field: "benefits/currency", reason: "must be given with an amount")
        }
        if let days = benefits.paymentTermsDays {
            try check(days, "benefits/paymentTermsDays", Limits.paymentTermsDays)
        }
        try check(benefits.priceList, "benefits/priceList", Limits.priceList)
    }

    private func isKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// What a customer being created joins.
    func groupsJoined(_ ids: [GroupID]) throws(Rejection) -> [Event] {
        if ids.count > Limits.groupsPerCreation {
            throw .invalid(field: "groups", reason: "must be at most \(Limits.groupsPerCreation)")
        }
        var events: [Event] = []
        for (index, id) in ids.enumerated() {
            guard let group = facts.group(id) else {
                throw .invalid(field: "groups/\(index)", reason: "is not a group of this organization")
            }
            if !events.contains(.groupJoined(group)) { events.append(.groupJoined(group)) }
        }
        return events
    }

    /// The customers, each once; all of them stand.
    private func customers(_ ids: [CustomerID]) throws(Rejection) -> [CustomerOrdinal] {
        if ids.count > Limits.membersPerCommand {
            throw .invalid(field: "customerIds", reason: "must be at most \(grouped(Limits.membersPerCommand))")
        }
        var ordinals: [CustomerOrdinal] = []
        var seen: Set<CustomerOrdinal> = []
        for (index, id) in ids.enumerated() {
            let ordinal = try member(id, index: index)
            if seen.insert(ordinal).inserted { ordinals.append(ordinal) }
        }
        return ordinals
    }

    private func member(_ id: CustomerID, index: Int) throws(Rejection) -> CustomerOrdinal {
        do {
            return try standingCustomer(id).ordinal
        } catch {
            let reason =
                switch error {
                case .customerMerged(_, let survivor): "is a customer who was merged into \(survivor)"
                case .customerErased: "is a customer who was erased"
                default: "is not a customer of this organization"
                }
            throw .invalid(field: "customerIds/\(index)", reason: reason)
        }
    }
}
