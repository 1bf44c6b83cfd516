import CustomerService
import Logging
import ServiceLifecycle

/// Sends events to webhooks.
struct WebhookService: Service {
    let organization: Organization
    let logger: Logger

    func run() async {
        await cancelWhenGracefulShutdown { [organization, logger] in
            await organization.serveWebhooks { logger.warning("webhooks: \($0)") }
        }
    }
}
