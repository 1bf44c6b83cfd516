extension Decision {
    func addTags(_ tags: [String], to id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        let current = facts.tags(of: subject.ordinal)
        // What only rules gave is by hand from now on.
        let added = try distinctTags(tags)
            .filter { !current.contains($0) || facts.isGivenByRule(.tag($0), to: subject.ordinal) }
        if added.isEmpty { return [] }
        try checkTagCount(current.count + added.count { !current.contains($0) })
        return subject.events([.customerTagged(added)])
    }

    func removeTags(_ tags: [String], from id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        let current = facts.tags(of: subject.ordinal)
        let removed = try distinctTags(tags).filter { current.contains($0) }
        return removed.isEmpty ? [] : subject.events([.customerUntagged(removed)])
    }

    /// What turns the customer's tags into these: first those that go, then those that come.
    func tagsReplaced(_ tags: [String], of customer: CustomerOrdinal) throws(Rejection) -> [Event] {
        let wanted = try distinctTags(tags)
        try checkTagCount(wanted.count)
        let current = facts.tags(of: customer)
        let removed = current.filter { !wanted.contains($0) }
        let added = wanted.filter { !current.contains($0) }
        var events: [Event] = []
        if !removed.isEmpty { events.append(.customerUntagged(removed)) }
        if !added.isEmpty { events.append(.customerTagged(added)) }
        return events
    }

    /// The tags without surrounding blanks, each once, in order of first mention.
    func distinctTags(_ tags: [String]) throws(Rejection) -> [String] {
        var distinct: [String] = []
        var seen: Set<String> = []
        for (index, tag) in tags.enumerated() {
            let tag = trimmed(tag)
            try check(tag, "tags/\(index)", Limits.tag)
            if seen.insert(tag).inserted { distinct.append(tag) }
        }
        return distinct
    }

    func checkTagCount(_ count: Int) throws(Rejection) {
        if count > Limits.tagsPerCustomer { throw .limitReached("tags", limit: Limits.tagsPerCustomer) }
    }
}

private func trimmed(_ text: String) -> String {
    guard text.first?.isWhitespace == true || text.last?.isWhitespace == true else { return text }
    var rest = text[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
}
