import CustomerDomain
import CustomerProjections

/// What the server sends of views.
enum ViewAnswer {
    static let view = Schema.named(
        "View",
        .required("id", .identifier(ViewKind.self)),
        .required("name", .anyText),
        .required("where", .nullable(.anyText)),
        .required("filters", .anyObject, "As in the body that made it."),
        .required("sort", .nullable(.anyText)),
        .required("columns", .list(of: .anyText)),
        .required("isShared", .boolean),
        .required("isOwn", .boolean, "Whether the caller made it."),
        .required("createdBy", .anyText),
        .required("createdAt", .dateTime),
        .required("updatedAt", .dateTime),
        .optional("count", .nullable(.count), "Who is in it now, where asked for; null when it names what is no more.")
    )
}

/// A view as a caller sees it.
struct ShownView: Sendable {
    var view: SavedView
    var isOwn: Bool
    /// Who is in it, where asked for; `nil` inside when that cannot be told.
    var count: Int??
}

extension JSONWriter {
    mutating func value(_ shown: ShownView) {
        let (view, terms) = (shown.view, shown.view.terms)
        beginObject()
        field("id", view.id)
        field("name", terms.name)
        field("where", terms.condition)
        key("filters")
        beginObject()
        for parameter in ViewBody.kept {
            let values = terms.filters.filter { $0.name == parameter.name }.map(\.value)
            guard let first = values.first else { continue }
            key(of: parameter.name)
            if parameter.isRepeatable {
                beginArray()
                for text in values { value(text) }
                endArray()
            } else if case .integer = parameter.schema, let number = Int64(first) {
                value(number)
            } else {
                value(first)
            }
        }
        endObject()
        field("sort", terms.sort)
        field("columns", terms.columns)
        field("isShared", terms.isShared)
        field("isOwn", shown.isOwn)
        field("createdBy", view.createdBy)
        field("createdAt", view.createdAt)
        field("updatedAt", view.updatedAt)
        if let count = shown.count { field("count", count.map { Int64($0) }) }
        endObject()
    }
}
