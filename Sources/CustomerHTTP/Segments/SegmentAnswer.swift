import CustomerDomain
import CustomerProjections

/// What the server sends of segments.
enum SegmentAnswer {
    static let segment = Schema.named(
        "Segment",
        .required("id", .identifier(SegmentKind.self)),
        .required("key", .nullable(.anyText)),
        .required("name", .anyText),
        .required("description", .nullable(.anyText)),
        .required("query", .anyText),
        .required("tracksMembership", .boolean),
        .required("memberCount", .count, "Who is in it now."),
        .required("recordedCount", .nullable(.count), "Who is recorded to be in it; null where that is not recorded."),
        .required("createdAt", .dateTime),
        .required("updatedAt", .dateTime)
    )

    static let page = Schema.page("SegmentPage", of: segment)

    static let templates = Schema.named(
        "SegmentTemplates",
        .required(
            "data",
            .list(
                of: .object(
                    .required("key", .anyText),
                    .required("name", .anyText),
                    .required("description", .nullable(.anyText)),
                    .required("query", .anyText)
                )
            )
        )
    )

    static let ofCustomer = Schema.named(
        "CustomerSegments",
        .required(
            "data",
            .list(
                of: .object(
                    .required("id", .identifier(SegmentKind.self)),
                    .required("key", .nullable(.anyText)),
                    .required("name", .anyText),
                    .required("isMember", .boolean, "Whether the customer is in it now."),
                    .required("isRecorded", .boolean, "Whether it is recorded that it is.")
                )
            )
        )
    )

    static let preview = Schema.named(
        "SegmentPreview",
        .required("count", .count),
        .required("data", .list(of: CustomerAnswer.summary))
    )

    static let explanation = Schema.named(
        "SegmentExplanation",
        .required("segment", .identifier(SegmentKind.self)),
        .required("customer", .identifier(CustomerKind.self)),
        .required("isMember", .boolean),
        .required("isRecorded", .boolean),
        .required("explanation", part)
    )

    private static let part = Schema.named(
        "SegmentExplanationPart",
        .required("kind", .choice(SegmentExplanation.Kind.allCases.map(\.rawValue))),
        .required("text", .anyText, "As it stands in the query."),
        .required("offset", .count, "Characters before it."),
        .required("length", .count),
        .required("holds", .nullable(.boolean), "null when a missing value leaves it open; then it does not count."),
        .optional("values", .list(of: .anyText), "What the customer has there; of a comparison."),
        .optional("parts", .list(of: .anyObject), "Of the same shape.")
    )
}

/// A segment with who is in it.
struct CountedSegment: Sendable {
    var view: SegmentView
    var memberCount: Int
    var recordedCount: Int?
}

extension JSONWriter {
    mutating func value(_ segment: CountedSegment) {
        let view = segment.view
        beginObject()
        field("id", view.id)
        field("key", view.key)
        field("name", view.terms.name)
        field("description", view.terms.description)
        field("query", view.terms.query)
        field("tracksMembership", view.terms.tracksMembership)
        field("memberCount", segment.memberCount)
        field("recordedCount", segment.recordedCount.map { Int64($0) })
        field("createdAt", view.createdAt)
        field("updatedAt", view.updatedAt)
        endObject()
    }

    mutating func value(_ template: SegmentTemplate) {
        beginObject()
        field("key", template.key)
        field("name", template.terms.name)
        field("description", template.terms.description)
        field("query", template.terms.query)
        endObject()
    }

    mutating func value(_ membership: SegmentMembership) {
        beginObject()
        field("id", membership.segment.id)
        field("key", membership.segment.key)
        field("name", membership.segment.terms.name)
        field("isMember", membership.isMember)
        field("isRecorded", membership.isRecorded)
        endObject()
    }

    mutating func value(_ part: SegmentExplanation) {
        beginObject()
        field("kind", part.kind.rawValue)
        field("text", part.text)
        field("offset", part.range.offset)
        field("length", part.range.length)
        key("holds")
        if part.truth == .unknown { null() } else { value(part.truth == .yes) }
        if let values = part.values { field("values", values) }
        if !part.parts.isEmpty {
            key("parts")
            beginArray()
            for inner in part.parts { value(inner) }
            endArray()
        }
        endObject()
    }
}
