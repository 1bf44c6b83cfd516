extension Decision {
    func createWebhook(_ created: WebhookCreated) throws(Rejection) -> [Decided] {
        guard facts.webhook(created.id) == nil else { throw .invalid(field: "id", reason: "is already in use") }
        try checkSettings(created.settings)
        guard facts.webhookCount < Limits.webhooks else { throw .limitReached("webhooks", limit: Limits.webhooks) }
        return [Decided(customer: nil, event: .webhookCreated(created))]
    }

    func changeWebhook(_ changed: WebhookChanged) throws(Rejection) -> [Decided] {
        let webhook = try webhook(changed.id)
        try checkSettings(changed.settings)
        if webhook.settings == changed.settings, (webhook.stop == nil) == changed.isEnabled { return [] }
        return [Decided(customer: nil, event: .webhookChanged(changed))]
    }

    func removeWebhook(_ id: WebhookID) throws(Rejection) -> [Decided] {
        [Decided(customer: nil, event: .webhookRemoved(try webhook(id).id))]
    }

    /// One that is stopped already stays as it is.
    func disableWebhook(_ disabled: WebhookDisabled) throws(Rejection) -> [Decided] {
        let webhook = try webhook(disabled.id)
        return webhook.stop == nil ? [Decided(customer: nil, event: .webhookDisabled(disabled))] : []
    }

    func rotateWebhookSecret(_ rotated: WebhookSecretRotated) throws(Rejection) -> [Decided] {
        let webhook = try webhook(rotated.id)
        guard rotated.secret != webhook.secret, rotated.secret != webhook.previousSecret else {
            throw .invalid(field: "secret", reason: "is already in use")
        }
        return [Decided(customer: nil, event: .webhookSecretRotated(rotated))]
    }

    private func checkSettings(_ settings: WebhookSettings) throws(Rejection) {
        try check(settings.url, "url", Limits.webhookURL)
        do {
            _ = try WebhookAddress(settings.url)
        } catch {
            throw .invalid(field: "url", reason: error.reason)
        }
        try check(settings.description, "description", Limits.webhookDescription)
        guard settings.eventTypes.count <= Limits.typesPerWebhook else {
            throw .invalid(field: "eventTypes", reason: "must have at most \(Limits.typesPerWebhook) elements")
        }
        for (index, name) in settings.eventTypes.enumerated() {
            try check(name, "eventTypes/\(index)", Limits.name)
        }
    }

    private func webhook(_ id: WebhookID) throws(Rejection) -> Webhook {
        guard let webhook = facts.webhook(id) else { throw .webhookNotFound(id) }
        return webhook
    }
}
