import CustomerDomain
import EventSourcing

/// What a client sends of points and of the loyalty programme.
enum LoyaltyBody {
    static let adjustment = Schema.named(
        "PointsAdjustment",
        .optional("action", .choice(["add", "deduct"]), "add when absent."),
        .required("points", .integer(Limits.points)),
        .required("reason", .paragraphs(Limits.reason)),
        .optional("notify", .boolean, "Whether whoever follows the events is to tell the customer; false when absent.")
    )

    private static let sources = PointsSource.allCases.filter { $0 != .unnamed }

    static let earning = Schema.named(
        "PointsEarning",
        .required("points", .integer(Limits.points)),
        .optional("orderNumber", .line(Limits.orderNumber)),
        .optional("source", .choice(sources.map(\.name)), "The kind of reason, where it is one of these."),
        .optional("reason", .paragraphs(Limits.reason))
    )

    static let redemption = Schema.named(
        "PointsRedemption",
        .required("points", .integer(Limits.points)),
        .optional("orderNumber", .line(Limits.orderNumber)),
        .optional("reason", .paragraphs(Limits.reason))
    )

    static let restoring = Schema.named(
        "PointsRestoring",
        .required("redemption", .integer(1 ... .max), "The sequence of the redemption."),
        .optional("points", .integer(Limits.points), "All that did not come back yet when absent."),
        .optional("reason", .paragraphs(Limits.reason))
    )

    static let enrollment = Schema.named(
        "LoyaltyEnrollment",
        .optional("cardNumber", .line(Limits.cardNumber), "A new number when absent.")
    )

    static let benefits = Schema.choice(of: TierBenefit.self)

    static let tier = Schema.named(
        "LoyaltyTier",
        .required("name", .line(Limits.name)),
        .required("threshold", .integer(Limits.tierThreshold), "Qualifying points from which on it holds."),
        .required(
            "pointsPerUnit",
            .integer(Limits.pointsPerUnit),
            "Points for one major unit of the currency; an order earns whole points, rounded down."
        ),
        .optional("benefits", .array(benefits, 0...TierBenefit.allCases.count)),
        .optional("perks", .array(.line(Limits.perk), 0...Limits.perksPerTier), "What else members get, in words.")
    )

    static let units = Schema.choice(of: CalendarUnit.self)

    static let validity = Schema.named(
        "PointsValidity",
        .required("count", .integer(1...Int64(Limits.validity(.day).upperBound))),
        .required("unit", units),
        .optional("untilEndOf", .nullable(units), "Up to the end of which day, month or year (UTC) they last longer.")
    )

    static let pending = Schema.choice(["none", "days", "order_completed"])
    static let qualification = Schema.choice(["lifetime", "months", "calendar_year"])

    static let program = Schema.named(
        "LoyaltyProgram",
        .optional("name", .line(Limits.name)),
        .optional("active", .boolean, "Whether anybody earns, is given or redeems points; true when absent."),
        .optional(
            "pointsPerRedeemedUnit",
            .integer(Limits.pointsPerRedeemedUnit),
            "How many points are worth one major unit of the currency."
        ),
        .optional("minimumRedemption", .integer(Limits.points), "The fewest to redeem at a time; 1 when absent."),
        .optional("earnsOnOrders", .boolean),
        .optional("tiers", .array(tier, Limits.tiersPerProgram), "By rising threshold, the first from 0."),
        .optional("validity", .nullable(validity), "For ever when null, one year to the end of the day when absent."),
        .optional("pending", pending, "How long points of an order wait until they can be spent; none when absent."),
        .optional("pendingDays", .integer(1...Int64(Limits.pendingDays.upperBound)), "With pending days."),
        .optional("allowsNegativeBalance", .boolean, "Whether a refund may take more than there is; true when absent."),
        .optional("qualification", qualification, "Which points earned decide the tier; lifetime when absent."),
        .optional(
            "qualificationMonths",
            .integer(1...Int64(Limits.qualificationMonths.upperBound)),
            "With qualification months."
        ),
        .optional(
            "downgrade",
            .choice(of: DowngradePolicy.self),
            "What becomes of a tier that is no longer earned; balance_based when absent."
        ),
        .optional("birthdayPoints", .integer(0...Limits.points.upperBound), "0 when absent.")
    )

    /// The programme of a body that matched ``program``; what is absent is as usual.
    static func program(_ body: JSONValue) -> LoyaltyProgram {
        var program = LoyaltyProgram()
        if let name = body.text("name") { program.name = name }
        if let active = body.flag("active") { program.isActive = active }
        if let points = body.whole("pointsPerRedeemedUnit") { program.pointsPerRedeemedUnit = points }
        if let points = body.whole("minimumRedemption") { program.minimumRedemption = points }
        if let earns = body.flag("earnsOnOrders") { program.earnsOnOrders = earns }
        if let tiers = body["tiers"]?.elements { program.tiers = tiers.map { tier($0) } }
        if let validity = body["validity"] { program.validity = self.validity(validity) }
        switch body.text("pending") {
        case "days": program.pending = .days(Int(body.whole("pendingDays") ?? 0))
        case "order_completed": program.pending = .orderCompletion
        default: break
        }
        if let allows = body.flag("allowsNegativeBalance") { program.allowsNegativeBalance = allows }
        switch body.text("qualification") {
        case "months": program.qualification = .months(Int(body.whole("qualificationMonths") ?? 0))
        case "calendar_year": program.qualification = .calendarYear
        default: break
        }
        program.downgrade = body.choice("downgrade") ?? .balanceBased
        program.birthdayPoints = body.whole("birthdayPoints") ?? 0
        return program
    }

    private static func tier(_ body: JSONValue) -> LoyaltyTier {
        let benefits = body.texts("benefits")
        return LoyaltyTier(
            name: body.text("name") ?? "",
            threshold: body.whole("threshold") ?? 0,
            pointsPerUnit: body.whole("pointsPerUnit") ?? 0,
            benefits: Set(TierBenefit.allCases.filter { benefits.contains($0.name) }),
            perks: body.texts("perks")
        )
    }

    private static func validity(_ body: JSONValue) -> PointsValidity? {
        guard let unit = body.choice("unit", CalendarUnit.self), let count = body.whole("count") else { return nil }
        return PointsValidity(count: Int(count), unit: unit, end: body.choice("untilEndOf"))
    }

    static func earned(_ body: JSONValue) -> PointsEarned {
        let source = body.text("source")
        return PointsEarned(
            points: body.whole("points") ?? 0,
            orderNumber: body.text("orderNumber"),
            reason: body.text("reason"),
            source: sources.first { $0.name == source } ?? .unnamed
        )
    }

    static func restoring(_ body: JSONValue) -> RestorePoints {
        RestorePoints(
            redemption: SequenceNumber(UInt64(clamping: body.whole("redemption") ?? 0)),
            points: body.whole("points"),
            reason: body.text("reason")
        )
    }
}
