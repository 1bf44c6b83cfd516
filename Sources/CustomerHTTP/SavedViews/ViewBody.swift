import CustomerDomain
import CustomerProjections

/// What a client sends of views.
enum ViewBody {
    /// The filters of the list of customers that a view may keep, in the order of the document.
    static let kept = CustomerFilter.parameters.filter { ViewFilter.names.contains($0.name) }

    private static let filters = Schema.component(
        Component(
            name: "ViewFilters",
            schema: .object(
                ObjectRule(
                    properties: kept.map { parameter in
                        .optional(
                            parameter.name,
                            parameter.isRepeatable
                                ? .array(parameter.schema, 1...QueryString.maximumRepetition) : parameter.schema,
                            parameter.description
                        )
                    }
                )
            )
        )
    )
    private static let columns = Schema.array(.choice(CustomerAnswer.summaryNames), 0...Limits.columnsPerView)
    private static let query = Schema.text(
        TextRule(length: Limits.segmentQuery, description: "In the language of docs/SEGMENTS.md.")
    )

    static let create = Schema.named(
        "ViewCreate",
        .required("name", .line(Limits.name), "Unique among one's own, whatever the case."),
        .optional("where", query),
        .optional("filters", filters, "As the list of customers takes them, but for q, which may name a person."),
        .optional("sort", CustomerFilter.sortSchema(CustomerFilter.sortFields)),
        .optional("columns", columns, "What to show, in order."),
        .optional("isShared", .boolean, "Whether others see it; false when absent.")
    )

    static let patch = Schema.named(
        "ViewPatch",
        .optional("name", .line(Limits.name)),
        .optional("where", .nullable(query)),
        .optional("filters", filters, "All of them from now on."),
        .optional("sort", .nullable(CustomerFilter.sortSchema(CustomerFilter.sortFields))),
        .optional("columns", columns, "All of them from now on."),
        .optional("isShared", .boolean)
    )

    /// The terms of a body that matched ``create``.
    static func terms(_ body: JSONValue) throws(Problem) -> ViewTerms {
        try check(body)
        return ViewTerms(
            name: body.text("name") ?? "",
            condition: body.text("where"),
            filters: filters(body) ?? [],
            sort: body.text("sort"),
            columns: body.texts("columns"),
            isShared: body.flag("isShared") ?? false
        )
    }

    /// The change of a body that matched ``patch``.
    static func change(_ body: JSONValue, of id: ViewID) throws(Problem) -> ChangeView {
        try check(body)
        return ChangeView(
            id: id,
            name: body.text("name"),
            condition: body.edit("where") { $0 },
            filters: filters(body),
            sort: body.edit("sort") { $0 },
            columns: body["columns"].map { $0.elements.compactMap(\.text) },
            isShared: body.flag("isShared")
        )
    }

    private static func check(_ body: JSONValue) throws(Problem) {
        if let text = body.text("where") {
            do {
                _ = try SegmentQuery(text)
            } catch {
                throw Problem(error, at: .pointer("/where"))
            }
        }
        if let sort = body.text("sort"), (try? SortKey.parse(sort)) == nil {
            let detail = "must be names of fields by commas, each with - before it or :asc or :desc after it"
            throw .invalid([FieldError(place: .pointer("/sort"), detail: detail)])
        }
    }

    /// The filters in the order of the document, so that equal wishes are equal.
    private static func filters(_ body: JSONValue) -> [ViewFilter]? {
        guard let filters = body["filters"] else { return nil }
        return kept.flatMap { parameter in
            guard let value = filters[parameter.name] else { return [] as [ViewFilter] }
            return (parameter.isRepeatable ? value.elements : [value])
                .compactMap { value in
                    (value.text ?? value.whole.map { String($0) })
                        .map { ViewFilter(name: parameter.name, value: $0) }
                }
        }
    }
}
