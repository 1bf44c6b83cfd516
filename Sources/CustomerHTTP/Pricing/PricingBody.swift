import CustomerDomain
import EventSourcing

/// What a client sends of prices.
enum PricingBody {
    static let rule = Schema.named(
        "PricingRuleEdit",
        .optional("type", .choice(["customer_group"]), "The only sort there is."),
        .required("customerGroupId", .identifier(GroupKind.self)),
        .required("name", .line(Limits.name)),
        .required(
            "discount",
            .object(
                .required("type", .choice(["percentage", "fixed"])),
                .required("value", .number, "Percent with at most two decimals, or minor units of the currency.")
            )
        ),
        .optional("minimumOrder", .integer(0...Limits.amount), "What an order must come to, in minor units."),
        .optional("currency", .currency, "Of the amounts; there when there is one."),
        .optional("startsAt", .dateTime, "From when on it holds; from ever when absent."),
        .optional("endsAt", .dateTime, "From when on it holds no longer; never when absent.")
    )

    private static let item = Schema.named(
        "QuoteItem",
        .optional("sku", .line(Limits.sku)),
        .optional("name", .line(Limits.productName)),
        .required("quantity", .integer(Limits.quantity)),
        .required("unitPrice", .integer(Limits.unitPrice), "In minor units.")
    )

    static let quote = Schema.named(
        "QuoteRequest",
        .required("customerId", .identifier(CustomerKind.self)),
        .optional("currency", .currency, "The organization's when absent."),
        .optional("total", .integer(0...Limits.amount), "The sum of the items, in minor units."),
        .optional("items", .array(item, 1...OrderBody.maximumItemCount), "In the place of total."),
        anyOf: ["total", "items"]
    )

    /// The rule of a body that matched ``rule``.
    static func rule(_ body: JSONValue, id: PricingRuleID) throws(Problem) -> PricingRule {
        guard let group = body.identifier("customerGroupId", GroupKind.self), let discount = body["discount"] else {
            throw Problem(.invalidFields, "The rule has no group or discount.")
        }
        let value = discount["value"] ?? .null
        return PricingRule(
            id: id,
            name: body.text("name") ?? "",
            group: group,
            discount: discount.text("type") == "fixed"
                ? .fixed(value.whole ?? 0) : .percentage(hundredths: GroupBody.hundredths(ofPercent: value)),
            minimumOrder: body.whole("minimumOrder"),
            currency: body.currency("currency"),
            startsAt: body.instant("startsAt"),
            endsAt: body.instant("endsAt")
        )
    }

    /// The total of a body that matched ``quote``.
    static func total(_ body: JSONValue) throws(Problem) -> Int64 {
        guard let items = body["items"]?.elements else { return body.whole("total") ?? 0 }
        if body["total"] != nil {
            throw .invalid([FieldError(place: .pointer("/total"), detail: "must be absent where there are items")])
        }
        var total: Int64 = 0
        for item in items {
            // Both factors are limited, so that no product passes an `Int64`.
            total += (item.whole("quantity") ?? 0) * (item.whole("unitPrice") ?? 0)
            if total > Limits.amount {
                let detail = "must come to at most \(Limits.amount) minor units"
                throw .invalid([FieldError(place: .pointer("/items"), detail: detail)])
            }
        }
        return total
    }
}
