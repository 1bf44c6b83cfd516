import CustomerDomain
import CustomerProjections
import CustomerService

/// What the server sends of a customer.
enum CustomerAnswer {
    private static let summaryProperties: [Property] = [
        .required("id", .identifier(CustomerKind.self)),
        .required("version", .count, "How many events the customer has; the entity tag is this in quotes."),
        .required("email", .nullable(.anyText)),
        .required("firstName", .nullable(.anyText)),
        .required("lastName", .nullable(.anyText)),
        .required("displayName", .anyText, "The name of the account, else of the last order, else the e-mail address."),
        .required("phone", .nullable(.anyText)),
        .required("customerRole", .nullable(.anyText), "What it does for whom it buys; never what it may do here."),
        .required("status", .choice(of: CustomerStatus.self)),
        .required("accountType", .choice(of: AccountType.self)),
        .required("activity", .choice(["active", "inactive"]), "Whether the customer ordered or logged in recently."),
        .required("externalId", .nullable(.anyText)),
        .required("source", .nullable(.anyText)),
        .required("country", .nullable(.anyText)),
        .required("tags", .list(of: .anyText)),
        .required("groups", .list(of: groupName)),
        .required("orderCount", .count),
        .required("totalSpent", .anyInteger, "Gross, in minor units of currency."),
        .required("refunded", .anyInteger, "In minor units of currency."),
        .required("netSpent", .anyInteger, "In minor units of currency."),
        .required("averageOrderValue", .nullable(.anyInteger), "In minor units of currency."),
        .required("currency", .nullable(.anyText)),
        .required("hasLoyaltyAccount", .boolean),
        .required("pointsBalance", .anyInteger),
        .required("tier", .nullable(.anyText)),
        .required("createdAt", .dateTime),
        .required("updatedAt", .dateTime),
        .required("firstOrderAt", .nullable(.dateTime)),
        .required("lastOrderAt", .nullable(.dateTime)),
        .required("lastLoginAt", .nullable(.dateTime)),
    ]

    static let groupName = Schema.named(
        "GroupName",
        .required("id", .identifier(GroupKind.self)),
        .required("name", .anyText)
    )

    static let currencyTotals = Schema.named(
        "CurrencyTotals",
        .required("currency", .anyText),
        .required("orderCount", .count),
        .required("totalSpent", .anyInteger),
        .required("refunded", .anyInteger)
    )

    static let figures = Schema.named(
        "CustomerFigures",
        .required("daysSinceLastOrder", .nullable(.anyInteger), "Whole days in the organization's time zone."),
        .required(
            "averageDaysBetweenOrders",
            .nullable(.number),
            "From the first order to the last, by one less than there are; null below two orders."
        ),
        .required("orderFrequencyLabel", .nullable(.choice(OrderFrequency.allCases.map(\.rawValue)))),
        .required("lifetimeValueLabel", .nullable(.choice(LifetimeValue.allCases.map(\.rawValue))))
    )

    /// The names of what a customer has in lists.
    static let summaryNames = summaryProperties.map(\.name)

    static let summary = Schema.component(
        Component(name: "CustomerSummary", schema: .object(ObjectRule(properties: summaryProperties)))
    )

    private static let profileProperties: [Property] =
        summaryProperties + [
            .required("birthDate", .nullable(.date)),
            .required(
                "metadata",
                .map(MapRule(maximumCount: .max, key: .anyText, value: .anyText))
            ),
            .required("addresses", .list(of: AddressAnswer.address)),
            .required("noteCount", .count),
            .required(
                "consents",
                .list(of: ConsentAnswer.state),
                "What the customer allows, kind by kind."
            ),
        ] + ContactAnswer.properties + [
            .required("storeCredit", .list(of: CreditAnswer.balance), "By currency."),
            .required(
                "figures",
                figures,
                "What those who sort customers into groups ask for."
            ),
            .required(
                "otherCurrencies",
                .list(of: currencyTotals),
                "Totals in other currencies than currency."
            ),
        ]

    static let customer = Schema.component(
        Component(name: "Customer", schema: .object(ObjectRule(properties: profileProperties)))
    )

    private static let warning = Schema.named(
        "CustomerWarning",
        .required("type", .choice(["likely_duplicate"])),
        .required("customerId", .identifier(CustomerKind.self), "Who is likely the same person."),
        .required("reasons", .list(of: .choice(of: DuplicateReason.self)), "What both have in common."),
        .required("score", .integer(0...100), "How likely it is.")
    )

    static let created = Schema.component(
        Component(
            name: "CustomerCreated",
            schema: .object(
                ObjectRule(
                    properties: profileProperties + [
                        .required("warnings", .list(of: warning), "What somebody should look at; the likeliest first.")
                    ]
                )
            )
        )
    )
}

