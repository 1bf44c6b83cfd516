import CustomerDomain
import CustomerProjections
import CustomerService

/// What the server sends of rules.
enum RuleAnswer {
    static let rule = Schema.named(
        "Rule",
        .required("id", .identifier(RuleKind.self)),
        .required("name", .anyText),
        .required("description", .nullable(.anyText)),
        .required("query", .nullable(.anyText), "Of whom this holds; null where it goes by a segment."),
        .required("segment", .nullable(.identifier(SegmentKind.self))),
        .required("group", .nullable(.identifier(GroupKind.self)), "What it gives; null where that is a tag."),
        .required("tag", .nullable(.anyText)),
        .required("takesAway", .boolean),
        .required("isActive", .boolean),
        .required("givenCount", .count, "Who has it by this rule."),
        .required("barredCount", .count, "From whom it was taken by hand; the rule does not give it to them again."),
        .required("createdAt", .dateTime),
        .required("updatedAt", .dateTime)
    )

    /// A rule by name, where something came by it.
    static let name = Schema.named(
        "RuleName",
        .required("id", .identifier(RuleKind.self)),
        .required("name", .anyText)
    )

    private static let moves = Schema.named(
        "RuleMoves",
        .required("count", .count),
        .required("data", .list(of: CustomerAnswer.summary), "The first of them, the oldest customers first.")
    )

    static let preview = Schema.named(
        "RulePreview",
        .required("matching", .count, "Of whom the condition holds."),
        .required("entering", moves, "Who would get it."),
        .required("leaving", moves, "Who would lose it."),
        .required("byHand", .count, "Who match and have it by hand, which no rule changes."),
        .required("passedOver", .count, "Who match and do not get it: taken from them by hand, or too many tags.")
    )

    static let run = Schema.named(
        "RuleRun",
        .required("entered", .count, "Who got it."),
        .required("left", .count, "Who lost it."),
        .required("remaining", .count, "Who are left for the next round, in a minute.")
    )
}

extension JSONWriter {
    mutating func value(_ view: RuleView) {
        let (rule, terms) = (view.rule, view.rule.terms)
        beginObject()
        field("id", rule.id)
        field("name", terms.name)
        field("description", terms.description)
        if case .query(let text) = terms.condition { field("query", text) } else { field("query", nil as String?) }
        if case .segment(let id) = terms.condition { field("segment", id) } else { field("segment", nil as SegmentID?) }
        if case .group(let id) = rule.gift { field("group", id) } else { field("group", nil as GroupID?) }
        if case .tag(let tag) = rule.gift { field("tag", tag) } else { field("tag", nil as String?) }
        field("takesAway", terms.takesAway)
        field("isActive", terms.isActive)
        field("givenCount", view.givenCount)
        field("barredCount", view.barredCount)
        field("createdAt", rule.createdAt)
        field("updatedAt", rule.updatedAt)
        endObject()
    }

    /// Writes by which rules something came.
    mutating func field(_ name: StaticString, _ rules: [AssignmentRule]) {
        array(name, rules) { writer, rule in
            writer.beginObject()
            writer.field("id", rule.id)
            writer.field("name", rule.terms.name)
            writer.endObject()
        }
    }

    mutating func value(_ preview: RulePreview) {
        beginObject()
        field("matching", preview.matching)
        field("entering", preview.entering, preview.firstEntering)
        field("leaving", preview.leaving, preview.firstLeaving)
        field("byHand", preview.byHand)
        field("passedOver", preview.passedOver)
        endObject()
    }

    private mutating func field(_ name: StaticString, _ count: Int, _ first: [CustomerSummary]) {
        key(name)
        beginObject()
        field("count", count)
        array("data", first) { $0.value($1) }
        endObject()
    }

    mutating func value(_ run: RuleRun) {
        beginObject()
        field("entered", run.entered)
        field("left", run.left)
        field("remaining", run.rest)
        endObject()
    }
}
