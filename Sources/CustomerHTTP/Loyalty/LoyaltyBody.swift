import CustomerDomain

/// What a client sends of points and of the loyalty programme.
enum LoyaltyBody {
    static let adjustment = Schema.named(
        "PointsAdjustment",
        .optional("action", .choice(["add", "deduct"]), "add when absent."),
        .required("points", .integer(Limits.points)),
        .required("reason", .paragraphs(Limits.reason))
    )

    static let earning = Schema.named(
        "PointsEarning",
        .required("points", .integer(Limits.points)),
        .optional("orderNumber", .line(Limits.orderNumber)),
        .optional("reason", .paragraphs(Limits.reason))
    )

    static let redemption = Schema.named(
        "PointsRedemption",
        .required("points", .integer(Limits.points)),
        .optional("orderNumber", .line(Limits.orderNumber)),
        .optional("reason", .paragraphs(Limits.reason))
    )

    static let enrollment = Schema.named(
        "LoyaltyEnrollment",
        .optional("cardNumber", .line(Limits.cardNumber), "A new number when absent.")
    )

    static let tier = Schema.named(
        "LoyaltyTier",
        .required("name", .line(Limits.name)),
        .required("threshold", .integer(Limits.tierThreshold), "Points earned in all from which on it holds."),
        .required("pointsPerUnit", .integer(Limits.pointsPerUnit), "Points for one major unit of the currency.")
    )

    static let program = Schema.named(
        "LoyaltyProgram",
        .optional("name", .line(Limits.name)),
        .optional(
            "pointsPerRedeemedUnit",
            .integer(Limits.pointsPerRedeemedUnit),
            "How many points are worth one major unit of the currency."
        ),
        .optional("earnsOnOrders", .boolean),
        .optional("tiers", .array(tier, Limits.tiersPerProgram), "By rising threshold, the first from 0.")
    )

    /// The programme of a body that matched ``program``; what is absent is as usual.
    static func program(_ body: JSONValue) -> LoyaltyProgram {
        var program = LoyaltyProgram()
        if let name = body.text("name") { program.name = name }
        if let points = body.whole("pointsPerRedeemedUnit") { program.pointsPerRedeemedUnit = points }
        if let earns = body.flag("earnsOnOrders") { program.earnsOnOrders = earns }
        if let tiers = body["tiers"]?.elements {
            program.tiers = tiers.map { tier in
                LoyaltyTier(
                    name: tier.text("name") ?? "",
                    threshold: tier.whole("threshold") ?? 0,
                    pointsPerUnit: tier.whole("pointsPerUnit") ?? 0
                )
            }
        }
        return program
    }
}
