import CustomerDomain

extension EventDescription {
    func describeWebhook(_ event: Event, to fields: inout JSONFields) {
        switch event {
        case .webhookCreated(let created):
            fields.field("id", created.id)
            describe(created.settings, to: &fields)
        case .webhookChanged(let changed):
            fields.field("id", changed.id)
            describe(changed.settings, to: &fields)
            fields.field("isEnabled", changed.isEnabled)
        case .webhookRemoved(let id): fields.field("id", id)
        case .webhookDisabled(let disabled):
            fields.field("id", disabled.id)
            fields.field("reason", disabled.stop.name)
        case .webhookSecretRotated(let rotated): fields.field("id", rotated.id)
        default: break
        }
    }

    private func describe(_ settings: WebhookSettings, to fields: inout JSONFields) {
        fields.field("url", settings.url)
        fields.field("description", settings.description)
        fields.field("eventTypes", settings.eventTypes)
    }
}
