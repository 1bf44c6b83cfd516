import CustomerDomain
import CustomerProjections
public import CustomerService
import EventSourcing

/// The body of a message: `{type, timestamp, data}` (Standard Webhooks 1.0), where data is the event as auditors see it.
enum WebhookPayload {
    /// - Parameters:
    ///   - event: The event.
    ///   - organization: Where it happened.
    ///   - isThin: Whether to leave out what the event says, and tell where that is.
    /// - Returns: JSON in UTF-8.
    static func bytes(_ event: RecordedEvent, _ organization: Organization, isThin: Bool) -> [UInt8] {
        let writer = EventWriter([event], organization, .local(tool: "webhooks", organization: organization.name))
        // What is private is told to nobody else, whoever runs the endpoint.
        let isThin = isThin || organization.peek { state, _ in !state.isVisible(event.event, to: .outside) }
        var json = JSONWriter(capacity: 1_024)
        json.beginObject()
        json.field("type", Organization.name(of: event.event))
        json.field("timestamp", event.recordedAt)
        json.key("data")
        writer.write(0, isThin: isThin, to: &json)
        if isThin {
            json.field("isThin", true)
            json.field("link", "/api/v1/events?from=\(event.sequence.value)&to=\(event.sequence.value)")
        }
        json.endObject()
        return json.bytes
    }
}

extension Actor {
    /// Somebody who is nobody's author.
    fileprivate static let outside = Actor(id: "", isAdmin: false, permissions: Set(Permission.allCases))
}

extension WebhookPost {
    /// Sends over HTTP.
    ///
    /// - Parameter allowsPrivate: Whether private addresses, `http` and all ports may be used, too.
    /// - Returns: The post.
    public static func http(allowsPrivate: Bool) -> WebhookPost {
        WebhookPost(
            addressGuard: WebhookGuard(allowsPrivate: allowsPrivate),
            sender: HTTPWebhookSender(),
            compose: { WebhookPayload.bytes($0, $1, isThin: $2) }
        )
    }
}
