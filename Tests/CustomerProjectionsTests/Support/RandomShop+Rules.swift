import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport

// Rules that give groups and tags, and views.
extension RandomShop {
    /// What happens to a rule, or a new one.
    mutating func rule(_ id: CustomerID) -> Command {
        guard let rule = model.rules.last, random.chance(9, in: 10) else {
            let gift: RuleGift
            if let group = model.groups.last(where: { !$0.isDeleted }), random.chance(1, in: 2) {
                gift = .group(group.id)
            } else {
                gift = .tag(random.pick(Self.tags))
            }
            let terms = RuleTerms(
                name: "Rule \(model.rules.count)",
                description: random.chance(1, in: 2) ? "given" : nil,
                condition: ruleCondition(),
                takesAway: true
            )
            return .defineRule(RuleDefined(id: identifier(), gift: gift, terms: terms))
        }
        let chosen = random.chance(1, in: 2) ? rule : random.pick(model.rules)
        switch random.below(20) {
        case 0: return .removeRule(chosen.id)
        case 1:
            var change = ChangeRule(id: chosen.id)
            if random.chance(1, in: 2) { change.condition = ruleCondition() }
            if random.chance(1, in: 3) { change.isActive = random.chance(3, in: 4) }
            return .changeRule(change)
        default:
            return .applyRule(
                ApplyRule(id: chosen.id, entering: [id, customer(), customer()], leaving: [customer(), customer()])
            )
        }
    }

    private mutating func ruleCondition() -> RuleCondition {
        if let segment = model.segments.last(where: { !$0.isRemoved }), random.chance(1, in: 4) {
            return .segment(segment.id)
        }
        return .query(random.pick(["number_of_orders > 1", "amount_spent >= 10", "NOT (amount_spent < 10.5)"]))
    }

    /// What happens to a view, or a new one.
    mutating func view() -> Command {
        let terms = ViewTerms(
            name: "View \(model.views.views.count)",
            condition: random.chance(1, in: 2) ? "number_of_orders > 1" : nil,
            filters: random.chance(1, in: 2) ? [ViewFilter(name: "tag", value: "gift")] : [],
            sort: random.chance(1, in: 2) ? "-totalSpent" : nil,
            columns: random.chance(1, in: 2) ? ["email"] : [],
            isShared: random.chance(1, in: 2)
        )
        guard let view = model.views.views.last, random.chance(1, in: 2) else {
            return .saveView(ViewSaved(id: identifier(), terms: terms))
        }
        if random.chance(1, in: 4) { return .removeView(view.id) }
        return .changeView(ChangeView(id: view.id, condition: .set("amount_spent > 5"), isShared: true))
    }
}
