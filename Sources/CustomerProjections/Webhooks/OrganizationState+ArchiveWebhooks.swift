import CustomerDomain
import EventSourcing

extension OrganizationState {
    func archiveWebhooks(into writer: inout ArchiveWriter) throws {
        try writer.begin(.webhooks)
        try writer.add(UInt64(webhooks.webhooks.count))
        for webhook in webhooks.webhooks {
            try writer.add(webhook.id.high)
            try writer.add(webhook.id.low)
            try writer.add(webhook.secret)
            try writer.add(UInt8(webhook.previousSecret == nil ? 0 : 1))
            try writer.add(webhook.previousSecret ?? 0)
            try writer.add(webhook.createdAtSequence)
            try writer.add(webhook.stop?.rawValue ?? 0)
            try writer.add(webhook.createdAt.microseconds)
            for time in [webhook.rotatedAt, webhook.stoppedAt] { try writer.add(time?.microseconds ?? noTime) }
            try writer.add(webhook.createdBy)
            try writer.add(webhook.settings.url)
            try writer.add(webhook.settings.description)
            try writer.add(UInt64(webhook.settings.eventTypes.count))
            for name in webhook.settings.eventTypes { try writer.add(name) }
        }
    }

    mutating func loadWebhooks(from reader: inout ArchiveReader) throws {
        try reader.begin(.webhooks)
        var loaded: [Webhook] = []
        // What an endpoint has without its texts.
        for _ in 0..<(try reader.count(of: 66)) {
            let id = WebhookID(high: try reader.number(), low: try reader.number())
            let secret: UInt64 = try reader.number()
            let hasPrevious = try reader.number(UInt8.self) == 1
            let previous: UInt64 = try reader.number()
            let sequence: UInt64 = try reader.number()
            let stop: UInt8 = try reader.number()
            let createdAt = Timestamp(microseconds: try reader.number())
            let times = try (0..<2).map { _ in try reader.number(Int64.self) }
                .map { $0 == noTime ? nil : Timestamp(microseconds: $0) }
            let createdBy = try reader.text()
            var settings = WebhookSettings(url: try reader.text(), description: try reader.text())
            // An empty text has its length.
            for _ in 0..<(try reader.count(of: 1)) { settings.eventTypes.append(try reader.text()) }
            var webhook = Webhook(
                WebhookCreated(id: id, settings: settings, secret: secret),
                createdBy: createdBy,
                createdAt: createdAt,
                sequence: sequence
            )
            webhook.previousSecret = hasPrevious ? previous : nil
            webhook.stop = WebhookStop(rawValue: stop)
            (webhook.rotatedAt, webhook.stoppedAt) = (times[0], times[1])
            loaded.append(webhook)
        }
        webhooks = WebhookRegister(loaded)
    }

    func addWebhooks(to digest: inout StateDigest) {
        digest.add(Int64(webhooks.webhooks.count))
        for webhook in webhooks.webhooks {
            digest.add(webhook.id.high)
            digest.add(webhook.id.low)
            for number in [webhook.secret, webhook.previousSecret ?? 0, webhook.createdAtSequence] {
                digest.add(number)
            }
            digest.add(webhook.previousSecret == nil ? 0 as Int64 : 1)
            digest.add(Int64(webhook.stop?.rawValue ?? 0))
            digest.add(webhook.createdAt.microseconds)
            for time in [webhook.rotatedAt, webhook.stoppedAt] { digest.add(time?.microseconds ?? noTime) }
            digest.add(webhook.createdBy)
            digest.add(webhook.settings.url)
            digest.add(webhook.settings.description)
            digest.add(Int64(webhook.settings.eventTypes.count))
            for name in webhook.settings.eventTypes { digest.add(name) }
        }
    }
}
