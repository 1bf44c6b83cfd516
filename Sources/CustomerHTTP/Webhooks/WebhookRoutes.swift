import CustomerDomain
import CustomerProjections
import CustomerService
import HTTPTypes
import Hummingbird

/// Endpoints that events are sent to (Standard Webhooks 1.0).
enum WebhookRoutes {
    /// The routes that answer from the state.
    static var register: [Route] { [list, get] }
    static var actions: [Route] { [create, update, remove, rotate] }

    static let chapter = "Webhooks"
    static let id = Parameter.path("webhookId", .identifier(WebhookKind.self), "The webhook.")

    private static let url = TextRule(
        length: Limits.webhookURL,
        format: "uri",
        description: "https, a public host, port 443; no user, password or fragment.",
        check: { text in
            do throws(WebhookAddress.Refusal) {
                _ = try WebhookAddress(text)
                return nil
            } catch {
                return error.reason
            }
        }
    )
    private static let eventTypes = Schema.array(.choice(Organization.eventNames), 0...Limits.typesPerWebhook)
    private static let settings: [Property] = [
        .optional("description", .line(Limits.webhookDescription), "What it is for."),
        .optional("eventTypes", eventTypes, "What is sent; all when absent or empty."),
    ]

    static let list = Route(
        method: .get,
        path: "/api/v1/webhooks",
        operation: "listWebhooks",
        summary: "The endpoints that events are sent to, the newest first",
        chapter: chapter,
        access: .needs(.manageWebhooks),
        parameters: Paging.parameters,
        answers: [.page("WebhookPage", of: WebhookAnswer.webhook)],
        handler: { call in
            try await call.page({ state, request, _ in try state.webhooks(page: request) }) { $0.value($1) }
        }
    )

    static let get = Route(
        method: .get,
        path: "/api/v1/webhooks/{webhookId}",
        operation: "getWebhook",
        summary: "An endpoint, and whether anything is sent to it",
        chapter: chapter,
        access: .needs(.manageWebhooks),
        parameters: [id],
        answers: [Answer(status: 200, description: "The webhook.", schema: WebhookAnswer.webhook)],
        problems: [.webhookNotFound],
        handler: { call in try await webhook(try call.identifier("webhookId"), call) }
    )

    private static func webhook(_ id: WebhookID, _ call: Call) async throws -> Response {
        let webhook = try await call.read { state, _ in state.webhook(id) }
        guard let webhook else { throw CommandError.rejected(.webhookNotFound(id)) }
        return .json { $0.value(webhook) }
    }

    static let create = Route(
        method: .post,
        path: "/api/v1/webhooks",
        operation: "createWebhook",
        summary: "Sends what happens from now on to an address; its secret is in this answer and nowhere else",
        chapter: chapter,
        access: .needs(.manageWebhooks),
        body: .json(
            .component(
                Component(
                    name: "WebhookCreate",
                    schema: .object(ObjectRule(properties: [.required("url", .text(url))] + settings))
                )
            )
        ),
        answers: [.created("The webhook.", WebhookAnswer.created)],
        problems: [.limitReached],
        handler: { call in
            let settings = WebhookSettings(
                url: call.body.text("url") ?? "",
                description: call.body.text("description") ?? "",
                eventTypes: names(call.body.texts("eventTypes"))
            )
            let (id, secret) = try await call.organization.createWebhook(
                settings,
                scope: try call.scope(),
                context: call.context
            )
            let webhook = try await call.organization.read { state, _ in state.webhook(id) }
            guard let webhook else { throw CommandError.rejected(.webhookNotFound(id)) }
            return .json(.created, headers: [.location: "/api/v1/webhooks/\(id)"]) { $0.value(webhook, secret: secret) }
        }
    )

    /// Each name once, in order, so that equal wishes are equal.
    private static func names(_ names: [String]) -> [String] { Set(names).sorted() }

    static let update = Route(
        method: .patch,
        path: "/api/v1/webhooks/{webhookId}",
        operation: "updateWebhook",
        summary: "Changes a webhook by a JSON merge patch (RFC 7396), stops it, or lets it go on",
        chapter: chapter,
        access: .needs(.manageWebhooks),
        parameters: [id],
        body: .mergePatch(
            .component(
                Component(
                    name: "WebhookPatch",
                    schema: .object(
                        ObjectRule(
                            properties: [
                                .optional("url", .text(url)),
                                .optional(
                                    "disabled",
                                    .boolean,
                                    "true stops it; false lets it go on with what happened meanwhile."
                                ),
                            ] + settings
                        )
                    )
                )
            )
        ),
        answers: [Answer(status: 200, description: "The webhook.", schema: WebhookAnswer.webhook)],
        problems: [.webhookNotFound],
        handler: { call in
            let id = try call.identifier("webhookId", WebhookKind.self)
            try await call.organization.changeWebhook(id, scope: try call.scope(), context: call.context) {
                settings,
                isEnabled in
                settings.url = call.body.text("url") ?? settings.url
                settings.description = call.body.text("description") ?? settings.description
                if call.body["eventTypes"] != nil { settings.eventTypes = names(call.body.texts("eventTypes")) }
                if let isDisabled = call.body.flag("disabled") { isEnabled = !isDisabled }
            }
            return try await webhook(id, call)
        }
    )

    static let remove = Route(
        method: .delete,
        path: "/api/v1/webhooks/{webhookId}",
        operation: "deleteWebhook",
        summary: "Sends nothing more, and forgets the secrets and messages",
        chapter: chapter,
        access: .needs(.manageWebhooks),
        parameters: [id],
        answers: [Answer(status: 204, description: "It is gone.")],
        problems: [.webhookNotFound],
        handler: { call in
            try await call.organization.removeWebhook(
                try call.identifier("webhookId"),
                scope: try call.scope(),
                context: call.context
            )
            return .noContent()
        }
    )

    static let rotate = Route(
        method: .post,
        path: "/api/v1/webhooks/{webhookId}/secret",
        operation: "rotateWebhookSecret",
        summary: "A new secret, in this answer and nowhere else; that before signs as well for 24 hours",
        chapter: chapter,
        access: .needs(.manageWebhooks),
        parameters: [id],
        answers: [Answer(status: 200, description: "The secret.", schema: WebhookAnswer.rotated)],
        problems: [.webhookNotFound],
        handler: { call in
            let secret = try await call.organization.rotateWebhookSecret(
                try call.identifier("webhookId"),
                scope: try call.scope(),
                context: call.context
            )
            return .json { writer in
                writer.beginObject()
                writer.field("secret", secret?.text)
                writer.endObject()
            }
        }
    )
}
