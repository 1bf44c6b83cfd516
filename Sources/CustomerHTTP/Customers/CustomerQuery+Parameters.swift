import CustomerDomain
import CustomerProjections
import EventSourcing

/// The filters and orders of the customer list, as a query has them.
enum CustomerFilter {
    static let sortFields = SortKey.Field.names

    static let sort = Parameter.query("sort", sortSchema(sortFields), "Fields by commas: -createdAt or createdAt:desc.")

    static func sortSchema(_ fields: [String]) -> Schema {
        let item = "(?:-?(?:\(fields.joined(separator: "|")))|(?:\(fields.joined(separator: "|"))):(?:asc|desc))"
        return .text(TextRule(length: 1...200, pattern: "^\(item)(?:,\(item)){0,4}$"))
    }

    static let amount = Schema.integer(0...Limits.amount)
    static let orders = Schema.integer(0...1_000_000_000)
    static let points = Schema.integer(-Limits.pointsPerAccount...Limits.pointsPerAccount)

    static let parameters: [Parameter] = [
        .query("q", .line(1...200), "Words that all occur in name, e-mail address or phone number."),
        .query("status", .choice(["active", "disabled"]), "Whether the account is enabled."),
        .query("accountType", .choice(["registered", "guest"]), "Whether the customer has an account."),
        .query("type", .choice(["registered", "guest"]), "Another name of accountType."),
        .queryList("customerRole", .line(Limits.customerRole), "A role; any of them when given several times."),
        .query("activity", .choice(["active", "inactive"]), "Whether the customer ordered or logged in recently."),
        .queryList("tag", .line(Limits.tag), "A tag that the customer has; all of them when given several times."),
        .queryList("group", .line(Limits.name), "A group by id, name or key; any of them when given several times."),
        .queryList("consent", consent, "A kind of consent and what was said, as sms:granted; all of them hold."),
        .query(
            "where",
            .text(TextRule(length: Limits.segmentQuery)),
            "What else must hold, in the language of segments: amount_spent > 1000 AND last_order_date >= -90d."
        ),
        .queryList(
            "segment",
            .line(Limits.name),
            "A segment by id, key or name; all of them when given several times."
        ),
        .queryList("suppressed", ContactAnswer.channels, "A way by which nothing is to be sent; all of them hold."),
        .query("preset", presets, "A quick filter."),
        .query("filter", presets, "Another name of preset."),
        .query("country", .country, "Where the customer's default shipping address is."),
        .query("since", .moment, "Registered at or after this."),
        .query("updatedSince", .moment, "Changed at or after this."),
        .query("registeredFrom", .moment, "Registered at or after this."),
        .query("registeredTo", .moment, "Registered at or before this; a day counts to its end."),
        .query("ordersMin", orders, "At least so many orders."),
        .query("ordersMax", orders, "At most so many orders."),
        .query("spentMin", amount, "Spent at least this, in minor units."),
        .query("spentMax", amount, "Spent at most this, in minor units."),
        .queryList("tier", .line(Limits.name), "A tier by its name; any of them when given several times."),
        .query("minPoints", points, "At least so many points that can be spent."),
        .query("maxPoints", points, "At most so many points that can be spent."),
        .query("lastOrderFrom", .moment, "Ordered last at or after this."),
        .query("lastOrderTo", .moment, "Ordered last at or before this; a day counts to its end."),
        .query("inactiveDays", .integer(0...36_500), "The last order is at least so many days ago."),
        sort,
    ]

    private static let consent = Schema.choice(
        ConsentKind.allCases.flatMap { kind in
            (ConsentState.allCases + [nil]).map { "\(kind.name):\(ConsentState.name(of: $0))" }
        }
    )

    private static let presets = Schema.choice(of: CustomerPreset.self)

