import CustomerDomain
import CustomerProjections
import EventSourcing

/// What `/user` sends: the fields of the source it is compatible with, no more and no fewer.
enum UserAnswer {
    private static let head: [Property] = [
        .required("id", .identifier(CustomerKind.self)),
        .required("email", .nullable(.anyText)),
        .required("firstName", .nullable(.anyText)),
        .required("lastName", .nullable(.anyText)),
    ]

    private static let figures: [Property] = [
        .required("orderCount", .count),
        .required("totalSpent", .anyInteger, "Gross, in minor units."),
    ]

    static let model = Schema.component(
        Component(
            name: "UserModel",
            schema: .object(ObjectRule(properties: head + figures + [.required("createdAt", .dateTime)]))
        )
    )

    static let created = Schema.component(
        Component(
            name: "UserCreated",
            schema: .object(ObjectRule(properties: head + [.required("createdAt", .dateTime)]))
        )
    )

    static let address = Schema.named(
        "UserAddress",
        .required("id", .identifier(AddressKind.self)),
        .required("label", .nullable(.anyText)),
        .required("line1", .nullable(.anyText)),
        .required("city", .nullable(.anyText)),
        .required("state", .nullable(.anyText)),
        .required("postalCode", .nullable(.anyText)),
        .required("country", .nullable(.anyText)),
        .required("isDefault", .boolean)
    )

    static let user = Schema.component(
        Component(
            name: "User",
            schema: .object(
                ObjectRule(
                    properties: head + [
                        .required("phone", .nullable(.anyText)),
                        .required(
                            "metadata",
                            .map(MapRule(maximumCount: .max, key: .anyText, value: .anyText))
                        ),
                        .required("addresses", .list(of: address)),
                    ] + figures + [
                        .required("tags", .list(of: .anyText)),
                        .required("createdAt", .dateTime),
                        .required("updatedAt", .dateTime),
                    ]
                )
            )
        )
    )

    static let list = Schema.named(
        "UserList",
        .required("count", .count, "How many there are in all."),
        .required("models", .list(of: model))
    )
}

extension JSONWriter {
    /// Writes a customer as `GET /user` lists it.
    mutating func userModel(_ customer: CustomerSummary) {
        beginObject()
        userHead(customer)
        field("orderCount", customer.orderCount)
        field("totalSpent", customer.grossSpent)
        field("createdAt", customer.createdAt.wholeSeconds)
        endObject()
    }

    /// Writes a customer as `POST /user` answers.
    mutating func createdUser(_ customer: CustomerSummary) {
        beginObject()
        userHead(customer)
        field("createdAt", customer.createdAt.wholeSeconds)
        endObject()
    }

    /// Writes a customer as `GET /user/:id` answers.
    mutating func user(_ profile: CustomerProfile) {
        let customer = profile.summary
        beginObject()
        userHead(customer)
        field("phone", customer.phone)
        field("metadata", profile.metadata)
        key("addresses")
        beginArray()
        for address in profile.addresses { userAddress(address) }
        endArray()
        field("orderCount", customer.orderCount)
        field("totalSpent", customer.grossSpent)
        field("tags", customer.tags)
        field("createdAt", customer.createdAt.wholeSeconds)
        field("updatedAt", customer.updatedAt.wholeSeconds)
        endObject()
    }

    /// Writes an address as `/user/:id` has it.
    mutating func userAddress(_ address: Address) {
        beginObject()
        field("id", address.id)
        field("label", address.fields.label)
        field("line1", address.fields.line1)
        field("city", address.fields.city)
        field("state", address.fields.state)
        field("postalCode", address.fields.postalCode)
        field("country", address.fields.country)
        field("isDefault", address.isDefaultShipping && address.isDefaultBilling)
        endObject()
    }

    private mutating func userHead(_ customer: CustomerSummary) {
        field("id", customer.id)
        field("email", customer.email)
        field("firstName", customer.firstName)
        field("lastName", customer.lastName)
    }
}

extension Timestamp {
    /// The instant without its fraction of a second, which the source's times do not have.
    fileprivate var wholeSeconds: Timestamp {
        let rest = microseconds % 1_000_000
        return Timestamp(microseconds: microseconds - (rest < 0 ? rest + 1_000_000 : rest))
    }
}
