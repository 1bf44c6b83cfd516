import CustomerDomain
import EventSourcing

extension RandomCommands {
    /// A rule, or what happens to one that is there.
    mutating func ruleCommand(_ facts: some OrganizationFacts) -> Command {
        let id: RuleID? = facts.rules.isEmpty ? nil : random.pick(facts.rules).id
        guard let id, !random.chance(20) else {
            let gift: RuleGift = random.chance(60) ? .tag(random.pick(["vip", "gift", " vip ", ""])) : .group(group())
            return .defineRule(RuleDefined(id: id ?? identifier(), gift: gift, terms: ruleTerms()))
        }
        switch random.below(12) {
        case 0: return .removeRule(id)
        case 1...2:
            var change = ChangeRule(id: id)
            if random.chance(40) { change.name = ruleTerms().name }
            if random.chance(40) { change.description = random.pick([.remove, .set("For the best"), .set("")]) }
            if random.chance(40) { change.condition = ruleTerms().condition }
            if random.chance(40) { change.takesAway = random.chance(80) }
            if random.chance(30) { change.isActive = random.chance(80) }
            return .changeRule(change)
        default:
            let entering = (0..<random.below(5)).map { _ in customer(facts) }
            let leaving = (0..<random.below(4)).map { _ in customer(facts) }
            return .applyRule(ApplyRule(id: id, entering: entering, leaving: leaving))
        }
    }

    private mutating func ruleTerms() -> RuleTerms {
        let condition: RuleCondition =
            segments.isEmpty || random.chance(70)
            ? .query(
                random.pick([
                    "amount_spent > 50", "number_of_orders > 10", "customer_tags CONTAINS 'gift'",
                    "customer_groups CONTAINS 'VIP'", "nothing",
                ])
            ) : .segment(random.pick(segments))
        return RuleTerms(
            name: random.pick(["Spends", "SPENDS", "Often", name()]),
            description: random.pick([nil, "For the best"]),
            condition: condition,
            takesAway: random.chance(70),
            isActive: random.chance(85)
        )
    }

    /// A view, or what happens to one that is there.
    mutating func viewCommand(_ facts: some OrganizationFacts) -> Command {
        let id: ViewID? = facts.allViews.isEmpty ? nil : random.pick(facts.allViews).id
        guard let id, !random.chance(30) else {
            return .saveView(ViewSaved(id: id ?? identifier(), terms: viewTerms()))
        }
        if random.chance(30) { return .removeView(id) }
        var change = ChangeView(id: id, name: random.pick([nil, "Mine", "New", ""]))
        change.condition = random.pick([.keep, .remove, .set("number_of_orders = 0"), .set("nothing")])
        if random.chance(40) { change.filters = viewTerms().filters }
        if random.chance(40) { change.isShared = random.chance(50) }
        return .changeView(change)
    }

    private mutating func viewTerms() -> ViewTerms {
        ViewTerms(
            name: random.pick(["Mine", "MINE", "New", name()]),
            condition: random.pick([nil, "amount_spent > 5"]),
            filters: random.pick([
                [], [ViewFilter(name: "status", value: "active"), ViewFilter(name: "tag", value: "vip")],
                [ViewFilter(name: "q", value: "Ana")],
            ]),
            sort: random.pick([nil, "-createdAt"]),
            columns: random.pick([[], ["email", "orderCount"], ["email", "email"]]),
            isShared: random.chance(50)
        )
    }
}
