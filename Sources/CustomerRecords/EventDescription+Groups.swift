import CustomerDomain
import EventSourcing

extension EventDescription {
    func describeGroup(_ event: Event, to fields: inout JSONFields) {
        switch event {
        case .groupCreated(let group):
            fields.field("id", group.id)
            fields.field("name", group.name)
            fields.field("description", group.description)
        case .groupUpdated(let group):
            fields.field("id", group.id)
            fields.field("name", group.name)
            fields.field("description", group.description)
            fields.field("key", group.terms.key)
            fields.field("groupType", group.terms.type.name)
            fields.object("benefits") { describe(group.terms.benefits, to: &$0) }
        case .groupDeleted(let id): fields.field("id", id)
        case .groupJoined(let group), .groupLeft(let group): describe(group, to: &fields)
        case .membershipChanged(let change):
            describe(change.group, to: &fields)
            fields.field("joins", change.joins)
            personal("reason", change.reason, to: &fields)
        case .pricingRuleSet(let rule): describe(rule, to: &fields)
        case .pricingRuleRemoved(let id): fields.field("id", id)
        default: break
        }
    }

    private func describe(_ group: GroupOrdinal, to fields: inout JSONFields) {
        if let id = groupID(group) {
            fields.field("group", id)
        } else {
            fields.field("groupOrdinal", Int64(group.value))
        }
    }

    private func describe(_ rule: PricingRule, to fields: inout JSONFields) {
        fields.field("id", rule.id)
        fields.field("name", rule.name)
        fields.field("group", rule.group)
        switch rule.discount {
        case .percentage(let hundredths): fields.field("discountHundredths", hundredths)
        case .fixed(let amount): fields.field("discountAmount", amount)
        }
        if let amount = rule.minimumOrder { fields.field("minimumOrder", amount) }
        fields.field("currency", rule.currency?.description)
        fields.field("startsAt", rule.startsAt?.rfc3339)
        fields.field("endsAt", rule.endsAt?.rfc3339)
    }

    private func describe(_ benefits: GroupBenefits, to fields: inout JSONFields) {
        if let discount = benefits.discount { fields.field("discountHundredths", discount) }
        if let amount = benefits.freeShippingOver { fields.field("freeShippingOver", amount) }
        if let amount = benefits.minimumOrder { fields.field("minimumOrder", amount) }
        fields.field("currency", benefits.currency?.description)
        if let days = benefits.paymentTermsDays { fields.field("paymentTermsDays", days) }
        fields.field("priceList", benefits.priceList)
        if !benefits.perks.isEmpty { fields.field("perks", benefits.perks.map(\.name).sorted()) }
    }
}