extension JSONWriter {
    /// Writes a customer as the list has it.
    mutating func value(_ customer: CustomerSummary) {
        beginObject()
        fields(of: customer)
        endObject()
    }

    /// Writes the customers of a page as the list has them, and shows `keep` what was not kept.
    mutating func value(
        _ rows: KeptRows.Rows,
        keep: (UnsafeBufferPointer<UInt8>, KeptRows.Rows.Missing) -> Void
    ) {
        beginArray()
        var missing = rows.missing[...]
        var start = 0
        for (place, end) in rows.ends.enumerated() {
            if let row = missing.first, row.place == place {
                missing.removeFirst()
                written({ $0.value(row.summary) }, shownTo: { keep($0, row) })
            } else {
                raw(rows.bytes[start..<end])
                start = end
            }
        }
        endArray()
    }

    /// Writes a customer in full.
    mutating func value(_ customer: CustomerProfile) {
        beginObject()
        fields(of: customer)
        endObject()
    }

    /// Writes a customer that was just created, with who it likely is already.
    mutating func value(created customer: CustomerProfile, _ duplicates: [(CustomerID, DuplicateGroup)]) {
        beginObject()
        fields(of: customer)
        array("warnings", duplicates) { writer, warning in
            writer.beginObject()
            writer.field("type", "likely_duplicate")
            writer.field("customerId", warning.0)
            writer.likelihood(warning.1)
            writer.endObject()
        }
        endObject()
    }

    /// Writes how likely people are one person, and why.
    mutating func likelihood(_ group: DuplicateGroup) {
        field("score", group.score)
        field("reasons", DuplicateReason.allCases.filter { group.reasons.contains($0) }.map(\.name))
    }

    private mutating func fields(of customer: CustomerProfile) {
        fields(of: customer.summary)
        field("birthDate", customer.birthDate)
        field("metadata", customer.metadata)
        key("addresses")
        beginArray()
        for address in customer.addresses { value(address) }
        endArray()
        field("noteCount", customer.noteCount)
        key("consents")
        value(customer.consents)
        fields(of: customer.contacts)
        key("storeCredit")
        value(customer.credit)
        key("figures")
        value(customer.figures)
        key("otherCurrencies")
        beginArray()
        for totals in customer.otherCurrencies {
            beginObject()
            field("currency", totals.currency)
            field("orderCount", totals.orderCount)
            field("totalSpent", totals.grossSpent)
            field("refunded", totals.refunded)
            endObject()
        }
        endArray()
    }

    private mutating func value(_ figures: CustomerFigures) {
        beginObject()
        field("daysSinceLastOrder", figures.daysSinceLastOrder)
        key("averageDaysBetweenOrders")
        if let days = figures.averageDaysBetweenOrders { value(days) } else { null() }
        field("orderFrequencyLabel", figures.frequency?.rawValue)
        field("lifetimeValueLabel", figures.lifetimeValue?.rawValue)
        endObject()
    }

    private mutating func fields(of customer: CustomerSummary) {
        field("id", customer.id)
        field("version", Int(customer.version))
        field("email", customer.email)
        field("firstName", customer.firstName)
        field("lastName", customer.lastName)
        field("displayName", customer.displayName)
        field("phone", customer.phone)
        field("customerRole", customer.role)
        field("status", customer.status.description)
        field("accountType", customer.accountType.description)
        field("activity", customer.activity == .active ? "active" : "inactive")
        field("externalId", customer.externalID)
        field("source", customer.source)
        field("country", customer.country)
        field("tags", customer.tags)
        key("groups")
        beginArray()
        for group in customer.groups {
            beginObject()
            field("id", group.id)
            field("name", group.name)
            endObject()
        }
        endArray()
        figures(of: customer)
    }

    private mutating func figures(of customer: CustomerSummary) {
        field("orderCount", customer.orderCount)
        field("totalSpent", customer.grossSpent)
        field("refunded", customer.refunded)
        field("netSpent", customer.netSpent)
        field("averageOrderValue", customer.averageOrderValue)
        field("currency", customer.currency)
        field("hasLoyaltyAccount", customer.hasLoyaltyAccount)
        field("pointsBalance", customer.pointsBalance)
        field("tier", customer.tierName)
        field("createdAt", customer.createdAt)
        field("updatedAt", customer.updatedAt)
        field("firstOrderAt", customer.firstOrderAt)
        field("lastOrderAt", customer.lastOrderAt)
        field("lastLoginAt", customer.lastLoginAt)
    }
}
