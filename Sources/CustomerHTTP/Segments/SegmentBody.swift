import CustomerDomain

/// What a client sends of segments.
enum SegmentBody {
    private static let query = Schema.text(
        TextRule(length: Limits.segmentQuery, description: "In the language of docs/SEGMENTS.md.")
    )
    private static let key = Schema.text(TextRule(length: Limits.segmentKey, pattern: "^[a-z0-9_-]+$"))

    static let create = Schema.named(
        "SegmentCreate",
        .optional("template", .choice(SegmentTemplate.all.map(\.key)), "Gives what is absent."),
        .optional("key", key, "The word that programs know it by; it never changes."),
        .optional("name", .line(Limits.name), "Unique, whatever the case."),
        .optional("description", .paragraphs(Limits.groupDescription)),
        .optional("query", query),
        .optional("tracksMembership", .boolean, "Whether it is recorded who enters and leaves; false when absent."),
        anyOf: ["template", "query"]
    )

    static let patch = Schema.named(
        "SegmentPatch",
        .optional("name", .line(Limits.name)),
        .optional("description", .nullable(.paragraphs(Limits.groupDescription))),
        .optional("query", query),
        .optional("tracksMembership", .boolean)
    )

    static let preview = Schema.named(
        "SegmentPreviewRequest",
        .required("query", query),
        .optional("sort", CustomerFilter.sortSchema(CustomerFilter.sortFields)),
        .optional("limit", .integer(1...Int64(Paging.maximum)), "How many of them to show; 20 when absent.")
    )

    /// The segment of a body that matched ``create``.
    static func definition(_ body: JSONValue, id: SegmentID) throws(Problem) -> SegmentDefined {
        let template = SegmentTemplate.all.first { $0.key == body.text("template") }
        let query = try self.query(body)?.text ?? template?.terms.query ?? ""
        return SegmentDefined(
            id: id,
            key: body.text("key") ?? template?.key,
            terms: SegmentTerms(
                name: body.text("name") ?? template?.terms.name ?? "",
                description: body.text("description") ?? template?.terms.description,
                query: query,
                tracksMembership: body.flag("tracksMembership") ?? false
            )
        )
    }

    /// The change of a body that matched ``patch``.
    static func change(_ body: JSONValue, of id: SegmentID) throws(Problem) -> ChangeSegment {
        ChangeSegment(
            id: id,
            name: body.text("name"),
            description: body.edit("description") { $0 },
            query: try query(body)?.text,
            tracksMembership: body.flag("tracksMembership")
        )
    }

    /// The query of a body; `nil` when it has none.
    static func query(_ body: JSONValue) throws(Problem) -> SegmentQuery? {
        guard let text = body.text("query") else { return nil }
        do {
            return try SegmentQuery(text)
        } catch {
            throw Problem(error, at: .pointer("/query"))
        }
    }
}

extension Problem {
    /// The problem of a text that is no query.
    init(_ errors: SegmentSyntaxErrors, at place: FieldError.Place) {
        var type = ProblemType.invalidFields
        if case .parameter = place { type = .invalidParameter }
        let all = errors.all.map { FieldError(place: place, detail: $0.text, syntax: $0) }
        self.init(type, all.first?.sentence ?? "The query cannot be read.", errors: all)
    }
}
