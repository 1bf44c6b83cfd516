import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import HTTPTypes
import Hummingbird

/// Everything that was recorded: searched, or followed as it happens.
enum EventRoutes {
    static var routes: [Route] { [list] }

    private static let sequence = TextRule(
        length: 1...18,
        pattern: "^(?:0|[1-9][0-9]*)$",
        check: { UInt64($0).map { String($0) } == $0 ? nil : "is not one that this server made" }
    )

    private static let parameters: [Parameter] = [
        .query("customer", .identifier(CustomerKind.self), "Events of this customer and of those merged into it."),
        .query(
            "actor",
            .line(1...200),
            "Events by this actor: the id of an API key, token: and a token's subject, or the name of a local tool."
        ),
        .query("requestId", .line(1...200), "Events of the request with this X-Request-ID."),
        .queryList("type", .choice(Organization.eventNames), "Events of this type; may be given several times."),
        .query("recordedFrom", .dateTime, "Events recorded at this time or later."),
        .query("recordedUntil", .dateTime, "Events recorded at this time or before."),
        .query("from", .integer(1 ... .max), "Events of this sequence number or later."),
        .query("to", .integer(1 ... .max), "Events of this sequence number or before."),
        .query("order", .choice(["asc", "desc"]), "asc (as recorded) when absent; desc has the latest first."),
        .queryList(
            "include",
            .choice(["changes", "proof"]),
            """
            changes: each field before and after the event, where the API key may see what the event says. proof: a proof that the \
            event is in the signed log, for admins and auditors.
            """
        ),
        .query("limit", .integer(1...Int64(Paging.maximum)), "How many events; 20 when absent."),
        .query("cursor", .text(sequence), "nextCursor of the page before."),
        .header("Last-Event-ID", .text(sequence), "Only for a stream: go on behind this event."),
    ]

    /// A text, a number, yes or no, or several texts.
    private static let value = Schema.anything

    private static let change = Schema.named(
        "FieldChange",
        .required("field", .anyText, "The field's path, such as email or addresses/addr_…/city."),
        .required("before", value),
        .required("after", value)
    )

    private static let event = Schema.named(
        "Event",
        .required("sequence", .anyInteger),
        .required("type", .choice(Organization.eventNames)),
        .required("occurredAt", .dateTime),
        .required("recordedAt", .dateTime),
        .required("actor", .anyText),
        .required("requestId", .nullable(.anyText)),
        .required(
            "origin",
            .nullable(.anyText),
            "The address that the request came from, where the organization records that."
        ),
        .required("version", .count),
        .required("data", .anyObject, "What the event says; empty where the API key may not see it."),
        .required("customerId", .nullable(.identifier(CustomerKind.self))),
        .optional("changes", .list(of: change)),
        .optional("proof", .nullable(.anyText), "null for an event of somebody who was erased.")
    )

    static let list = Route(
        method: .get,
        path: "/api/v1/events",
        operation: "listEvents",
        summary: "Events by who, when, what and of whom; with Accept: text/event-stream, as they happen",
        chapter: "Audit",
        access: .needs(.viewAudit),
        parameters: parameters,
        answers: [
            Answer(
                status: 200,
                description: """
                    A page. With Accept: text/event-stream, server-sent events: id is the sequence number, event the type, data \
                    an Event; they begin behind Last-Event-ID or cursor, at from, or else with the next event.
                    """,
                schema: .named(
                    "EventPage",
                    .required("data", .list(of: event)),
                    .required(
                        "hasMore",
                        .boolean,
                        "Whether there may be more now: a page may have few events, or none, and more behind it."
                    ),
                    .required(
                        "nextCursor",
                        .nullable(.anyText),
                        "Where to go on; of the latest events, too, to ask again later."
                    )
                ),
                streamMediaType: "text/event-stream",
                headers: [.link]
            )
        ],
        problems: [.customerNotFound],
        isHeavy: true,
        handler: { call in
            let query = try EventQuery(call)
            return query.isStream ? try EventStream(query, call).response() : try await page(query, call)
        }
    )

    private static func page(_ query: EventQuery, _ call: Call) async throws -> Response {
        let page = try query.page(after: query.cursor, limit: query.limit)
        let writer = try EventWriter(page.events, query, call)
        try await call.recordRead(.audit, writer.shown)
        // Whoever only looks back has an end; what is followed has not.
        let nextCursor = page.hasMore || query.order == .oldestFirst ? String(page.cursor.value) : nil
        let link = Paging.links(
            call,
            .cursor(nil, limit: query.limit),
            hasMore: page.hasMore,
            nextCursor: page.hasMore ? nextCursor : nil
        )
        return .json(headers: link.map { [.link: $0] } ?? [:], capacity: 256 + page.events.count * 600) { json in
            json.beginObject()
            json.key("data")
            json.beginArray()
            for index in page.events.indices { writer.write(index, to: &json) }
            json.endArray()
            json.field("hasMore", page.hasMore)
            json.field("nextCursor", nextCursor)
            json.endObject()
        }
    }
}
