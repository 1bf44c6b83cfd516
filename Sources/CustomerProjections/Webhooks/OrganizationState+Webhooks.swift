public import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// The endpoint of this identifier.
    public func webhook(_ id: WebhookID) -> Webhook? { webhooks[id] }

    /// How many endpoints there are.
    public var webhookCount: Int { webhooks.webhooks.count }

    /// All endpoints, the oldest first.
    public var allWebhooks: [Webhook] { webhooks.webhooks }

    /// Endpoints, the newest first.
    public func webhooks(page: PageRequest) throws(QueryError) -> Page<Webhook> {
        try places(webhooks.webhooks.count, page, kind: 31, isNewestFirst: true).map { webhooks.webhooks[$0] }
    }
}
