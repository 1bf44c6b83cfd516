import CustomerDomain

/// What clients of `/user` and `/api/customers` send: a customer whose absent fields are kept on `PUT`.
enum UserBody {
    /// As ``CustomerBody/create``, with the boolean view of the status.
    static let create = Schema.named(
        "UserCreate",
        .optional("email", .email),
        .optional("firstName", .line(Limits.name)),
        .optional("lastName", .line(Limits.name)),
        .optional("phone", .phone),
        .optional("tags", CustomerBody.tags),
        .optional("metadata", CustomerBody.metadata),
        .optional("addresses", .array(AddressBody.create, 0...Limits.addressesPerCustomer)),
        anyOf: ["email", "phone", "firstName", "lastName"]
    )

    static let update = Schema.named(
        "UserUpdate",
        .optional("email", .email),
        .optional("firstName", .line(Limits.name)),
        .optional("lastName", .line(Limits.name)),
        .optional("phone", .phone),
        .optional("birthDate", .date),
        .optional("tags", CustomerBody.tags, "The whole set of tags from now on."),
        .optional("metadata", CustomerBody.metadata, "The whole metadata from now on."),
        .optional("active", .boolean, "false disables the customer, true enables."),
        .optional("status", .choice(["active", "disabled"]), "The same as words; wins over active.")
    )

    /// The command of a body that matched ``update``: absent is kept, tags and metadata are replaced whole.
    static func update(_ id: CustomerID, _ body: JSONValue) -> UpdateCustomer {
        let active = body.flag("active").map { $0 ? CustomerStatus.active : .disabled }
        return UpdateCustomer(
            id: id,
            profile: CustomerBody.profileEdit(body),
            tags: body["tags"].map { _ in body.texts("tags") },
            metadata: body["metadata"].map { _ in .replace(body.map("metadata")) },
            status: CustomerBody.status(body) ?? active
        )
    }
}
