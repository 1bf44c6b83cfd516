import CustomerDomain

extension EventDescription {
    func describeRule(_ event: Event, to fields: inout JSONFields) {
        switch event {
        case .ruleDefined(let rule):
            fields.field("id", rule.id)
            describe(rule.gift, to: &fields)
            describe(rule.terms, to: &fields)
        case .ruleChanged(let id, let terms):
            fields.field("id", id)
            describe(terms, to: &fields)
        case .ruleRemoved(let id): fields.field("id", id)
        case .ruleAssigned(let move), .ruleWithdrew(let move):
            fields.field("rule", move.rule)
            describe(move.gift, to: &fields)
            fields.field("isChange", move.isChange)
        default: break
        }
    }

    private func describe(_ gift: RuleGift, to fields: inout JSONFields) {
        switch gift {
        case .group(let id): fields.field("group", id)
        case .tag(let tag): fields.field("tag", tag)
        }
    }

    private func describe(_ terms: RuleTerms, to fields: inout JSONFields) {
        fields.field("name", terms.name)
        fields.field("description", terms.description)
        switch terms.condition {
        case .query(let text): fields.field("query", text)
        case .segment(let id): fields.field("segment", id)
        }
        fields.field("takesAway", terms.takesAway)
        fields.field("isActive", terms.isActive)
    }

    func describeView(_ event: Event, to fields: inout JSONFields) {
        switch event {
        case .viewSaved(let view), .viewChanged(let view):
            fields.field("id", view.id)
            fields.field("name", view.terms.name)
            fields.field("where", view.terms.condition)
            fields.array("filters", view.terms.filters) { fields, filter in
                fields.object { fields in
                    fields.field("name", filter.name)
                    fields.field("value", filter.value)
                }
            }
            fields.field("sort", view.terms.sort)
            fields.field("columns", view.terms.columns)
            fields.field("isShared", view.terms.isShared)
        case .viewRemoved(let id): fields.field("id", id)
        default: break
        }
    }
}
