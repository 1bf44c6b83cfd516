import CustomerDomain

/// What a client sends of an address: our names, and those of the shops that came before.
enum AddressBody {
    /// Other names of our fields; ours wins where both are given.
    static let aliases: KeyValuePairs<String, AddressTextField> = [
        "address1": .line1, "address2": .line2, "province": .state,
    ]

    private static var textNames: [String] { AddressTextField.names + aliases.map(\.key) }

    /// At least one of these makes an address.
    private static let filling = textNames + ["country"]

    private static func textProperties(_ schema: Schema) -> [Property] {
        AddressTextField.allCases.map { .optional($0.name, schema) }
            + aliases.map { .optional($0.key, schema, "Another name of \($0.value.name).") }
    }

    static let kinds = AddressUse.names + [AddressUse.nameOfBoth]

    private static let flags: [Property] = [
        .optional("kind", .choice(kinds), "What alone it is for; both when absent."),
        .optional("isDefault", .boolean, "Both defaults at once; the two below win."),
        .optional("isDefaultShipping", .boolean),
        .optional("isDefaultBilling", .boolean),
    ]

    static let create = Schema.component(
        Component(
            name: "AddressCreate",
            schema: .object(
                ObjectRule(
                    properties: textProperties(.line(Limits.addressField)) + [.optional("country", .country)] + flags,
                    anyOf: filling
                )
            )
        )
    )

    static let patch = Schema.component(
        Component(
            name: "AddressPatch",
            schema: .object(
                ObjectRule(
                    properties: textProperties(.nullable(.line(Limits.addressField)))
                        + [.optional("country", .nullable(.country))] + flags
                )
            )
        )
    )

    /// Where an order ships: an address without defaults.
    static let shipping = Schema.component(
        Component(
            name: "ShippingAddress",
            schema: .object(
                ObjectRule(
                    properties: textProperties(.line(Limits.addressField)) + [.optional("country", .country)],
                    anyOf: filling
                )
            )
        )
    )

    /// The fields of a body that matched ``create`` or ``shipping``.
    static func fields(_ body: JSONValue) -> AddressFields {
        var fields = AddressFields()
        for (name, field) in aliases { fields[keyPath: field.keyPath] = body.text(name) }
        for field in AddressTextField.allCases {
            if let text = body.text(field.name) { fields[keyPath: field.keyPath] = text }
        }
        fields.country = body.country("country")
        return fields
    }

    /// The address of a body that matched ``create``.
    static func address(_ body: JSONValue, id: AddressID) -> Address {
        var fields = fields(body)
        fields.use = use(body)
        let isDefault = body.flag("isDefault") ?? false
        return Address(
            id: id,
            fields: fields,
            isDefaultShipping: body.flag("isDefaultShipping") ?? isDefault,
            isDefaultBilling: body.flag("isDefaultBilling") ?? isDefault
        )
    }

    private static func use(_ body: JSONValue) -> AddressUse? {
        body.choice("kind", AddressUse.self)
    }

    static let verification = Schema.named(
        "AddressVerificationCreate",
        .required("status", .choice(of: AddressCheck.self), "unverified takes back what was found."),
        .optional("reason", .paragraphs(Limits.reason), "How it was found, or why not.")
    )

    /// What a body that matched ``verification`` tells of an address.
    static func verified(_ address: AddressID, _ body: JSONValue) -> AddressVerified {
        let outcome = body.choice("status", AddressCheck.self)
        return AddressVerified(address: address, outcome: outcome ?? .unverified, reason: body.text("reason"))
    }

    /// The command of a merge patch that matched ``patch``.
    static func update(_ customer: CustomerID, _ address: AddressID, _ body: JSONValue) -> UpdateAddress {
        var edit = AddressEdit()
        for (name, field) in aliases where body[name] != nil { edit.texts[field] = body.edit(name) { $0 } }
        for field in AddressTextField.allCases where body[field.name] != nil {
            edit.texts[field] = body.edit(field.name) { $0 }
        }
        edit.country = body.edit("country") { CountryCode($0) }
        if body["kind"] != nil { edit.use = use(body).map { .set($0) } ?? .remove }
        let isDefault = body.flag("isDefault")
        return UpdateAddress(
            customer: customer,
            address: address,
            fields: edit,
            isDefaultShipping: body.flag("isDefaultShipping") ?? isDefault,
            isDefaultBilling: body.flag("isDefaultBilling") ?? isDefault
        )
    }
}
