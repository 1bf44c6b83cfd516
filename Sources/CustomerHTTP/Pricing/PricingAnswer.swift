import CustomerDomain
import EventSourcing

/// What clients get of prices.
enum PricingAnswer {
    private static let discount = Schema.named(
        "PriceDiscount",
        .required("type", .choice(["percentage", "fixed"])),
        .required("value", .number, "Percent, or minor units of the currency.")
    )

    static let rule = Schema.named(
        "PricingRule",
        .required("id", .identifier(PricingRuleKind.self)),
        .required("type", .choice(["customer_group"])),
        .required("customerGroupId", .identifier(GroupKind.self)),
        .required("name", .anyText),
        .required("discount", discount),
        .required("minimumOrder", .nullable(.count)),
        .required("currency", .nullable(.currency)),
        .required("startsAt", .nullable(.dateTime)),
        .required("endsAt", .nullable(.dateTime))
    )

    private static let offer = Schema.named(
        "PricingOffer",
        .required("ruleId", .nullable(.identifier(PricingRuleKind.self)), "null when it is the group's own."),
        .required("customerGroupId", .identifier(GroupKind.self)),
        .required("name", .anyText),
        .required("discount", discount),
        .required("minimumOrder", .nullable(.count)),
        .required("currency", .nullable(.currency))
    )

    private static let perks = Schema.list(of: .choice(of: GroupPerk.self))

    static let terms = Schema.named(
        "PricingTerms",
        .required("currency", .nullable(.currency)),
        .required("offers", .list(of: offer), "Discounts; the one that takes most off an order holds."),
        .required("freeShippingOver", .nullable(.count), "Minor units; 0 for all orders, null for none."),
        .required("minimumOrder", .nullable(.count)),
        .required("paymentTermsDays", .nullable(.count)),
        .required("priceLists", .list(of: .anyText)),
        .required("perks", perks)
    )

    static let quote = Schema.named(
        "Quote",
        .required("currency", .nullable(.currency)),
        .required("total", .count),
        .required("discount", .count),
        .required("offer", .nullable(offer), "Why there is a discount."),
        .required("payable", .count, "Total less discount."),
        .required("shipsFree", .boolean),
        .required("minimumOrder", .nullable(.count)),
        .required("meetsMinimumOrder", .boolean),
        .required("paymentTermsDays", .nullable(.count)),
        .required("perks", perks),
        .required("storeCredit", .count, "How much of it store credit could pay."),
        .required("due", .count, "What is then left.")
    )
}

/// A quote with what it follows from.
struct QuotedPrice: Sendable {
    var terms: PricingTerms
    var quote: PricingQuote
    var storeCredit: Int64
}

extension JSONWriter {
    mutating func value(_ rule: PricingRule) {
        beginObject()
        field("id", rule.id)
        field("type", "customer_group")
        field("customerGroupId", rule.group)
        field("name", rule.name)
        field(rule.discount)
        field("minimumOrder", rule.minimumOrder)
        field("currency", rule.currency)
        field("startsAt", rule.startsAt)
        field("endsAt", rule.endsAt)
        endObject()
    }

    mutating func value(_ terms: PricingTerms) {
        beginObject()
        field("currency", terms.currency)
        key("offers")
        beginArray()
        for offer in terms.offers { value(offer) }
        endArray()
        field("freeShippingOver", terms.freeShippingOver)
        field("minimumOrder", terms.minimumOrder)
        field("paymentTermsDays", terms.paymentTermsDays)
        field("priceLists", terms.priceLists)
        field("perks", terms.perks.map(\.name))
        endObject()
    }

    mutating func value(_ quoted: QuotedPrice) {
        let quote = quoted.quote
        beginObject()
        field("currency", quoted.terms.currency)
        field("total", quote.total)
        field("discount", quote.discount)
        key("offer")
        if let offer = quote.offer { value(offer) } else { null() }
        field("payable", quote.payable)
        field("shipsFree", quote.shipsFree)
        field("minimumOrder", quoted.terms.minimumOrder)
        field("meetsMinimumOrder", quote.meetsMinimumOrder)
        field("paymentTermsDays", quote.paymentTermsDays)
        field("perks", quoted.terms.perks.map(\.name))
        field("storeCredit", quoted.storeCredit)
        field("due", quote.payable - quoted.storeCredit)
        endObject()
    }

    private mutating func value(_ offer: PricingOffer) {
        beginObject()
        field("ruleId", offer.rule)
        field("customerGroupId", offer.group)
        field("name", offer.name)
        field(offer.discount)
        field("minimumOrder", offer.minimumOrder)
        field("currency", offer.currency)
        endObject()
    }

    private mutating func field(_ discount: PriceDiscount) {
        key("discount")
        beginObject()
        switch discount {
        case .percentage(let hundredths):
            field("type", "percentage")
            field("value", hundredths: hundredths)
        case .fixed(let amount):
            field("type", "fixed")
            field("value", amount)
        }
        endObject()
    }
}
