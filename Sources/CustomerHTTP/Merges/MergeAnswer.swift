import CustomerDomain
import CustomerProjections
import CustomerService

/// What the server sends of a merge before it is done.
enum MergeAnswer {
    private static let side = Schema.choice(of: MergeSide.self)

    static let field = Schema.named(
        "MergePreviewField",
        .required("field", .choice(of: MergeField.self)),
        .required("survivor", .nullable(.anyText), "The survivor's value."),
        .required("merged", .nullable(.anyText), "The other's value."),
        .required("default", side, "The side that is kept without a choice."),
        .required("chosen", side, "The side that would be kept.")
    )

    static let problem = Schema.named(
        "MergeProblem",
        .required("type", .anyText, "As in problem documents."),
        .required("field", .nullable(.anyText)),
        .required("detail", .anyText)
    )

    static let preview = Schema.named(
        "MergePreview",
        .required("survivor", .identifier(CustomerKind.self)),
        .required("merged", .identifier(CustomerKind.self)),
        .required("mergeable", .boolean, "Whether the merge would be done."),
        .required("fields", .list(of: field), "None when the two cannot be compared."),
        .required("metadata", metadata),
        .required("moves", moves, "What would come to the survivor."),
        .required("problems", .list(of: problem), "What forbids the merge, all of it.")
    )

    private static let metadata = Schema.named(
        "MergePreviewMetadata",
        .required("chosen", side, "Whose value would stay of a key that both have."),
        .required("conflicts", .list(of: .anyText), "Keys that both have, with different values.")
    )

    private static let moves = Schema.named(
        "MergePreviewMoves",
        .required("orders", .count, "Cancelled ones apart."),
        .required("notes", .count),
        .required("addresses", .count),
        .required("duplicateAddresses", .count, "Those that the survivor has already."),
        .required("tags", .list(of: .anyText), "Those that are new to the survivor."),
        .required("groups", .list(of: .anyText), "The names of those that are new to the survivor."),
        .required("points", .anyInteger),
        .required("storeCredit", .list(of: CreditAnswer.balance))
    )
}

extension JSONWriter {
    mutating func value(_ preview: MergePreview) {
        beginObject()
        field("survivor", preview.survivor)
        field("merged", preview.merged)
        field("mergeable", preview.problems.isEmpty)
        key("fields")
        beginArray()
        if let plan = preview.plan {
            for field in MergeField.allCases { value(field, of: plan) }
        }
        endArray()
        key("metadata")
        beginObject()
        field("chosen", (preview.plan?.metadataSide ?? .survivor).name)
        field("conflicts", preview.plan?.metadataConflicts ?? [])
        endObject()
        key("moves")
        value(preview.moves)
        key("problems")
        beginArray()
        for problem in preview.problems {
            beginObject()
            field("type", "/problems/" + ProblemType(problem).slug)
            field("field", problem.field)
            field("detail", problem.text)
            endObject()
        }
        endArray()
        endObject()
    }

    private mutating func value(_ field: MergeField, of plan: MergePlan) {
        beginObject()
        self.field("field", field.name)
        self.field("survivor", plan.survivorProfile.text(of: field))
        self.field("merged", plan.mergedProfile.text(of: field))
        self.field("default", plan.defaults[field]?.name)
        self.field("chosen", plan.sides[field]?.name)
        endObject()
    }

    private mutating func value(_ moves: MergePreview.Moves) {
        beginObject()
        field("orders", moves.orderCount)
        field("notes", moves.noteCount)
        field("addresses", moves.addressCount)
        field("duplicateAddresses", moves.duplicateAddressCount)
        field("tags", moves.tags)
        field("groups", moves.groups)
        field("points", moves.points)
        key("storeCredit")
        value(moves.credit)
        endObject()
    }
}
