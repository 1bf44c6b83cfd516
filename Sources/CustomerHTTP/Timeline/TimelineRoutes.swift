import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import Hummingbird

/// The history of a customer, event by event.
enum TimelineRoutes {
    static var routes: [Route] { [timeline] }

    private static let entry = Schema.named(
        "TimelineEntry",
        .required("sequence", .anyInteger),
        .required("type", .choice(Organization.eventNames)),
        .required("occurredAt", .dateTime),
        .required("recordedAt", .dateTime),
        .required("actor", .anyText),
        .required("requestId", .nullable(.anyText)),
        .required("version", .count),
        .required("data", .anyObject, "What the event says; empty where the API key may not see it.")
    )

    private static let parameters: [Parameter] = [
        CustomerRoutes.id,
        .query("limit", .integer(1...Int64(Paging.maximum)), "How many events; 20 when absent."),
        .query(
            "cursor",
            .text(
                TextRule(
                    length: 1...18,
                    pattern: "^[1-9][0-9]*$",
                    check: { text in
                        let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) } && !text.hasPrefix("0")
                        return isNumber ? nil : "is not one that this server made"
                    }
                )
            ),
            "nextCursor of the page before."
        ),
    ]

    static let timeline = Route(
        method: .get,
        path: "/api/v1/customers/{id}/timeline",
        operation: "getTimeline",
        summary: "What happened to a customer, the latest first",
        chapter: "Timeline",
        access: .needs(.readCustomers),
        parameters: parameters,
        answers: [
            Answer(
                status: 200,
                description: "A page.",
                schema: .named(
                    "Timeline",
                    .required("data", .list(of: entry)),
                    .required("hasMore", .boolean),
                    .required("nextCursor", .nullable(.anyText))
                ),
                headers: [.link]
            ),
            CustomerRoutes.moved,
        ],
        problems: CustomerRoutes.standing,
        handler: { call in try await answer(call) }
    )

    private static func answer(_ call: Call) async throws -> Response {
        let id = try call.customerID()
        let limit = Int(call.query.whole("limit") ?? Int64(Paging.standard))
        var before: SequenceNumber?
        if let cursor = call.query.text("cursor") {
            guard let value = UInt64(cursor) else { throw QueryError.malformedCursor }
            before = SequenceNumber(value)
        }
        let references = try await call.read { [before] state, _ in
            state.timeline(of: try state.standingCustomer(id), before: before, limit: limit + 1)
        }
        var events: [RecordedEvent] = []
        for reference in references.prefix(limit) {
            guard let event = try call.organization.event(reference.sequence) else { continue }
            events.append(event)
        }
        let hasMore = references.count > limit
        let nextCursor = hasMore ? events.last.map { String($0.sequence.value) } : nil
        let link = Paging.links(call, .cursor(nil, limit: limit), hasMore: hasMore, nextCursor: nextCursor)
        let scope = try call.scope()
        let data = call.organization.describe(events)
        let areVisible = call.organization.areVisible(events, to: scope)
        return .json(headers: link.map { [.link: $0] } ?? [:]) { [events] writer in
            writer.beginObject()
            writer.key("data")
            writer.beginArray()
            for (index, event) in events.enumerated() {
                writer.value(event, data: areVisible[index] ? data[index] : nil)
            }
            writer.endArray()
            writer.field("hasMore", hasMore)
            writer.field("nextCursor", nextCursor)
            writer.endObject()
        }
    }
}
