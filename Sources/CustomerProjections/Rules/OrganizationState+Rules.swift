public import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// Takes in that a rule gave something, or took it away.
    mutating func apply(_ move: RuleMove, isGiven: Bool, _ row: Int, at time: Int64) {
        ruleTable.move(move, row, isGiven: isGiven)
        guard move.isChange else { return }
        switch move.gift {
        case .group(let id):
            guard let group = group(id) else { return }
            if isGiven { join(group, row, at: time) } else { leave(group, row, at: time) }
        case .tag(let tag): if isGiven { self.tag(row, [tag]) } else { untag(row, [tag]) }
        }
    }

    mutating func joinByHand(_ group: GroupOrdinal, _ row: Int, at time: Int64) {
        join(group, row, at: time)
        noteForRules(group, row, joins: true)
    }

    mutating func leaveByHand(_ group: GroupOrdinal, _ row: Int, at time: Int64) {
        leave(group, row, at: time)
        noteForRules(group, row, joins: false)
    }

    private mutating func noteForRules(_ group: GroupOrdinal, _ row: Int, joins: Bool) {
        guard !ruleTable.rows.isEmpty, group.index < groups.rows.count else { return }
        ruleTable.note(.group(groups.rows[group.index].id), row, has: joins)
    }

    /// Takes in that tags came or went by hand.
    mutating func noteForRules(_ tags: [String], _ row: Int, isTagged: Bool) {
        guard !ruleTable.rows.isEmpty else { return }
        for tag in tags { ruleTable.note(.tag(tag), row, has: isTagged) }
    }

    mutating func mergeRules(_ merged: Int, into survivor: Int) {
        guard !ruleTable.rows.isEmpty else { return }
        let holders = holders(of: [merged, survivor])
        ruleTable.merge(UInt32(merged), into: UInt32(survivor)) { holders[$0]?.contains($1) == true }
    }

    mutating func unmergeRules(from survivor: Int) {
        guard !ruleTable.rows.isEmpty else { return }
        let holders = holders(of: [survivor])
        ruleTable.unmerge(from: UInt32(survivor)) { holders[$0]?.contains($1) == true }
    }

    /// What these have of all that rules give.
    private func holders(of customers: [Int]) -> [UInt32: Set<RuleGift>] {
        let gifts = Set(ruleTable.rows.map(\.rule.gift))
        return Dictionary(
            customers.map { row in (UInt32(row), gifts.filter { has($0, CustomerOrdinal(UInt32(row))) }) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private func has(_ gift: RuleGift, _ customer: CustomerOrdinal) -> Bool {
        switch gift {
        case .group(let id): group(id).map { isMember(customer, of: $0) } ?? false
        case .tag(let tag): tags(of: customer).contains(tag)
        }
    }

    // MARK: Facts

    /// All rules, oldest first.
    public var rules: [AssignmentRule] { ruleTable.rows.map(\.rule) }

    /// The rule of this identifier.
    public func rule(_ id: RuleID) -> AssignmentRule? { ruleTable.row(id).map { ruleTable.rows[$0].rule } }

    /// The rules that give this, oldest first.
    public func rules(giving gift: RuleGift) -> [RuleID] { ruleTable.rows(giving: gift).map(\.rule.id) }

    /// What a rule has to do with a customer.
    public func ruleHold(of customer: CustomerOrdinal, by id: RuleID) -> RuleHold? {
        guard let number = ruleTable.row(id) else { return nil }
        let row = ruleTable.rows[number]
        if row.given.contains(customer.value) { return .given }
        return row.barred.contains(customer.value) ? .barred : nil
    }

    // MARK: Questions

    /// The rules of a page, oldest first.
    public func rules(page: PageRequest) throws(QueryError) -> Page<RuleView> {
        try places(ruleTable.rows.count, page, kind: 41).map { view(of: ruleTable.rows[$0]) }
    }

    /// The rule of this identifier with how many it gave to.
    public func ruleView(_ id: RuleID) -> RuleView? { ruleTable.row(id).map { view(of: ruleTable.rows[$0]) } }

    /// The rules by which a customer has something, oldest first.
    public func rules(giving gift: RuleGift, to customer: CustomerOrdinal) -> [AssignmentRule] {
        ruleTable.rows(giving: gift).filter { $0.given.contains(customer.value) }.map(\.rule)
    }

    private func view(of row: RuleTable.Row) -> RuleView {
        RuleView(rule: row.rule, givenCount: standing(row.given).count, barredCount: standing(row.barred).count)
    }

    /// What a rule would do now, if it were at work.
    ///
    /// Costs what its condition costs; see ``list(_:at:)``.
    ///
    /// - Parameters:
    ///   - rule: The rule, as it is or as it might be.
    ///   - limit: How many of those who would get it, and of those who would lose it, to show.
    ///   - time: The time to look at it from.
    /// - Returns: The counts, and the first of them.
    public func preview(of rule: AssignmentRule, limit: Int, at time: QueryTime) -> RulePreview {
        var outcome = outcome(of: rule, at: time)
        var preview = RulePreview()
        preview.matching = outcome.matching.count
        preview.byHand = outcome.byHand.count
        preview.passedOver = outcome.passedOver.count
        outcome.entering.subtract(outcome.ofOthers)
        outcome.leaving.subtract(outcome.ofOthers)
        preview.entering = outcome.entering.count
        preview.leaving = outcome.leaving.count
        preview.firstEntering = outcome.entering.first(limit).map { summary(of: CustomerOrdinal($0), at: time) }
        preview.firstLeaving = outcome.leaving.first(limit).map { summary(of: CustomerOrdinal($0), at: time) }
        return preview
    }

    /// Whom a rule that is at work moves now.
    ///
    /// Costs what its condition costs; see ``list(_:at:)``.
    ///
    /// - Parameters:
    ///   - id: The rule.
    ///   - limit: How many customers are enough.
    ///   - time: The time to look at it from.
    /// - Returns: Whom to move, and how many more there are; `nil` for a rule that is not there or not at work.
    public func moves(by id: RuleID, limit: Int, at time: QueryTime) -> (moves: ApplyRule, rest: Int)? {
        guard let number = ruleTable.row(id), ruleTable.rows[number].rule.terms.isActive else { return nil }
        let outcome = outcome(of: ruleTable.rows[number].rule, at: time)
        var moves = ApplyRule(id: id)
        moves.leaving = outcome.leaving.first(limit).map { customers.ids[Int($0)] }
        moves.entering = outcome.entering.first(limit - moves.leaving.count).map { customers.ids[Int($0)] }
        let all = outcome.entering.count + outcome.leaving.count
        return (moves, rest: all - moves.entering.count - moves.leaving.count)
    }

    /// Who is in which part of what a rule would do.
    private struct Outcome {
        var matching: Bitmap
        var entering: Bitmap
        var leaving: Bitmap
        var byHand: Bitmap
        var passedOver: Bitmap
        /// Who has it by other rules.
        var ofOthers: Bitmap
    }

    private func outcome(of rule: AssignmentRule, at time: QueryTime) -> Outcome {
        let rows = ruleTable.rows(giving: rule.gift)
        let own = rows.first { $0.rule.id == rule.id }
        let given = standing(own?.given)
        var ofOthers = Bitmap(rowCount: customers.count)
        for row in rows where row.rule.id != rule.id { ofOthers.formUnion(standing(row.given)) }
        var byHand = holders(of: rule.gift)
        byHand.subtract(given)
        byHand.subtract(ofOthers)

        let matching = matching(rule.terms.condition, at: time)
        byHand.formIntersection(matching)
        var entering = matching
        entering.subtract(given)
        entering.subtract(byHand)
        var passedOver = standing(own?.barred)
        if case .tag = rule.gift { passedOver.formUnion(full(among: entering, but: ofOthers)) }
        passedOver.formIntersection(entering)
        entering.subtract(passedOver)
        var leaving = Bitmap(rowCount: customers.count)
        if rule.terms.takesAway {
            leaving = given
            leaving.subtract(matching)
        }
        return Outcome(
            matching: matching,
            entering: entering,
            leaving: leaving,
            byHand: byHand,
            passedOver: passedOver,
            ofOthers: ofOthers
        )
    }

    /// Of whom a rule's condition holds now.
    private func matching(_ condition: RuleCondition, at time: QueryTime) -> Bitmap {
        switch condition {
        case .segment(let id): return segment(id).map { members(of: $0, at: time) } ?? Bitmap(rowCount: customers.count)
        case .query(let text):
            guard let query = try? SegmentQuery(text) else { return Bitmap(rowCount: customers.count) }
            var matching = customers.standing
            keep(query.root, in: &matching, at: time)
            return matching
        }
    }

    private func holders(of gift: RuleGift) -> Bitmap {
        switch gift {
        case .group(let id): standing(group(id).map { groups.rows[$0.index].members })
        case .tag(let tag): standing(tagNames.code(of: tag).map { tagged[Int($0)] })
        }
    }

    /// Who has as many tags as anybody may.
    private func full(among candidates: Bitmap, but others: Bitmap) -> Bitmap {
        var full = candidates
        full.subtract(others)
        full.filterEach { arena.numbers(at: customers.tags[$0]).count >= Limits.tagsPerCustomer }
        return full
    }

    /// Those of a set who stand.
    private func standing(_ set: OrdinalSet?) -> Bitmap {
        var bitmap = Bitmap(rowCount: customers.count)
        set?.formUnion(into: &bitmap)
        bitmap.formIntersection(customers.standing)
        return bitmap
    }
}

extension Bitmap {
    /// The first rows, by number.
    fileprivate func first(_ limit: Int) -> [UInt32] {
        var first: [UInt32] = []
        forEach { if first.count < limit { first.append(UInt32($0)) } }
        return first
    }
}
