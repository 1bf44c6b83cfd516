extension Decision {
    func createGroup(_ group: GroupCreated) throws(Rejection) -> [Decided] {
        guard facts.group(group.id) == nil else { throw .invalid(field: "id", reason: "is already in use") }
        try check(group.name, "name", Limits.name)
        try check(group.description, "description", Limits.groupDescription, .paragraphs)
        guard facts.group(named: group.name) == nil else { throw .groupNameTaken(group.name) }
        return [Decided(customer: nil, event: .groupCreated(group))]
    }

    /// Those who already are members are skipped.
    func addMembers(_ members: [CustomerID], to id: GroupID) throws(Rejection) -> [Decided] {
        guard let group = facts.group(id) else { throw .groupNotFound(id) }
        return try customers(members)
            .filter { !facts.isMember($0, of: group) }
            .map { Decided(customer: $0, event: .groupJoined(group)) }
    }

    /// Those who are not members are skipped.
    func removeMembers(_ members: [CustomerID], from id: GroupID) throws(Rejection) -> [Decided] {
        guard let group = facts.group(id) else { throw .groupNotFound(id) }
        return try customers(members)
            .filter { facts.isMember($0, of: group) }
            .map { Decided(customer: $0, event: .groupLeft(group)) }
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
