import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing

/// What the server sends of points and of the loyalty programme.
enum LoyaltyAnswer {
    private static let nextExpiration = Schema.named(
        "NextExpiration",
        .required("at", .dateTime),
        .required("points", .anyInteger)
    )

    static let summary = Schema.named(
        "LoyaltySummary",
        .required("cardNumber", .anyText),
        .required("memberSince", .dateTime),
        .required("pointsEarned", .anyInteger, "All credited: spent, expired, currentBalance and pending together."),
        .required("pointsSpent", .anyInteger, "Redeemed, deducted and gone back with orders."),
        .required("pointsExpired", .anyInteger),
        .required("currentBalance", .anyInteger, "What can be spent; below zero when more went back than was there."),
        .required("pending", .anyInteger, "What cannot be spent yet."),
        .required("negative", .anyInteger, "By how much the balance is below zero."),
        .required("lifetimePoints", .anyInteger, "Earned in all, less what went back; adjustments and rewards apart."),
        .required("qualifyingPoints", .anyInteger, "Those of lifetimePoints that decide the tier."),
        .required("tier", .nullable(.anyText)),
        .required("tierBenefits", .list(of: LoyaltyBody.benefits)),
        .required("tierPerks", .list(of: .anyText)),
        .required("tierValidUntil", .nullable(.dateTime), "When it ends if nothing more is earned; null for never."),
        .required("tierAfterwards", .nullable(.anyText), "The tier that follows then."),
        .required("nextTier", .nullable(.anyText)),
        .required("nextTierThreshold", .nullable(.anyInteger)),
        .required("pointsToNextTier", .nullable(.anyInteger)),
        .required("nextExpiration", .nullable(nextExpiration), "The next points that expire, and when."),
        .required("cashValue", .nullable(.anyInteger), "What the balance is worth, in minor units."),
        .required("currency", .nullable(.anyText), "The currency of cashValue.")
    )

    static let lot = Schema.named(
        "PointsLot",
        .required("lot", .anyInteger, "The sequence of the event that brought it."),
        .required("status", .choice(["active", "pending", "expired", "spent"])),
        .required("points", .anyInteger, "How many came."),
        .required("rest", .anyInteger, "What is left."),
        .required("expired", .anyInteger),
        .required("earnedAt", .dateTime),
        .required("expiresAt", .nullable(.dateTime), "Never when null."),
        .required("pendingUntil", .nullable(.dateTime)),
        .required("waitsForOrder", .boolean, "Whether it can be spent once its order is completed.")
    )

    private static let liabilitySum: [Property] = [
        .required("accounts", .count),
        .required("points", .anyInteger, "What can be spent."),
        .required("pending", .anyInteger),
        .required("negative", .anyInteger, "By how much balances are below zero."),
        .required("cashValue", .nullable(.anyInteger), "What points are worth, in minor units of currency."),
    ]

    private static let tierLiability = Schema.object(
        ObjectRule(properties: [.required("tier", .anyText)] + liabilitySum)
    )

    static let liability = Schema.object(
        ObjectRule(
            properties: liabilitySum + [
                .required("currency", .nullable(.anyText)),
                .required("expiringIn30Days", .anyInteger),
                .required("expiringIn90Days", .anyInteger),
                .required("tiers", .list(of: tierLiability)),
                .required(
                    "books",
                    .list(of: .object(.required("account", .anyText), .required("points", .anyInteger))),
                    "The double entry of all movements; it comes to zero."
                ),
            ]
        )
    )

    static let transaction = Schema.named(
        "LoyaltyTransaction",
        .required("type", .choice(of: LoyaltyTransaction.Kind.self)),
        .required("points", .anyInteger, "Below zero when they were taken."),
        .required("pending", .boolean, "Whether some were pending: the balance did not change by those."),
        .required("balanceAfter", .anyInteger),
        .required("reason", .nullable(.anyText)),
        .required("orderNumber", .nullable(.anyText)),
        .required("actor", .anyText),
        .required("occurredAt", .dateTime),
        .required("sequence", .anyInteger)
    )

    static let change = Schema.named(
        "PointsChange",
        .required("message", .anyText),
        .required("points", .anyInteger),
        .required("balance", .anyInteger),
        .required("sequence", .anyInteger, "The event; of a redemption, what it is restored by.")
    )

    static let program = Schema.named(
        "LoyaltyProgramState",
        .required("name", .anyText),
        .required("active", .boolean),
        .required("pointsPerRedeemedUnit", .anyInteger),
        .required("minimumRedemption", .anyInteger),
        .required("earnsOnOrders", .boolean),
        .required("tiers", .list(of: LoyaltyBody.tier)),
        .required("validity", .nullable(LoyaltyBody.validity)),
        .required("pending", LoyaltyBody.pending),
        .required("pendingDays", .nullable(.anyInteger)),
        .required("allowsNegativeBalance", .boolean),
        .required("qualification", LoyaltyBody.qualification),
        .required("qualificationMonths", .nullable(.anyInteger)),
        .required("downgrade", .choice(of: DowngradePolicy.self)),
        .required("birthdayPoints", .anyInteger)
    )
}

