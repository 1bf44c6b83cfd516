import CustomerDomain

/// What the server sends of an address.
enum AddressAnswer {
    private static let textProperties = AddressTextField.allCases.map {
        Property.required($0.name, .nullable(.anyText))
    }

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
