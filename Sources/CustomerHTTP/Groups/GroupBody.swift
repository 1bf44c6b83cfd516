import CustomerDomain

/// What a client sends of groups.
enum GroupBody {
    /// A group's id, or `key=` and its key.
    static let reference = Schema.text(
        TextRule(
            length: 5...104,
            pattern: "^(?:key=[A-Za-z0-9_-]+|group_[0-7][0-9a-hjkmnp-tv-z]{25})$",
            check: { text in
                let isKey = text.hasPrefix("key=") && isKey(text.dropFirst(4))
                return isKey || GroupID(text) != nil ? nil : "must be the id of a group, or key= and its key"
            }
        )
    )

    private static let key = Schema.text(
        TextRule(
            length: Limits.groupKey,
            pattern: "^[A-Za-z0-9_-]+$",
            check: { isKey($0) ? nil : "must have only letters, digits, _ and -" }
        )
    )

    private static func isKey(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy {
                ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
                    || $0 == "-"
            }
    }

    private static let types = GroupType.names
    private static let perks = Schema.array(.choice(of: GroupPerk.self), 0...GroupPerk.allCases.count)

    static let benefits = Schema.named(
        "GroupBenefitsEdit",
        .optional("discountPercent", .nullable(.number), "Over 0 and at most 100, with at most two decimals."),
        .optional(
            "freeShippingOver",
            .nullable(.integer(0...Limits.amount)),
            "Orders of more than this in minor units ship free; 0 for all."
        ),
        .optional(
            "minimumOrder",
            .nullable(.integer(0...Limits.amount)),
            "What an order must come to for these benefits, in minor units."
        ),
        .optional("currency", .nullable(.currency), "Of both amounts."),
        .optional("paymentTermsDays", .nullable(.integer(Limits.paymentTermsDays)), "Net 30 is 30."),
        .optional("priceList", .nullable(.line(Limits.priceList)), "The name of the shop's list of prices."),
        .optional("perks", perks)
    )

    static let create = Schema.named(
        "GroupCreate",
        .required("name", .line(Limits.name), "Unique, whatever the case."),
        .optional("description", .paragraphs(Limits.groupDescription)),
        .optional("key", key, "The shop's own key, unique."),
        .optional("type", .choice(types), "other when absent."),
        .optional("benefits", benefits)
    )

    static let patch = Schema.named(
        "GroupPatch",
        .optional("name", .line(Limits.name)),
        .optional("description", .nullable(.paragraphs(Limits.groupDescription))),
        .optional("key", .nullable(key)),
        .optional("type", .choice(types)),
        .optional("benefits", .nullable(benefits), "Merged; null removes all.")
    )

    static let defaults = Schema.named(
        "GroupDefaults",
        .optional("currency", .currency, "Of the amounts; the organization's when absent.")
    )

    static let membership = Schema.named(
        "GroupMembers",
        .required("customerIds", .array(.identifier(CustomerKind.self), 1...Limits.membersPerCommand)),
        .optional("reason", .paragraphs(Limits.reason), "Why they join.")
    )

    /// The terms of a body that matched ``create``.
    static func terms(_ body: JSONValue) -> GroupTerms {
        GroupTerms(
            key: body.text("key"),
            type: body.choice("type") ?? .other,
            benefits: benefits(body["benefits"]).applied(to: GroupBenefits())
        )
    }

    /// The edit of a merge patch that matched ``patch``.
    static func edit(_ body: JSONValue) -> GroupEdit {
        GroupEdit(
            name: body.text("name"),
            description: body.edit("description") { $0 },
            key: body.edit("key") { $0 },
            type: body.choice("type"),
            benefits: benefits(body["benefits"])
        )
    }

    private static func benefits(_ body: JSONValue?) -> BenefitsEdit {
        var edit = BenefitsEdit()
        guard let body else { return edit }
        edit.startsAnew = body.isNull
        edit.discount = number(body["discountPercent"]) { hundredths(ofPercent: $0) }
        edit.freeShippingOver = number(body["freeShippingOver"]) { $0.whole }
        edit.minimumOrder = number(body["minimumOrder"]) { $0.whole }
        edit.currency = body.edit("currency") { CurrencyCode($0) }
        edit.paymentTermsDays = number(body["paymentTermsDays"]) { $0.whole }
        edit.priceList = body.edit("priceList") { $0 }
        if let perks = body["perks"]?.elements.compactMap(\.text) {
            edit.perks = Set(GroupPerk.allCases.filter { perks.contains($0.name) })
        }
        return edit
    }

    private static func number(_ value: JSONValue?, _ read: (JSONValue) -> Int64?) -> Edit<Int64> {
        guard let value else { return .keep }
        return value.isNull ? .remove : .set(read(value) ?? 0)
    }

    /// A percentage in hundredths; 0, which no discount may be, for one with more decimals.
    static func hundredths(ofPercent value: JSONValue) -> Int64 {
        if let whole = value.whole { return whole.multipliedReportingOverflow(by: 100).overflow ? 0 : whole * 100 }
        guard let percent = value.fraction, abs(percent) < 1_000 else { return 0 }
        let hundredths = (percent * 100).rounded()
        return abs(percent * 100 - hundredths) < 1e-6 ? Int64(hundredths) : 0
    }
}
