import CustomerDomain
import EventSourcing

extension EventDescription {
    func describeCredit(_ event: Event, to fields: inout JSONFields) {
        switch event {
        case .creditIssued(let issued):
            fields.field("lot", issued.lot)
            fields.field("amount", issued.amount.minorUnits)
            fields.field("currency", issued.amount.currency.description)
            fields.field("expiresAt", issued.expiresAt?.rfc3339)
            fields.field("source", issued.source.name)
            fields.field("orderNumber", issued.orderNumber)
            personal("reason", issued.reason, to: &fields)
        case .creditSpent(let spent):
            fields.field("spend", spent.id)
            fields.field("amount", spent.total)
            fields.field("currency", spent.currency.description)
            describe(spent.allocations, to: &fields)
            fields.field("orderNumber", spent.orderNumber)
            personal("reason", spent.reason, to: &fields)
        case .creditReverted(let reverted):
            fields.field("spend", reverted.spend)
            fields.field("amount", reverted.total)
            fields.field("currency", reverted.currency.description)
            describe(reverted.allocations, to: &fields)
            personal("reason", reverted.reason, to: &fields)
        case .creditExpired(let expired):
            fields.field("lot", expired.lot)
            fields.field("amount", expired.amount.minorUnits)
            fields.field("currency", expired.amount.currency.description)
        default: break
        }
    }

    private func describe(_ allocations: [CreditAllocation], to fields: inout JSONFields) {
        fields.array("allocations", allocations) { fields, part in
            fields.object { fields in
                fields.field("lot", part.lot)
                fields.field("amount", part.amount)
            }
        }
    }
}
