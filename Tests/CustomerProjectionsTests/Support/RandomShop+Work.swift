import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport

// Webhooks, jobs, segments, returns, notes, and orders that are moved.
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

    /// The next step of a return, or a new one.
    mutating func returning() -> Command {
        guard let order = model.orders.suffix(20).randomElement(using: &random)?.order else { return webhook() }
        guard let one = model.orderReturns.suffix(4).randomElement(using: &random), random.chance(2, in: 3) else {
            let item = ReturnItem(line: 0, sku: "", quantity: 1)
            let requested = ReturnRequested(
                id: identifier(),
                orderNumber: order.number,
                items: [item],
                reason: "secret"
            )
            return .requestReturn(requested, ordered: order.lines)
        }
        if one.status == .received, random.chance(2, in: 3) {
            let reference = "return \(one.id)"
            return .refundReturn(one.id, RefundOrder(orderNumber: one.orderNumber, reference: reference, minorUnits: 1))
        }
        let status = random.pick([ReturnStatus.approved, .received, .received, .refused, .closed])
        return .moveReturn(MoveReturn(id: one.id, to: status, reason: "secret"))
    }

    /// A new note, or a change of one that there is.
    mutating func note(_ id: CustomerID) -> Command {
        let notes = model.customer(id).map { model.customers[$0.index].notes } ?? []
        guard let note = notes.randomElement(using: &random), random.chance(2, in: 3) else {
            let visibility = random.pick(NoteVisibility.allCases)
            let note = NoteAdded(id: identifier(), type: .general, text: "secret note", visibility: visibility)
            return .addNote(id, note)
        }
        if random.chance(1, in: 4) { return .removeNote(id, note.note.id) }
        return .changeNote(
            id,
            NoteChanged(
                id: note.note.id,
                type: random.pick([nil] + NoteType.allCases),
                text: random.pick([nil, "secret text"]),
                visibility: random.pick([nil] + NoteVisibility.allCases),
                isPinned: random.pick([nil, true, false])
            )
        )
    }

    /// An order of somebody else for this customer, or one of a guest.
    mutating func moving(_ id: CustomerID) -> Command {
        guard let order = model.orders.suffix(30).randomElement(using: &random)?.order, random.chance(3, in: 4) else {
            let email = EmailAddress(unchecked: "guest\(random.below(5))@example.com")
            let order = order()
            return .placeGuestOrder(
                PlaceGuestOrder(guest: identifier(), profile: Profile(email: email), order: order)
            )
        }
        if random.chance(1, in: 4) { return .requestInvoice(order.number, to: nil) }
        return .moveOrder(MoveOrder(number: order.number, to: id, reason: "secret"))
    }
}
