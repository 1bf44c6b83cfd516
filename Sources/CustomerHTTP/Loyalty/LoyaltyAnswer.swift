import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing

/// What the server sends of points and of the loyalty programme.
enum LoyaltyAnswer {
    static let summary = Schema.named(
        "LoyaltySummary",
        .required("cardNumber", .anyText),
        .required("memberSince", .dateTime),
        .required("pointsEarned", .anyInteger),
        .required("pointsSpent", .anyInteger),
        .required("currentBalance", .anyInteger),
        .required("lifetimePoints", .anyInteger),
        .required("tier", .nullable(.anyText)),
        .required("nextTier", .nullable(.anyText)),
        .required("nextTierThreshold", .nullable(.anyInteger)),
        .required("cashValue", .nullable(.anyInteger), "What the balance is worth, in minor units.")
    )

    static let transaction = Schema.named(
        "LoyaltyTransaction",
        .required("type", .choice(LoyaltyTransaction.Kind.allCases.map(\.name))),
        .required("points", .anyInteger, "Below zero when they were taken."),
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
        .required("balance", .anyInteger)
    )

    static let program = Schema.named(
        "LoyaltyProgramState",
        .required("name", .anyText),
        .required("pointsPerRedeemedUnit", .anyInteger),
        .required("earnsOnOrders", .boolean),
        .required("tiers", .list(of: LoyaltyBody.tier))
    )
}

extension JSONWriter {
    mutating func value(_ loyalty: LoyaltySummary) {
        beginObject()
        field("cardNumber", loyalty.cardNumber)
        field("memberSince", loyalty.memberSince)
        field("pointsEarned", loyalty.pointsEarned)
        field("pointsSpent", loyalty.pointsSpent)
        field("currentBalance", loyalty.balance)
        field("lifetimePoints", loyalty.lifetimePoints)
        field("tier", loyalty.tier?.name)
        field("nextTier", loyalty.nextTier?.name)
        field("nextTierThreshold", loyalty.nextTier?.threshold)
        field("cashValue", loyalty.cashValue)
        endObject()
    }

    /// Writes a movement of points with what the log says of it.
    mutating func value(_ transaction: LoyaltyTransaction, _ event: RecordedEvent?) {
        let (reason, orderNumber) = event.map { Self.circumstances(of: $0.event) } ?? (nil, nil)
        beginObject()
        field("type", transaction.kind.name)
        field("points", transaction.points)
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
        default: (nil, nil)
        }
    }

    mutating func value(_ program: LoyaltyProgram) {
        beginObject()
        field("name", program.name)
        field("pointsPerRedeemedUnit", program.pointsPerRedeemedUnit)
        field("earnsOnOrders", program.earnsOnOrders)
        key("tiers")
        beginArray()
        for tier in program.tiers {
            beginObject()
            field("name", tier.name)
            field("threshold", tier.threshold)
            field("pointsPerUnit", tier.pointsPerUnit)
            endObject()
        }
        endArray()
        endObject()
    }
}