    /// The query of parameters that were checked.
    static func query(
        _ parameters: QueryString,
        _ state: borrowing OrganizationState
    ) throws(Problem) -> CustomerQuery {
        let timeZone = state.settings.timeZone
        var query = CustomerQuery()
        query.condition = try condition(parameters)
        for name in parameters.texts("segment") {
            guard let segment = state.segment(called: name) else {
                throw .parameter("segment", "names no segment by its id, key or name: \(name.prefix(80))")
            }
            query.segments.append(state.segmentView(segment).id)
        }
        query.search = parameters.text("q")
        query.status = parameters.text("status").map { $0 == "active" ? .active : .disabled }
        query.accountType = try synonyms(parameters, "accountType", "type").map { $0 == "guest" ? .guest : .registered }
        query.activity = parameters.text("activity").map { $0 == "active" ? .active : .inactive }
        query.roles = parameters.texts("customerRole")
        query.tags = parameters.texts("tag")
        query.groups = parameters.texts("group")
            .map { text in
                Identifier<GroupKind>(text).map { .id($0) } ?? .name(text)
            }
        query.consents = parameters.texts("consent").compactMap { consentFilter($0) }
        query.suppressed = parameters.texts("suppressed").compactMap { ContactChannel(name: $0) }
        query.preset = try synonyms(parameters, "preset", "filter").flatMap { CustomerPreset(name: $0) }
        query.country = parameters.text("country").flatMap { CountryCode($0) }
        try readBounds(parameters, timeZone, &query)
        if let sort = parameters.text("sort") { query.sort = try sortKeys(sort) }
        query.page = try Paging.request(parameters)
        return query
    }

    private static func consentFilter(_ text: String) -> ConsentFilter? {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let kind = ConsentKind(name: parts[0]) else { return nil }
        return ConsentFilter(kind: kind, state: ConsentState(name: parts[1]))
    }

    private static func condition(_ parameters: QueryString) throws(Problem) -> SegmentQuery? {
        guard let text = parameters.text("where") else { return nil }
        do {
            return try SegmentQuery(text)
        } catch {
            throw Problem(error, at: .parameter("where"))
        }
    }

    static func sortKeys(_ text: String) throws(Problem) -> [SortKey] {
        do {
            return try SortKey.parse(text)
        } catch {
            throw Problem(error)
        }
    }

    private static func readBounds(
        _ parameters: QueryString,
        _ timeZone: String,
        _ query: inout CustomerQuery
    ) throws(Problem) {
        query.registered = moments(
            parameters,
            try synonyms(parameters, "registeredFrom", "since"),
            "registeredTo",
            timeZone
        )
        query.lastOrderAt = moments(parameters, parameters.text("lastOrderFrom"), "lastOrderTo", timeZone)
        query.orderCount = Bounds(minimum: parameters.whole("ordersMin"), maximum: parameters.whole("ordersMax"))
        query.totalSpent = Bounds(minimum: parameters.whole("spentMin"), maximum: parameters.whole("spentMax"))
        query.tiers = parameters.texts("tier")
        query.points = Bounds(minimum: parameters.whole("minPoints"), maximum: parameters.whole("maxPoints"))
        query.inactiveDays = parameters.whole("inactiveDays").map { Int($0) }
        query.updatedSince = parameters.text("updatedSince").flatMap { Moment($0) }?.start(timeZone: timeZone)
    }

    /// The value of the one of two names that is given.
    private static func synonyms(_ query: QueryString, _ name: String, _ other: String) throws(Problem) -> String? {
        guard let value = query.text(name) else { return query.text(other) }
        if let second = query.text(other), second != value {
            throw .parameter(other, "is another name of \(name) and has another value")
        }
        return value
    }

    private static func moments(
        _ parameters: QueryString,
        _ from: String?,
        _ to: String,
        _ timeZone: String
    ) -> Bounds<Timestamp> {
        var bounds = Bounds<Timestamp>()
        bounds.minimum = from.flatMap { Moment($0) }?.start(timeZone: timeZone)
        if let last = parameters.text(to).flatMap({ Moment($0) }) {
            bounds.maximum = last.end(timeZone: timeZone)
            bounds.isMaximumExcluded = last.isDay
        }
        return bounds
    }
}
