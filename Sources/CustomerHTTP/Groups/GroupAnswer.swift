import CustomerDomain
import CustomerProjections
import EventSourcing

/// What clients get of groups.
enum GroupAnswer {
    static let benefits = Schema.named(
        "GroupBenefits",
        .required("discountPercent", .nullable(.number)),
        .required("freeShippingOver", .nullable(.count)),
        .required("minimumOrder", .nullable(.count)),
        .required("currency", .nullable(.currency)),
        .required("paymentTermsDays", .nullable(.count)),
        .required("priceList", .nullable(.anyText)),
        .required("perks", .list(of: .choice(of: GroupPerk.self)))
    )

    private static let properties: [Property] = [
        .required("id", .identifier(GroupKind.self)),
        .required("key", .nullable(.anyText)),
        .required("name", .anyText),
        .required("description", .nullable(.anyText)),
        .required("type", .choice(of: GroupType.self)),
        .required("benefits", benefits),
        .required("memberCount", .count),
        .required("createdAt", .dateTime),
        .required("updatedAt", .dateTime),
    ]

    static let group = Schema.component(Component(name: "Group", schema: .object(ObjectRule(properties: properties))))

    private static let membership = Schema.named(
        "GroupMembership",
        .required("group", group),
        .required("source", .choice(["manual", "rule"]), "Whether it is by hand, or as long as rules say so."),
        .required("rules", .list(of: RuleAnswer.name), "The rules by which the customer is in it; none where by hand."),
        .required("since", .nullable(.dateTime)),
        .required("by", .nullable(.anyText), "Who had the customer join."),
        .required("reason", .nullable(.anyText))
    )

    static let memberships = Schema.named("GroupMemberships", .required("data", .list(of: membership)))
}

/// A group that a customer is in, and the event by which it joined.
struct GroupMembership: Sendable {
    var group: GroupView
    /// The rules by which it is in it; none when that is by hand.
    var rules: [AssignmentRule]
    var event: RecordedEvent?
}

extension JSONWriter {
    mutating func value(_ group: GroupView) {
        beginObject()
        field("id", group.id)
        field("key", group.terms.key)
        field("name", group.name)
        field("description", group.description)
        field("type", group.terms.type.name)
        key("benefits")
        value(group.terms.benefits)
        field("memberCount", group.memberCount)
        field("createdAt", group.createdAt)
        field("updatedAt", group.updatedAt)
        endObject()
    }

    mutating func value(_ memberships: [GroupMembership]) {
        beginObject()
        key("data")
        beginArray()
        for membership in memberships {
            beginObject()
            key("group")
            value(membership.group)
            field("source", membership.rules.isEmpty ? "manual" : "rule")
            field("rules", membership.rules)
            field("since", membership.event?.occurredAt)
            field("by", membership.event?.actor)
            if case .membershipChanged(let change) = membership.event?.event {
                field("reason", change.reason)
            } else {
                field("reason", nil as String?)
            }
            endObject()
        }
        endArray()
        endObject()
    }

    private mutating func value(_ benefits: GroupBenefits) {
        beginObject()
        field("discountPercent", hundredths: benefits.discount)
        field("freeShippingOver", benefits.freeShippingOver)
        field("minimumOrder", benefits.minimumOrder)
        field("currency", benefits.currency)
        field("paymentTermsDays", benefits.paymentTermsDays)
        field("priceList", benefits.priceList)
        field("perks", GroupPerk.allCases.filter { benefits.perks.contains($0) }.map(\.name))
        endObject()
    }

    /// Writes a percentage, whole where it is.
    mutating func field(_ name: StaticString, hundredths: Int64?) {
        guard let hundredths else { return field(name, nil as Int64?) }
        if hundredths.isMultiple(of: 100) { return field(name, hundredths / 100) }
        key(name)
        value(Double(hundredths) / 100)
    }
}
