import CustomerDomain

/// What a client sends to merge two customers, or to undo that.
enum MergeBody {
    private static let side = Schema.choice(of: MergeSide.self)

    static let fields = Schema.named(
        "MergeFields",
        .optional("email", side, "Absent: the survivor's, or the other's where that is empty; as for all fields."),
        .optional("firstName", side),
        .optional("lastName", side),
        .optional("phone", side),
        .optional("birthDate", side),
        .optional("customerRole", side),
        .optional("metadata", side, "Whose value stays of a key that both have; the survivor's when absent.")
    )

    static let merge = Schema.named(
        "Merge",
        .required("from", .identifier(CustomerKind.self), "Who is merged."),
        .optional("fields", fields, "Whose value stays, field by field.")
    )

    static let unmerge = Schema.named(
        "Unmerge",
        .required("from", .identifier(CustomerKind.self), "Who was merged last, and stands for itself again.")
    )

    /// Who is merged, in a body that matched.
    static func merged(_ body: JSONValue) throws(Problem) -> CustomerID {
        guard let merged = body.identifier("from", CustomerKind.self) else {
            throw Problem(.invalidFields, "There is no customer to merge.")
        }
        return merged
    }

    /// The choices of a body that matched ``merge``.
    static func choices(_ body: JSONValue) -> MergeChoices {
        func side(_ name: String) -> MergeSide? {
            body["fields"]?.choice(name)
        }
        var choices = MergeChoices(metadata: side("metadata"))
        for field in MergeField.allCases { choices.fields[field] = side(field.name) }
        return choices
    }
}
