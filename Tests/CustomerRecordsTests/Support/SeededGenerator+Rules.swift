import CustomerDomain
import CustomerRecords
import TestSupport

// Rules that give groups and tags, and views.
extension SeededGenerator {
    mutating func ruleEvent(of type: EventType) -> Event {
        switch type {
        case .ruleDefined: .ruleDefined(RuleDefined(id: identifier(), gift: ruleGift(), terms: ruleTerms()))
        case .ruleChanged: .ruleChanged(identifier(), ruleTerms())
        case .ruleRemoved: .ruleRemoved(identifier())
        case .ruleAssigned: .ruleAssigned(ruleMove())
        default: .ruleWithdrew(ruleMove())
        }
    }

    private mutating func ruleGift() -> RuleGift { chance(1, in: 2) ? .group(identifier()) : .tag(text()) }

    private mutating func ruleMove() -> RuleMove {
        RuleMove(rule: identifier(), gift: ruleGift(), isChange: chance(1, in: 2))
    }

    private mutating func ruleTerms() -> RuleTerms {
        RuleTerms(
            name: text(),
            description: maybe { $0.text() },
            condition: chance(1, in: 2) ? .query(text()) : .segment(identifier()),
            takesAway: chance(1, in: 2),
            isActive: chance(1, in: 2)
        )
    }

    mutating func viewEvent(of type: EventType) -> Event {
        switch type {
        case .viewSaved: .viewSaved(viewSaved())
        case .viewChanged: .viewChanged(viewSaved())
        default: .viewRemoved(identifier())
        }
    }

    private mutating func viewSaved() -> ViewSaved {
        ViewSaved(
            id: identifier(),
            terms: ViewTerms(
                name: text(),
                condition: maybe { $0.text() },
                filters: some { ViewFilter(name: $0.text(), value: $0.text()) },
                sort: maybe { $0.text() },
                columns: some { $0.text() },
                isShared: chance(1, in: 2)
            )
        )
    }
}
