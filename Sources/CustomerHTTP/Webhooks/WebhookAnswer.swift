import CustomerDomain
import CustomerService
import EventSourcing

/// What the server sends of webhooks.
enum WebhookAnswer {
    private static let properties: [Property] = [
        .required("id", .identifier(WebhookKind.self)),
        .required("url", .anyText, "Where messages are sent."),
        .required("description", .anyText),
        .required("eventTypes", .list(of: .choice(Organization.eventNames)), "What is sent; empty for all."),
        .required("disabled", .boolean, "Whether nothing is sent."),
        .required(
            "disabledReason",
            .nullable(.choice(of: WebhookStop.self)),
            "manual: somebody asked for it; gone: it answered 410; failing: nothing arrived for five days."
        ),
        .required("disabledAt", .nullable(.dateTime)),
        .required("secretRotatedAt", .nullable(.dateTime), "When its secret was changed, the last time."),
        .required("createdBy", .anyText),
        .required("createdAt", .dateTime),
    ]

    static let webhook = Schema.component(
        Component(name: "Webhook", schema: .object(ObjectRule(properties: properties)))
    )

    private static let secret = Property.required(
        "secret",
        .nullable(.anyText),
        "What messages are signed with: whsec_ and base 64. Shown this once."
    )

    static let created = Schema.component(
        Component(name: "WebhookCreated", schema: .object(ObjectRule(properties: properties + [secret])))
    )

    static let rotated = Schema.component(
        Component(name: "WebhookSecret", schema: .object(ObjectRule(properties: [secret])))
    )

    static let delivery = Schema.named(
        "WebhookDelivery",
        .required("id", .identifier(WebhookMessageKind.self), "The message's webhook-id, the same at each attempt."),
        .required("sequence", .anyInteger, "The event."),
        .required("eventType", .nullable(.anyText)),
        .required("status", .choice(of: WebhookDelivery.Status.self)),
        .required("attempts", .count, "How many there were, since it was last asked for."),
        .required("lastStatusCode", .nullable(.anyInteger), "The status of the last answer."),
        .required(
            "lastFailure",
            .nullable(.choice(of: WebhookFailure.self)),
            "Why the last attempt failed."
        ),
        .required("lastAttemptAt", .nullable(.dateTime)),
        .required("nextAttemptAt", .nullable(.dateTime))
    )

    static let test = Schema.named(
        "WebhookTest",
        .required("delivered", .boolean),
        .required("statusCode", .nullable(.anyInteger)),
        .required("failure", .nullable(.choice(of: WebhookFailure.self)))
    )
}

extension JSONWriter {
    mutating func value(_ webhook: Webhook) {
        beginObject()
        fields(of: webhook)
        endObject()
    }

    mutating func value(_ webhook: Webhook, secret: WebhookSecret?) {
        beginObject()
        fields(of: webhook)
        field("secret", secret?.text)
        endObject()
    }

    private mutating func fields(of webhook: Webhook) {
        field("id", webhook.id)
        field("url", webhook.settings.url)
        field("description", webhook.settings.description)
        field("eventTypes", webhook.settings.eventTypes)
        field("disabled", webhook.stop != nil)
        field("disabledReason", webhook.stop?.name)
        field("disabledAt", webhook.stoppedAt)
        field("secretRotatedAt", webhook.rotatedAt)
        field("createdBy", webhook.createdBy)
        field("createdAt", webhook.createdAt)
    }

    mutating func value(_ delivery: WebhookDelivery, of id: WebhookID) {
        beginObject()
        field("id", Organization.messageID(id, delivery.sequence))
        field("sequence", Int64(clamping: delivery.sequence))
        field("eventType", delivery.eventType)
        field("status", delivery.status.name)
        field("attempts", delivery.attempts)
        field("lastStatusCode", delivery.lastStatusCode.map { Int64($0) })
        field("lastFailure", delivery.failure?.name)
        field("lastAttemptAt", delivery.lastAttemptAt)
        field("nextAttemptAt", delivery.nextAttemptAt)
        endObject()
    }

    mutating func value(_ outcome: WebhookOutcome) {
        beginObject()
        field("delivered", outcome.isSuccess)
        switch outcome {
        case .answered(let code):
            field("statusCode", Int64(code))
            field("failure", outcome.isSuccess ? nil : WebhookFailure.status.name)
        case .failed(let failure):
            field("statusCode", nil as Int64?)
            field("failure", failure.name)
        }
        endObject()
    }
}
