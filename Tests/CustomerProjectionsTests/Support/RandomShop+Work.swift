import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport

// Webhooks, jobs and segments.
extension RandomShop {
    /// The next step of a webhook, or a new one.
    mutating func webhook() -> Command {
        let settings = WebhookSettings(
            url: "https://shop.example/\(random.below(5))",
            eventTypes: random.chance(1, in: 2) ? [] : ["CustomerCreated", "OrderPlaced"]
        )
        guard let webhook = model.webhooks.webhooks.last, random.chance(2, in: 3) else {
            return .createWebhook(WebhookCreated(id: identifier(), settings: settings, secret: random.next()))
        }
        switch random.below(5) {
        case 0: return .removeWebhook(webhook.id)
        case 1: return .disableWebhook(WebhookDisabled(id: webhook.id, stop: .failing))
        case 2: return .rotateWebhookSecret(WebhookSecretRotated(id: webhook.id, secret: random.next()))
        default:
            return .changeWebhook(
                WebhookChanged(id: webhook.id, settings: settings, isEnabled: random.chance(1, in: 2))
            )
        }
    }

    /// The next step of a job, or a new one.
    mutating func job() -> Command {
        let open = model.jobs.jobs.filter { $0.status != .expired }
        guard !open.isEmpty, random.chance(4, in: 5) else {
            let kind = random.pick(JobType.allCases)
            return .createJob(
                JobCreated(id: identifier(), kind: kind, permission: .exportCustomers, work: "work", total: 50)
            )
        }
        let id = random.pick(open).id
        switch random.below(6) {
        case 0: return .cancelJob(id)
        case 1: return .expireJob(id)
        case 2:
            let outcome = random.pick(JobOutcome.allCases)
            return .finishJob(JobFinished(id: id, outcome: outcome, done: 7, expiresAt: .seconds(1_900_000_000)))
        case 3: return .progressJob(JobProgressed(id: id))
        default: return .progressJob(JobProgressed(id: id, done: UInt64(random.below(40)), failed: 3))
        }
    }

    mutating func segment(_ id: CustomerID) -> Command {
        let standing = model.segments.filter { !$0.isRemoved }
        guard !standing.isEmpty, random.chance(7, in: 8) else {
            let number = model.segments.count
            let terms = SegmentTerms(
                name: "Segment \(number)",
                description: random.chance(1, in: 2) ? "kept" : nil,
                query: segmentText(),
                tracksMembership: random.chance(3, in: 4)
            )
            let key = random.chance(1, in: 2) ? "segment-\(number)" : nil
            return .defineSegment(SegmentDefined(id: identifier(), key: key, terms: terms))
        }
        let segment = random.pick(standing)
        switch random.below(12) {
        case 0: return .removeSegment(segment.id)
        case 1...2:
            var change = ChangeSegment(id: segment.id)
            if random.chance(1, in: 2) { change.query = segmentText() }
            if random.chance(1, in: 3) { change.tracksMembership = random.chance(2, in: 3) }
            return .changeSegment(change)
        default:
            return .recordSegmentMoves(
                RecordSegmentMoves(id: segment.id, entered: [id, customer(), customer()], left: [customer()])
            )
        }
    }

    private mutating func segmentText() -> String {
        random.pick(["number_of_orders > 1", "customer_tags CONTAINS 'gift'", "NOT (amount_spent < 10.5)"])
    }
}
