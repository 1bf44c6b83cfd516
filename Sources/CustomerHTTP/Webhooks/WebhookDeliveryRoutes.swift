import CustomerDomain
import CustomerProjections
import CustomerService
import HTTPTypes
import Hummingbird

/// What became of messages, and how to send them again.
///
/// No events, so these answer of now alone.
enum WebhookDeliveryRoutes {
    static var routes: [Route] { [list, replayOne, replay, test] }

    static let list = Route(
        method: .get,
        path: "/api/v1/webhooks/{webhookId}/deliveries",
        operation: "listWebhookDeliveries",
        summary: "What became of the last 1,000 messages, the newest event first",
        chapter: WebhookRoutes.chapter,
        access: .needs(.manageWebhooks),
        parameters: [
            WebhookRoutes.id,
            .query("status", .choice(of: WebhookDelivery.Status.self), "Only those that stand so."),
        ] + Paging.parameters.filter { $0.name == "limit" || $0.name == "offset" },
        answers: [.page("WebhookDeliveryPage", of: WebhookAnswer.delivery)],
        problems: [.webhookNotFound],
        handler: { call in
            let id = try call.identifier("webhookId", WebhookKind.self)
            let limit = Int(call.query.whole("limit") ?? Int64(Paging.standard))
            let offset = Int(call.query.whole("offset") ?? 0)
            let all = try await call.organization.webhookDeliveries(id)
                .filter { delivery in call.query.text("status").map { $0 == delivery.status.name } ?? true }
            let rows = Array(all.dropFirst(offset).prefix(limit))
            let page = Page(elements: rows, count: all.count, hasMore: offset + rows.count < all.count)
            return .page(call, .offset(limit: limit, offset: offset), page) { $0.value($1, of: id) }
        }
    )

    static let replayOne = Route(
        method: .post,
        path: "/api/v1/webhooks/{webhookId}/deliveries/{messageId}/replay",
        operation: "replayWebhookDelivery",
        summary: "Sends a message again, with the same webhook-id",
        chapter: WebhookRoutes.chapter,
        access: .needs(.manageWebhooks),
        parameters: [WebhookRoutes.id, .path("messageId", .identifier(WebhookMessageKind.self), "The message.")],
        answers: [Answer(status: 202, description: "It is sent soon.")],
        problems: [.webhookNotFound, .webhookMessageNotFound],
        handler: { call in
            try await call.organization.replayWebhook(
                try call.identifier("messageId"),
                of: try call.identifier("webhookId"),
                scope: try call.scope()
            )
            return Response(status: .accepted)
        }
    )

    static let replay = Route(
        method: .post,
        path: "/api/v1/webhooks/{webhookId}/replay",
        operation: "replayWebhook",
        summary: "Sends the events of a range again, or all messages that failed",
        chapter: WebhookRoutes.chapter,
        access: .needs(.manageWebhooks),
        parameters: [WebhookRoutes.id],
        body: .json(
            .named(
                "WebhookReplay",
                .optional("from", .integer(1 ... .max), "The first event, of any time since the first."),
                .optional("to", .integer(1 ... .max), "The last event; the newest when absent."),
                .optional("failedOnly", .boolean, "Instead of a range: the messages that used up their attempts.")
            )
        ),
        answers: [Answer(status: 202, description: "They are sent as there is room.")],
        problems: [.webhookNotFound],
        handler: { call in
            let (from, to) = (call.body.whole("from"), call.body.whole("to"))
            var range: ClosedRange<UInt64>?
            if call.body.flag("failedOnly") == true {
                guard from == nil, to == nil else {
                    throw invalid("failedOnly", "cannot be given together with from or to")
                }
            } else {
                guard let from else { throw invalid("from", "is needed unless failedOnly is true") }
                guard from <= to ?? .max else { throw invalid("to", "must not be before from") }
                range = UInt64(from)...UInt64(to ?? .max)
            }
            try await call.organization.replayWebhook(try call.identifier("webhookId"), range, scope: try call.scope())
            return Response(status: .accepted)
        }
    )

    private static func invalid(_ field: String, _ detail: String) -> Problem {
        Problem.invalid([FieldError(place: .pointer("/" + field), detail: detail)])
    }

    static let test = Route(
        method: .post,
        path: "/api/v1/webhooks/{webhookId}/test",
        operation: "testWebhook",
        summary: "Sends a message of type Ping, once, and says what came of it",
        chapter: WebhookRoutes.chapter,
        access: .needs(.manageWebhooks),
        parameters: [WebhookRoutes.id],
        answers: [Answer(status: 200, description: "What came of it.", schema: WebhookAnswer.test)],
        problems: [.webhookNotFound],
        handler: { call in
            let outcome = try await call.organization.testWebhook(
                try call.identifier("webhookId"),
                scope: try call.scope()
            )
            return .json { $0.value(outcome) }
        }
    )
}
