import CustomerDomain

extension RandomCommands {
    mutating func webhookCommand() -> Command {
        let urls = [
            "https://shop.example/hooks", "https://shop.example:8443/hooks?a=b", "http://[2001:db8::1]/", "ftp://x",
        ]
        let settings = WebhookSettings(url: random.pick(urls), description: "shop", eventTypes: ["CustomerCreated"])
        if webhooks.isEmpty || random.chance(25) {
            let id: WebhookID = identifier()
            webhooks.append(id)
            return .createWebhook(WebhookCreated(id: id, settings: settings, secret: UInt64(random.below(1 << 40))))
        }
        let id = random.chance(5) ? identifier() : random.pick(Array(webhooks.suffix(3)))
        switch random.below(8) {
        case 0: return .removeWebhook(id)
        case 1, 2: return .disableWebhook(WebhookDisabled(id: id, stop: random.pick(WebhookStop.allCases)))
        case 3, 4: return .rotateWebhookSecret(WebhookSecretRotated(id: id, secret: UInt64(random.below(1 << 40))))
        default: return .changeWebhook(WebhookChanged(id: id, settings: settings, isEnabled: random.chance(50)))
        }
    }
}
