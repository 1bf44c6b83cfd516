import CustomerDomain
import CustomerService

/// What a client sends of a customer.
enum CustomerBody {
    static let tags = Schema.array(.line(Limits.tag), 0...Limits.tagsPerCustomer)

    static let metadata = Schema.map(
        MapRule(
            maximumCount: Limits.metadataKeysPerCustomer,
            key: .key(Limits.metadataKey),
            value: .paragraphs(Limits.metadataValue)
        )
    )

    private static let metadataPatch = Schema.map(
        MapRule(
            maximumCount: Limits.metadataKeysPerCustomer,
            key: .key(Limits.metadataKey),
            value: .nullable(.paragraphs(Limits.metadataValue))
        )
    )

    static let identifying = ["email", "phone", "externalId", "firstName", "lastName"]

    static let create = Schema.named(
        "CustomerCreate",
        .optional("email", .email, "At most one registered customer and one guest have the same."),
        .optional("firstName", .line(Limits.name)),
        .optional("lastName", .line(Limits.name)),
        .optional("phone", .phone),
        .optional("birthDate", .date),
        .optional("customerRole", .line(Limits.customerRole), "What it does for whom it buys: buyer, approver."),
        .optional("accountType", .choice(["registered", "guest"]), "registered when absent."),
        .optional("externalId", .line(Limits.externalID), "The shop's own id, unique in the organization."),
        .optional("source", .line(Limits.source), "Where the customer came from."),
        .optional("tags", tags),
        .optional("metadata", metadata),
        .optional("addresses", .array(AddressBody.create, 0...Limits.addressesPerCustomer)),
        .optional("groups", .array(.identifier(GroupKind.self), 0...Limits.groupsPerCreation)),
        .optional(
            "consents",
            .array(ConsentRoutes.oneChange, 0...ConsentKind.allCases.count),
            "What the customer said, each kind at most once."
        ),
        .optional(
            "sendWelcomeEmail",
            .boolean,
            "Records that the customer is to be told by mail, for the webhook that sends it; false when absent."
        ),
        .optional("occurredAt", .dateTime, "When the customer registered; now when absent."),
        anyOf: identifying
    )

    static let patch = Schema.named(
        "CustomerPatch",
        .optional("email", .nullable(.email)),
        .optional("firstName", .nullable(.line(Limits.name))),
        .optional("lastName", .nullable(.line(Limits.name))),
        .optional("phone", .nullable(.phone)),
        .optional("birthDate", .nullable(.date)),
        .optional("customerRole", .nullable(.line(Limits.customerRole))),
        .optional("externalId", .nullable(.line(Limits.externalID))),
        .optional("status", .choice(["active", "disabled"])),
        .optional("tags", .nullable(tags), "The whole set of tags from now on; null for none."),
        .optional("metadata", .nullable(metadataPatch), "Keys get values, null removes one; null removes all.")
    )

    /// The command that creates the customer of a body that matched ``create``.
    static func creation(_ body: JSONValue, call: Call) -> CreateCustomer {
        let identifiers = call.organization.identifiers
        let created = CustomerCreated(
            id: identifiers.next(),
            accountType: body.text("accountType") == "guest" ? .guest : .registered,
            externalID: body.text("externalId"),
            source: body.text("source"),
            profile: profile(body)
        )
        return CreateCustomer(
            created,
            tags: body.texts("tags"),
            metadata: body.map("metadata"),
            addresses: (body["addresses"]?.elements ?? []).map { AddressBody.address($0, id: identifiers.next()) },
            groups: body.identifiers("groups"),
            consents: (body["consents"]?.elements ?? []).compactMap(ConsentChanged.init),
            isWelcomed: body.flag("sendWelcomeEmail") ?? false
        )
    }

    static func profile(_ body: JSONValue) -> Profile {
        Profile(
            email: body.email("email"),
            firstName: body.text("firstName"),
            lastName: body.text("lastName"),
            phone: body.phone("phone"),
            birthDate: body.date("birthDate"),
            role: body.text("customerRole")
        )
    }

    /// The command of a merge patch that matched ``patch``.
    static func update(_ id: CustomerID, patch body: JSONValue) -> UpdateCustomer {
        var metadata: MetadataEdit?
        if let value = body["metadata"] {
            metadata =
                value.isNull
                ? .replace([:])
                : .merge(value.members.reduce(into: [:]) { $0[$1.key] = .some($1.value.text) })
        }
        return UpdateCustomer(
            id: id,
            profile: profileEdit(body),
            externalID: body.edit("externalId") { $0 },
            tags: body["tags"].map { $0.elements.compactMap(\.text) },
            metadata: metadata,
            status: status(body)
        )
    }

    static func profileEdit(_ body: JSONValue) -> ProfileEdit {
        var edit = ProfileEdit()
        edit.email = body.edit("email") { EmailAddress($0) }
        edit.firstName = body.edit("firstName") { $0 }
        edit.lastName = body.edit("lastName") { $0 }
        edit.phone = body.edit("phone") { PhoneNumber($0) }
        edit.birthDate = body.edit("birthDate") { CalendarDate($0) }
        edit.role = body.edit("customerRole") { $0 }
        return edit
    }

    static func status(_ body: JSONValue) -> CustomerStatus? {
        switch body.text("status") {
        case "active": .active
        case "disabled": .disabled
        default: nil
        }
    }
}
