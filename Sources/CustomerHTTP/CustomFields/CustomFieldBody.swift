import CustomerDomain

/// What clients send and get of what is said of keys of metadata.
enum CustomFieldBody {
    private static let types = CustomFieldType.names

    static let field = Schema.named(
        "CustomFieldEdit",
        .required("key", .key(Limits.metadataKey), "The key in metadata; it never changes."),
        .required("label", .line(Limits.name), "What people call it."),
        .required("type", .choice(types)),
        .optional(
            "choices",
            .array(.line(Limits.customFieldChoice), 1...Limits.choicesPerCustomField),
            "The values of a choice, in the order in which they are offered."
        ),
        .optional("required", .boolean, "Whether every new customer has it, and none loses it; false when absent.")
    )

    static let answer = Schema.named(
        "CustomField",
        .required("id", .identifier(CustomFieldKind.self)),
        .required("key", .anyText),
        .required("label", .anyText),
        .required("type", .choice(types)),
        .required("choices", .list(of: .anyText)),
        .required("required", .boolean)
    )

    /// The field of a body that matched ``field``.
    static func field(_ body: JSONValue, id: CustomFieldID) -> CustomField {
        CustomField(
            id: id,
            key: body.text("key") ?? "",
            label: body.text("label") ?? "",
            type: body.choice("type", CustomFieldType.self) ?? .text,
            choices: body.texts("choices"),
            isRequired: body.flag("required") ?? false
        )
    }
}

extension JSONWriter {
    mutating func value(_ customField: CustomField) {
        beginObject()
        field("id", customField.id)
        field("key", customField.key)
        field("label", customField.label)
        field("type", customField.type.name)
        field("choices", customField.choices)
        field("required", customField.isRequired)
        endObject()
    }
}
