import CustomerDomain
import CustomerProjections

/// What a client sends of rules.
enum RuleBody {
    private static let condition: [Property] = [
        .optional("query", .text(TextRule(length: Limits.segmentQuery)), "Of whom this holds: see docs/SEGMENTS.md."),
        .optional("segment", .line(Limits.name), "Who is in this segment: its id, key or name; not with query."),
    ]
    private static let gift: [Property] = [
        .optional("group", GroupBody.reference, "They join this group, by id or as key=…."),
        .optional("tag", .line(Limits.tag), "They get this tag; not together with group."),
    ]
    private static let takesAway = Property.optional(
        "takesAway",
        .boolean,
        "Whether who does not match any longer loses what the rule gave; false when absent."
    )
    private static let isActive = Property.optional("isActive", .boolean, "Whether it is at work; true when absent.")
    private static let limit = Property.optional(
        "limit",
        .integer(1...Int64(Paging.maximum)),
        "How many to show of those who would get it, and of those who would lose it; 20 when absent."
    )

    static let create = named(
        "RuleCreate",
        [.required("name", .line(Limits.name), "Unique, whatever the case.")]
            + [.optional("description", .paragraphs(Limits.groupDescription))] + condition + gift
            + [takesAway, isActive]
    )
    static let patch = named(
        "RulePatch",
        [.optional("name", .line(Limits.name))]
            + [.optional("description", .nullable(.paragraphs(Limits.groupDescription)))] + condition
            + [takesAway, isActive]
    )
    static let preview = named("RulePreviewRequest", condition + gift + [takesAway, limit])
    static let changePreview = named("RuleChangePreviewRequest", condition + [takesAway, limit])

    private static func named(_ name: String, _ properties: [Property]) -> Schema {
        .component(Component(name: name, schema: .object(ObjectRule(properties: properties))))
    }

    /// The rule of a body that matched ``create`` or ``preview``.
    static func definition(
        _ body: JSONValue,
        id: RuleID,
        _ state: borrowing OrganizationState
    ) throws(Problem) -> RuleDefined {
        guard let condition = try condition(body, state) else {
            throw .invalid([FieldError(place: .pointer("/query"), detail: "must be given, or segment")])
        }
        return RuleDefined(
            id: id,
            gift: try gift(body, state),
            terms: RuleTerms(
                name: body.text("name") ?? "",
                description: body.text("description"),
                condition: condition,
                takesAway: body.flag("takesAway") ?? false,
                isActive: body.flag("isActive") ?? true
            )
        )
    }

    /// The change of a body that matched ``patch`` or ``changePreview``.
    static func change(
        _ body: JSONValue,
        of id: RuleID,
        _ state: borrowing OrganizationState
    ) throws(Problem) -> ChangeRule {
        ChangeRule(
            id: id,
            name: body.text("name"),
            description: body.edit("description") { $0 },
            condition: try condition(body, state),
            takesAway: body.flag("takesAway"),
            isActive: body.flag("isActive")
        )
    }

    private static func condition(
        _ body: JSONValue,
        _ state: borrowing OrganizationState
    ) throws(Problem) -> RuleCondition? {
        let query = try SegmentBody.query(body)
        guard let name = body.text("segment") else { return query.map { .query($0.text) } }
        if query != nil {
            throw .invalid([FieldError(place: .pointer("/segment"), detail: "must be absent where there is a query")])
        }
        guard let segment = state.segment(called: name) else {
            let detail = "names no segment by its id, key or name"
            throw .invalid([FieldError(place: .pointer("/segment"), detail: detail)])
        }
        return .segment(state.segmentView(segment).id)
    }

    private static func gift(_ body: JSONValue, _ state: borrowing OrganizationState) throws(Problem) -> RuleGift {
        switch (body.text("group"), body.text("tag")) {
        case (nil, nil): throw .invalid([FieldError(place: .pointer("/group"), detail: "must be given, or tag")])
        case (_?, _?):
            throw .invalid([FieldError(place: .pointer("/tag"), detail: "must be absent where there is a group")])
        case (nil, let tag?): return .tag(tag)
        case (let text?, nil):
            let key = text.hasPrefix("key=") ? String(text.dropFirst(4)) : nil
            let found = key.map { state.group(withKey: $0) } ?? GroupID(text).flatMap { state.group($0) }
            guard let found else {
                let detail = "names no group of this organization"
                throw .invalid([FieldError(place: .pointer("/group"), detail: detail)])
            }
            return .group(state.groupView(found).id)
        }
    }
}
