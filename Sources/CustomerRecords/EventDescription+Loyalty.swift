import CustomerDomain
import EventSourcing

extension EventDescription {
    func describeLoyalty(_ event: Event, to fields: inout JSONFields) {
        switch event {
        case .loyaltyProgramConfigured(let program): describe(program, to: &fields)
        case .loyaltyEnrolled(let cardNumber): fields.field("cardNumber", cardNumber)
        case .pointsEarned(let earned):
            describe(earned.points, earned.orderNumber, earned.reason, to: &fields)
            if earned.source != .unnamed { fields.field("source", earned.source.name) }
            fields.field("expiresAt", earned.expiresAt?.rfc3339)
            switch earned.pending {
            case .until(let time): fields.field("pendingUntil", time.rfc3339)
            case .orderCompletion: fields.field("waitsForOrder", true)
            case nil: break
            }
        case .pointsRedeemed(let spent):
            describe(spent.points, spent.orderNumber, spent.reason, to: &fields)
            describe(spent.allocations, to: &fields)
        case .pointsReversed(let reversed):
            describe(reversed.points, reversed.orderNumber, nil, to: &fields)
            describe(reversed.allocations, to: &fields)
            if reversed.forgiven != 0 { fields.field("forgiven", reversed.forgiven) }
        case .pointsAdjusted(let adjusted):
            fields.field("action", adjusted.adjustment == .add ? "add" : "deduct")
            describe(adjusted.points, nil, adjusted.reason, to: &fields)
            fields.field("expiresAt", adjusted.expiresAt?.rfc3339)
            describe(adjusted.allocations, to: &fields)
            if adjusted.notifies { fields.field("notify", true) }
        case .pointsRestored(let restored):
            fields.field("redemption", Int64(clamping: restored.redemption.value))
            describe(restored.allocations.total, nil, restored.reason, to: &fields)
            describe(restored.allocations, to: &fields)
        case .pointsExpired(let parts), .pointsActivated(let parts):
            fields.field("points", parts.total)
            describe(parts, to: &fields)
        case .tierChanged(let change):
            fields.field("from", change.from)
            fields.field("to", change.to)
            fields.field("points", change.points)
        case .birthdayRewarded(let reward):
            fields.field("points", reward.points)
            fields.field("year", Int64(reward.year))
            fields.field("expiresAt", reward.expiresAt?.rfc3339)
        default: break
        }
    }

    private func describe(_ points: Int64, _ orderNumber: String?, _ reason: String?, to fields: inout JSONFields) {
        fields.field("points", points)
        fields.field("orderNumber", orderNumber)
        personal("reason", reason, to: &fields)
    }

    private func describe(_ allocations: [PointsAllocation], to fields: inout JSONFields) {
        if allocations.isEmpty { return }
        fields.array("allocations", allocations) { fields, part in
            fields.object { fields in
                fields.field("lot", Int64(clamping: part.lot.value))
                fields.field("points", part.points)
                if part.stage != .active { fields.field("stage", part.stage.name) }
            }
        }
    }

    /// What records of the first form did not say is left out where it is as it was then.
    private func describe(_ program: LoyaltyProgram, to fields: inout JSONFields) {
        fields.field("name", program.name)
        fields.field("pointsPerRedeemedUnit", program.pointsPerRedeemedUnit)
        fields.array("tiers", program.tiers) { fields, tier in
            fields.object { fields in
                fields.field("name", tier.name)
                fields.field("threshold", tier.threshold)
                fields.field("pointsPerUnit", tier.pointsPerUnit)
                if !tier.benefits.isEmpty { fields.field("benefits", tier.benefits.map(\.name).sorted()) }
                if !tier.perks.isEmpty { fields.field("perks", tier.perks) }
            }
        }
        fields.field("earnsOnOrders", program.earnsOnOrders)
        if !program.isActive { fields.field("active", false) }
        if program.minimumRedemption > 1 { fields.field("minimumRedemption", program.minimumRedemption) }
        if let validity = program.validity {
            fields.object("validity") { fields in
                fields.field("count", Int64(validity.count))
                fields.field("unit", validity.unit.name)
                fields.field("untilEndOf", validity.end?.name)
            }
        }
        switch program.pending {
        case .none: break
        case .days(let count): fields.field("pendingDays", Int64(count))
        case .orderCompletion: fields.field("pendingUntilOrderCompleted", true)
        }
        if !program.allowsNegativeBalance { fields.field("allowsNegativeBalance", false) }
        switch program.qualification {
        case .lifetime: break
        case .months(let count): fields.field("qualificationMonths", Int64(count))
        case .calendarYear: fields.field("qualification", "calendar_year")
        }
        if program.downgrade != .balanceBased { fields.field("downgrade", program.downgrade.name) }
        if program.birthdayPoints > 0 { fields.field("birthdayPoints", program.birthdayPoints) }
    }
}
