extension Decision {
    func defineRule(_ rule: RuleDefined) throws(Rejection) -> [Decided] {
        guard facts.rule(rule.id) == nil else { throw .invalid(field: "id", reason: "is already in use") }
        var rule = rule
        switch rule.gift {
        case .group(let id):
            guard facts.group(id) != nil else {
                throw .invalid(field: "group", reason: "is not a group of this organization")
            }
        case .tag(let tag):
            do throws(Rejection) {
                rule.gift = .tag(try distinctTags([tag])[0])
            } catch {
                if case .invalid(_, let reason) = error { throw .invalid(field: "tag", reason: reason) }
                throw error
            }
        }
        try checkTerms(of: AssignmentRule(rule, at: now))
        if facts.rules.count >= Limits.rules { throw .limitReached("rules", limit: Limits.rules) }
        return [Decided(customer: nil, event: .ruleDefined(rule))]
    }

    func changeRule(_ change: ChangeRule) throws(Rejection) -> [Decided] {
        var rule = try standingRule(change.id)
        let old = rule.terms
        rule.terms = change.applied(to: old)
        try checkTerms(of: rule)
        return rule.terms == old ? [] : [Decided(customer: nil, event: .ruleChanged(rule.id, rule.terms))]
    }

    func removeRule(_ id: RuleID) throws(Rejection) -> [Decided] {
        [Decided(customer: nil, event: .ruleRemoved(try standingRule(id).id))]
    }

    /// Those who do not stand, those of whom the rule cannot have more, and what came by hand are passed over: by the time this is
    /// decided things may have changed.
    func applyRule(_ run: ApplyRule) throws(Rejection) -> [Decided] {
        guard run.entering.count + run.leaving.count <= Limits.ruleMovesPerCommand else {
            throw .limitReached("customers that one command moves by a rule", limit: Limits.ruleMovesPerCommand)
        }
        let rule = try standingRule(run.id)
        guard rule.terms.isActive else { throw .ruleInactive(rule.id) }
        let others = facts.rules(giving: rule.gift).filter { $0 != rule.id }
        var named: Set<CustomerOrdinal> = []
        func movers(_ ids: [CustomerID]) -> [CustomerOrdinal] {
            ids.compactMap { facts.customer($0) }
                .filter { customer in
                    let status = facts.standing(of: customer).status
                    return (status == .active || status == .disabled) && named.insert(customer).inserted
                }
        }
        func isGivenByOthers(_ customer: CustomerOrdinal) -> Bool {
            others.contains { facts.ruleHold(of: customer, by: $0) == .given }
        }
        var decided: [Decided] = []
        for customer in movers(run.entering) where facts.ruleHold(of: customer, by: rule.id) == nil {
            let isGiven = isGivenByOthers(customer)
            guard isGiven || canTake(rule.gift, customer) else { continue }
            let move = RuleMove(rule: rule.id, gift: rule.gift, isChange: !isGiven)
            decided.append(Decided(customer: customer, event: .ruleAssigned(move)))
        }
        for customer in movers(run.leaving)
        where rule.terms.takesAway && facts.ruleHold(of: customer, by: rule.id) == .given {
            let move = RuleMove(rule: rule.id, gift: rule.gift, isChange: !isGivenByOthers(customer))
            decided.append(Decided(customer: customer, event: .ruleWithdrew(move)))
        }
        return decided
    }

    /// Refuses a rule that asks, perhaps by way of others, for what it gives itself, once a segment has another query.
    func checkRules(naming segment: SegmentID, query: String) throws(Rejection) {
        let feeding = RuleFeeding(facts.rules, facts, replacing: (segment, query))
        for rule in facts.rules where rule.terms.condition == .segment(segment) {
            if let other = feeding.circle(through: rule) { throw .ruleCircle(by: other) }
        }
    }

    /// Whether the customer has it not, and has room for it.
    private func canTake(_ gift: RuleGift, _ customer: CustomerOrdinal) -> Bool {
        switch gift {
        case .group(let id): return facts.group(id).map { !facts.isMember(customer, of: $0) } ?? false
        case .tag(let tag):
            let tags = facts.tags(of: customer)
            return tags.count < Limits.tagsPerCustomer && !tags.contains(tag)
        }
    }

    private func checkTerms(of rule: AssignmentRule) throws(Rejection) {
        let terms = rule.terms
        try check(terms.name, "name", Limits.name)
        try check(terms.description, "description", Limits.groupDescription, .paragraphs)
        switch terms.condition {
        case .query(let text):
            try check(text, "query", Limits.segmentQuery, .paragraphs)
            do {
                _ = try SegmentQuery(text)
            } catch {
                throw .invalid(field: "query", reason: error.summary)
            }
        case .segment(let id):
            guard let segment = facts.segment(id), !facts.isRemoved(segment) else {
                throw .invalid(field: "segment", reason: "is not a segment of this organization")
            }
        }
        if let other = facts.rules.first(where: { $0.terms.name.lowercased() == terms.name.lowercased() }),
            other.id != rule.id
        {
            throw .ruleNameTaken(terms.name)
        }
        let feeding = RuleFeeding(facts.rules.filter { $0.id != rule.id } + [rule], facts)
        if let other = feeding.circle(through: rule) { throw .ruleCircle(by: other) }
    }

    private func standingRule(_ id: RuleID) throws(Rejection) -> AssignmentRule {
        guard let rule = facts.rule(id) else { throw .ruleNotFound(id) }
        return rule
    }
}

extension OrganizationFacts {
    /// Whether a customer has this by rules, and not by hand.
    func isGivenByRule(_ gift: RuleGift, to customer: CustomerOrdinal) -> Bool {
        rules(giving: gift).contains { ruleHold(of: customer, by: $0) == .given }
    }
}
