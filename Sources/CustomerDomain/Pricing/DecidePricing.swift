extension Decision {
    func createPricingRule(_ rule: PricingRule) throws(Rejection) -> [Decided] {
        guard facts.pricingRule(rule.id) == nil else { throw .invalid(field: "id", reason: "is already in use") }
        try checkPricingRule(rule)
        if facts.pricingRules.count >= Limits.pricingRules {
            throw .limitReached("pricing rules", limit: Limits.pricingRules)
        }
        return [Decided(customer: nil, event: .pricingRuleSet(rule))]
    }

    func replacePricingRule(_ rule: PricingRule) throws(Rejection) -> [Decided] {
        guard let before = facts.pricingRule(rule.id) else { throw .pricingRuleNotFound(rule.id) }
        try checkPricingRule(rule)
        return rule == before ? [] : [Decided(customer: nil, event: .pricingRuleSet(rule))]
    }

    func removePricingRule(_ id: PricingRuleID) throws(Rejection) -> [Decided] {
        guard facts.pricingRule(id) != nil else { throw .pricingRuleNotFound(id) }
        return [Decided(customer: nil, event: .pricingRuleRemoved(id))]
    }

    private func checkPricingRule(_ rule: PricingRule) throws(Rejection) {
        try check(rule.name, "name", Limits.name)
        guard facts.group(rule.group) != nil else {
            throw .invalid(field: "customerGroupId", reason: "is not a group of this organization")
        }
        var hasAmount = rule.minimumOrder != nil
        switch rule.discount {
        case .percentage(let hundredths): try check(hundredths, "discount/value", Limits.discount)
        case .fixed(let amount):
            hasAmount = true
            try check(amount, "discount/value", 1...Limits.amount)
        }
        if let amount = rule.minimumOrder { try check(amount, "minimumOrder", 0...Limits.amount) }
        if hasAmount, rule.currency == nil {
            throw .invalid(field: "currency", reason: "must be given with an amount")
        }
        if let start = rule.startsAt, let end = rule.endsAt, end <= start {
            throw .invalid(field: "endsAt", reason: "must be after startsAt")
        }
    }
}
