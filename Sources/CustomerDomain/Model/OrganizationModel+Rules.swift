import EventSourcing

extension OrganizationModel {
    /// A rule, and what it has to do with whom.
    struct Rule: Hashable, Sendable {
        var rule: AssignmentRule
        var given: Set<CustomerOrdinal> = []
        var barred: Set<CustomerOrdinal> = []
    }

    /// Takes in what happens to rules.
    mutating func applyToRules(_ recorded: RecordedEvent) {
        switch recorded.event {
        case .ruleDefined(let defined): ruleBook.append(Rule(rule: AssignmentRule(defined, at: recorded.occurredAt)))
        case .ruleChanged(let id, let terms):
            for index in ruleBook.indices where ruleBook[index].rule.id == id {
                ruleBook[index].rule.terms = terms
                ruleBook[index].rule.updatedAt = max(ruleBook[index].rule.updatedAt, recorded.occurredAt)
            }
        case .ruleRemoved(let id): ruleBook.removeAll { $0.rule.id == id }
        default: break
        }
    }

    /// Takes in what happens to a customer.
    mutating func applyToRules(_ event: Event, of customer: CustomerOrdinal) {
        switch event {
        case .ruleAssigned(let move):
            for index in ruleBook.indices where ruleBook[index].rule.id == move.rule {
                ruleBook[index].given.insert(customer)
            }
            if move.isChange { give(move.gift, to: customer) }
        case .ruleWithdrew(let move):
            for index in ruleBook.indices where ruleBook[index].rule.id == move.rule {
                ruleBook[index].given.remove(customer)
            }
            if move.isChange { take(move.gift, from: customer) }
        default:
            let byHand = event.giftsByHand { groups.indices.contains($0.index) ? groups[$0.index].id : nil }
            guard let (gifts, has) = byHand else { return }
            for index in ruleBook.indices where gifts.contains(ruleBook[index].rule.gift) {
                ruleBook[index].given.remove(customer)
                if has { ruleBook[index].barred.remove(customer) } else { ruleBook[index].barred.insert(customer) }
            }
        }
    }

    /// What either of two had by hand is the survivor's by hand; else what a rule gave to one is the rule's still.
    ///
    /// To be called before anything moves.
    mutating func mergeRules(_ merged: CustomerOrdinal, into survivor: CustomerOrdinal) {
        let before = ruleBook
        for index in ruleBook.indices {
            let rule = before[index]
            let isByRule = before.contains { $0.rule.gift == rule.rule.gift && $0.given.contains(merged) }
            let (hasOne, hasOther) = (has(survivor, rule.rule.gift), has(merged, rule.rule.gift))
            if hasOther, !isByRule { ruleBook[index].given.remove(survivor) }
            guard !hasOne else { continue }
            if rule.given.contains(merged), !rule.barred.contains(survivor) { ruleBook[index].given.insert(survivor) }
            if rule.barred.contains(merged) { ruleBook[index].barred.insert(survivor) }
        }
    }

    /// A survivor that lost what came by a merge has it from no rule.
    mutating func unmergeRules(from survivor: CustomerOrdinal) {
        for index in ruleBook.indices where !has(survivor, ruleBook[index].rule.gift) {
            ruleBook[index].given.remove(survivor)
        }
    }

    private func has(_ customer: CustomerOrdinal, _ gift: RuleGift) -> Bool {
        switch gift {
        case .group(let id): group(id).map { customers[customer.index].groups.contains($0) } ?? false
        case .tag(let tag): customers[customer.index].tags.contains(tag)
        }
    }

    private mutating func give(_ gift: RuleGift, to customer: CustomerOrdinal) {
        switch gift {
        case .group(let id): if let group = group(id) { customers[customer.index].groups.insert(group) }
        case .tag(let tag):
            if !customers[customer.index].tags.contains(tag) { customers[customer.index].tags.append(tag) }
        }
    }

    private mutating func take(_ gift: RuleGift, from customer: CustomerOrdinal) {
        switch gift {
        case .group(let id):
            guard let group = group(id) else { return }
            customers[customer.index].groups.remove(group)
            for index in merges.indices where merges[index].survivor == customer { merges[index].groups.remove(group) }
        case .tag(let tag):
            customers[customer.index].tags.removeAll { $0 == tag }
            for index in merges.indices where merges[index].survivor == customer { merges[index].tags.remove(tag) }
        }
    }

    // MARK: Facts

    /// All rules, oldest first.
    public var rules: [AssignmentRule] { ruleBook.map(\.rule) }

    /// The rule of this identifier.
    public func rule(_ id: RuleID) -> AssignmentRule? { rules.first { $0.id == id } }

    /// The rules that give this, oldest first.
    public func rules(giving gift: RuleGift) -> [RuleID] { rules.filter { $0.gift == gift }.map(\.id) }

    /// What a rule has to do with a customer.
    public func ruleHold(of customer: CustomerOrdinal, by id: RuleID) -> RuleHold? {
        guard let rule = ruleBook.first(where: { $0.rule.id == id }) else { return nil }
        if rule.given.contains(customer) { return .given }
        return rule.barred.contains(customer) ? .barred : nil
    }
}
