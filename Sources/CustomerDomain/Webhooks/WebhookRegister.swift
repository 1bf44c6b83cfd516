public import EventSourcing

/// The endpoints that were not removed, in the order in which they were made.
///
/// What it says follows from the events alone: ``apply(_:sequence:at:by:)`` is the only way to change it.
public struct WebhookRegister: Hashable, Sendable {
    /// The endpoints, the oldest first; at most ``Limits/webhooks``.
    public private(set) var webhooks: [Webhook]

    /// A register of these endpoints.
    public init(_ webhooks: [Webhook] = []) { self.webhooks = webhooks }

    /// The endpoint of this identifier.
    public subscript(id: WebhookID) -> Webhook? { webhooks.first { $0.id == id } }

    /// Takes in the next event of the log; those that are of no endpoint change nothing.
    public mutating func apply(
        _ event: Event,
        sequence: UInt64,
        at time: Timestamp,
        by actor: @autoclosure () -> String
    ) {
        switch event {
        case .webhookCreated(let created):
            webhooks.append(Webhook(created, createdBy: actor(), createdAt: time, sequence: sequence))
        case .webhookChanged(let changed):
            change(changed.id) { webhook in
                webhook.settings = changed.settings
                if changed.isEnabled {
                    (webhook.stop, webhook.stoppedAt) = (nil, nil)
                } else if webhook.stop == nil {
                    (webhook.stop, webhook.stoppedAt) = (.manual, time)
                }
            }
        case .webhookRemoved(let id): webhooks.removeAll { $0.id == id }
        case .webhookDisabled(let disabled):
            change(disabled.id) { ($0.stop, $0.stoppedAt) = (disabled.stop, time) }
        case .webhookSecretRotated(let rotated):
            change(rotated.id) { webhook in
                webhook.previousSecret = webhook.secret
                webhook.secret = rotated.secret
                webhook.rotatedAt = time
            }
        default: break
        }
    }

    private mutating func change(_ id: WebhookID, _ edit: (inout Webhook) -> Void) {
        if let index = webhooks.firstIndex(where: { $0.id == id }) { edit(&webhooks[index]) }
    }
}