extension JSONWriter {
    mutating func value(_ loyalty: LoyaltySummary) {
        beginObject()
        field("cardNumber", loyalty.cardNumber)
        field("memberSince", loyalty.memberSince)
        field("pointsEarned", loyalty.pointsEarned)
        field("pointsSpent", loyalty.pointsSpent)
        field("pointsExpired", loyalty.pointsExpired)
        field("currentBalance", loyalty.balance)
        field("pending", loyalty.pending)
        field("negative", max(0, -loyalty.balance))
        field("lifetimePoints", loyalty.lifetimePoints)
        field("qualifyingPoints", loyalty.qualifyingPoints)
        field("tier", loyalty.tier?.name)
        field("tierBenefits", (loyalty.tier?.benefits ?? []).map(\.name).sorted())
        field("tierPerks", loyalty.tier?.perks ?? [])
        field("tierValidUntil", loyalty.downgrade?.at)
        field("tierAfterwards", loyalty.downgrade?.tier.name)
        field("nextTier", loyalty.nextTier?.name)
        field("nextTierThreshold", loyalty.nextTier?.threshold)
        field("pointsToNextTier", loyalty.nextTier.map { max(0, $0.threshold - loyalty.qualifyingPoints) })
        key("nextExpiration")
        if let next = loyalty.nextExpiry {
            beginObject()
            field("at", next.at)
            field("points", next.points)
            endObject()
        } else {
            null()
        }
        field("cashValue", loyalty.cashValue)
        field("currency", loyalty.currency?.description)
        endObject()
    }

    mutating func value(_ lot: PointsLot) {
        let left = lot.rest > 0 ? lot.stage.name : lot.expired > 0 ? "expired" : "spent"
        beginObject()
        field("lot", Int64(clamping: lot.id.value))
        field("status", left)
        field("points", lot.points)
        field("rest", lot.rest)
        field("expired", lot.expired)
        field("earnedAt", lot.earnedAt)
        field("expiresAt", lot.expiresAt)
        if case .until(let time)? = lot.pending {
            field("pendingUntil", time)
        } else {
            key("pendingUntil")
            null()
        }
        field("waitsForOrder", lot.pending == .orderCompletion)
        endObject()
    }

    mutating func value(_ liability: LoyaltyLiability) {
        beginObject()
        fields(of: liability.all)
        field("currency", liability.currency?.description)
        field("expiringIn30Days", liability.expiringIn30Days)
        field("expiringIn90Days", liability.expiringIn90Days)
        key("tiers")
        beginArray()
        for (tier, sum) in liability.tiers {
            beginObject()
            field("tier", tier.name)
            fields(of: sum)
            endObject()
        }
        endArray()
        key("books")
        beginArray()
        for posting in liability.books {
            beginObject()
            field("account", posting.account.rawValue)
            field("points", posting.points)
            endObject()
        }
        endArray()
        endObject()
    }

    private mutating func fields(of sum: LoyaltyLiability.Sum) {
        field("accounts", Int64(sum.accounts))
        field("points", sum.points)
        field("pending", sum.pending)
        field("negative", sum.owed)
        field("cashValue", sum.cashValue)
    }

    /// Writes a movement of points with what the log says of it.
    mutating func value(_ transaction: LoyaltyTransaction, _ event: RecordedEvent?) {
        let (reason, orderNumber) = event.map { Self.circumstances(of: $0.event) } ?? (nil, nil)
        beginObject()
        field("type", transaction.kind.name)
        field("points", transaction.points)
        field("pending", transaction.pendingChange != 0 && transaction.kind != .activated)
        field("balanceAfter", transaction.balanceAfter)
        field("reason", reason)
        field("orderNumber", orderNumber)
        field("actor", event?.actor ?? "")
        field("occurredAt", transaction.at)
        field("sequence", Int64(clamping: transaction.sequence.value))
        endObject()
    }

    private static func circumstances(of event: Event) -> (reason: String?, orderNumber: String?) {
        switch event {
        case .pointsEarned(let earned): (earned.reason, earned.orderNumber)
        case .pointsAdjusted(let adjusted): (adjusted.reason, nil)
        case .pointsRedeemed(let redeemed): (redeemed.reason, redeemed.orderNumber)
        case .pointsReversed(let reversed): (nil, reversed.orderNumber)
        case .pointsRestored(let restored): (restored.reason, nil)
        default: (nil, nil)
        }
    }

    mutating func value(_ program: LoyaltyProgram) {
        beginObject()
        field("name", program.name)
        field("active", program.isActive)
        field("pointsPerRedeemedUnit", program.pointsPerRedeemedUnit)
        field("minimumRedemption", program.minimumRedemption)
        field("earnsOnOrders", program.earnsOnOrders)
        key("tiers")
        beginArray()
        for tier in program.tiers {
            beginObject()
            field("name", tier.name)
            field("threshold", tier.threshold)
            field("pointsPerUnit", tier.pointsPerUnit)
            field("benefits", tier.benefits.map(\.name).sorted())
            field("perks", tier.perks)
            endObject()
        }
        endArray()
        key("validity")
        if let validity = program.validity {
            beginObject()
            field("count", Int64(validity.count))
            field("unit", validity.unit.name)
            field("untilEndOf", validity.end?.name)
            endObject()
        } else {
            null()
        }
        fields(ofPending: program.pending)
        field("allowsNegativeBalance", program.allowsNegativeBalance)
        let (qualification, months): (String, Int64?) =
            switch program.qualification {
            case .lifetime: ("lifetime", nil)
            case .months(let count): ("months", Int64(count))
            case .calendarYear: ("calendar_year", nil)
            }
        field("qualification", qualification)
        field("qualificationMonths", months)
        field("downgrade", program.downgrade.name)
        field("birthdayPoints", program.birthdayPoints)
        endObject()
    }

    private mutating func fields(ofPending pending: PendingPeriod) {
        let (name, days): (String, Int64?) =
            switch pending {
            case .none: ("none", nil)
            case .days(let count): ("days", Int64(count))
            case .orderCompletion: ("order_completed", nil)
            }
        field("pending", name)
        field("pendingDays", days)
    }
}
