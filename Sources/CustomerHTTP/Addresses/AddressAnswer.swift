import CustomerDomain

/// What the server sends of an address.
enum AddressAnswer {
    private static let textProperties = AddressTextField.allCases.map {
        Property.required($0.name, .nullable(.anyText))
    }

    private static let verification = Schema.named(
        "AddressVerification",
        .required("status", .choice(of: AddressCheck.self)),
        .required("at", .nullable(.dateTime)),
        .required("by", .nullable(.anyText), "The API key that told it.")
    )

    static let label = Schema.named(
        "PostalLabel",
        .required("lines", .list(of: .anyText), "As the country writes them, the country last."),
        .required("text", .anyText, "The same with line feeds between."),
        .required("missing", .list(of: .anyText), "Fields without which a letter would not arrive there.")
    )

    static let address = Schema.component(
        Component(
            name: "Address",
            schema: .object(
                ObjectRule(
                    properties: [.required("id", .identifier(AddressKind.self))] + textProperties + [
                        .required("country", .nullable(.anyText)),
                        .required("isDefault", .boolean, "Whether it is the default for shipping and billing."),
                        .required("isDefaultShipping", .boolean),
                        .required("isDefaultBilling", .boolean),
                        .required("kind", .choice(AddressBody.kinds), "What alone it is for."),
                        .required(
                            "verification",
                            verification,
                            "Whether something can be delivered there; a changed address is unverified again."
                        ),
                    ]
                )
            )
        )
    )

    static let fields = Schema.component(
        Component(
            name: "AddressFields",
            schema: .object(
                ObjectRule(properties: textProperties + [.required("country", .nullable(.anyText))])
            )
        )
    )
}

extension JSONWriter {
    mutating func value(_ address: Address) {
        beginObject()
        field("id", address.id)
        fields(of: address.fields)
        field("isDefault", address.isDefaultShipping && address.isDefaultBilling)
        field("isDefaultShipping", address.isDefaultShipping)
        field("isDefaultBilling", address.isDefaultBilling)
        field("kind", AddressUse.name(of: address.fields.use))
        key("verification")
        beginObject()
        field("status", (address.verification?.outcome ?? .unverified).name)
        field("at", address.verification?.at)
        field("by", address.verification?.actor)
        endObject()
        endObject()
    }

    mutating func value(_ label: PostalLabel) {
        beginObject()
        field("lines", label.lines)
        field("text", label.lines.joined(separator: "\n"))
        field("missing", label.missing.map(\.name))
        endObject()
    }

    mutating func value(_ fields: AddressFields) {
        beginObject()
        self.fields(of: fields)
        endObject()
    }

    private mutating func fields(of fields: AddressFields) {
        field("label", fields.label)
        field("firstName", fields.firstName)
        field("lastName", fields.lastName)
        field("company", fields.company)
        field("line1", fields.line1)
        field("line2", fields.line2)
        field("city", fields.city)
        field("state", fields.state)
        field("postalCode", fields.postalCode)
        field("country", fields.country)
        field("phone", fields.phone)
    }
}
