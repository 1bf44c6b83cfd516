import CustomerDomain
import CustomerProjections
import CustomerRecords
import EventSourcing
import LogStorage

// Webhooks at work. The log is the queue: what a process did not send, the next one does.
extension Organization {
    /// How many events are taken from the log at a time.
    private static let pieceCount = 100

    /// Sends events to endpoints until its task is cancelled.
    ///
    /// For each endpoint one message at a time that was not tried yet, in order, and one that is tried again. So no endpoint waits for another, and there are at most two connections for each.
    ///
    /// - Parameter report: Told what operators should know, in a line for each.
    public func serveWebhooks(report: @escaping @Sendable (String) -> Void = { _ in }) async {
        guard let hooks else { return }
        await withDiscardingTaskGroup { group in
            group.addTask { [self] in await keepWebhooks(report) }
            for await _ in hooks.bell.listen() {
                if Task.isCancelled { break }
                for webhook in peek({ state, _ in state.allWebhooks }) where webhook.stop == nil {
                    do {
                        try await hooks.load(webhook)
                    } catch {
                        report("webhook \(webhook.id): \(error); the next try is in a second")
                    }
                    guard hooks.begin(webhook.id) else { continue }
                    group.addTask { [self] in
                        await serve(webhook.id, hooks, report)
                        hooks.end(webhook.id)
                        hooks.bell.ring()
                    }
                }
            }
        }
        // What was sent since the last look, so that less is sent again.
        do {
            try await saveWebhooks()
        } catch {
            report("what was sent is not noted: \(error); some of it will be sent again")
        }
    }

    /// Notes every second what became of messages, and looks whether there are new endpoints.
    private func keepWebhooks(_ report: @Sendable (String) -> Void) async {
        do {
            try await destroyUnkeptWebhookFiles()
        } catch {
            report("files of webhooks that were removed are still there: \(error)")
        }
        var hasFailed = false
        while !Task.isCancelled {
            do {
                try await saveWebhooks()
                hasFailed = false
            } catch {
                if !hasFailed { report("what was sent cannot be noted: \(error); after a stop it would be sent again") }
                hasFailed = true
            }
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// The endpoint, while messages are to be sent to it.
    private func working(_ id: WebhookID) -> Webhook? {
        guard !Task.isCancelled, let webhook = peek({ state, _ in state.webhook(id) }), webhook.stop == nil else {
            return nil
        }
        return webhook
    }

    private func serve(_ id: WebhookID, _ desk: WebhookDesk, _ report: @escaping @Sendable (String) -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                while let webhook = working(id) {
                    if let delivery = desk.queue(of: id)?.fresh {
                        await attempt(delivery, webhook, desk, report)
                    } else if await !takeIn(webhook, desk, report) {
                        await waitForNews(after: desk.queue(of: id)?.cursor ?? 0)
                    }
                }
            }
            group.addTask { [self] in
                while let webhook = working(id) {
                    if let delivery = desk.queue(of: id)?.due(at: now()) {
                        await attempt(delivery, webhook, desk, report)
                    } else {
                        try? await Task.sleep(for: .milliseconds(500))
                    }
                }
            }
            // Both end together: one that saw the endpoint stopped would leave the other alone once it goes on.
            await group.next()
            group.cancelAll()
        }
    }

    /// Takes in what is to be sent again, or else what happened meanwhile; `false` when there is nothing now.
    private func takeIn(_ webhook: Webhook, _ desk: WebhookDesk, _ report: @Sendable (String) -> Void) async -> Bool {
        guard let queue = desk.queue(of: webhook.id), queue.room > 0 else { return false }
        var filter = EventFilter()
        filter.types = Self.eventTypes(named: webhook.settings.eventTypes)
        guard webhook.settings.eventTypes.isEmpty || !filter.types.isEmpty else { return false }
        filter.first = queue.replay?.lowerBound ?? queue.cursor + 1
        filter.last = queue.replay?.upperBound
        do {
            // Reading may wait for the disk.
            let outcome = await Threads.run { [self, filter] in
                Result { () throws(EventSearchError) in
                    try events(matching: filter, limit: min(queue.room, Self.pieceCount), scanLimit: 50_000)
                }
            }
            let page = try outcome.get()
            let found = page.events.map { (sequence: $0.sequence.value, type: EventType(of: $0.event).rawValue) }
            // A search that has nothing to look at stays before its first place.
            guard page.cursor.value >= filter.first else {
                if queue.replay != nil { _ = desk.change(webhook.id) { $0.takeReplay([], through: .max, at: now()) } }
                return false
            }
            _ = desk.change(webhook.id) { [now = now()] current in
                if queue.replay == nil {
                    current.take(found, through: page.cursor.value, at: now)
                } else {
                    current.takeReplay(found, through: page.hasMore ? page.cursor.value : .max, at: now)
                }
            }
            return true
        } catch {
            report("webhook \(webhook.id): the log could not be read: \(error); the next try is in a second")
            return false
        }
    }

    /// Returns when there is an event behind this one that is durable, or after a second.
    private func waitForNews(after cursor: UInt64) async {
        let isBehind = head.durable.value > cursor
        await withTaskGroup(of: Void.self) { group in
            // Where all that is durable was looked at, the next; else something is in the way, such as a full queue.
            if !isBehind {
                group.addTask { [self] in
                    try? await waitUntilDurable(SequenceNumber(cursor + 1))
                }
            }
            group.addTask { try? await Task.sleep(for: .seconds(1)) }
            await group.next()
            group.cancelAll()
        }
    }

    // MARK: Attempts

    private func attempt(
        _ delivery: WebhookDelivery,
        _ webhook: Webhook,
        _ desk: WebhookDesk,
        _ report: @Sendable (String) -> Void
    ) async {
        let outcome = await outcome(of: delivery.sequence, webhook, desk)
        // What was cut off by the end of the process was no attempt.
        if Task.isCancelled, !outcome.isSuccess { return }
        desk.count(outcome)
        let random = desk.post.random()
        let noted = desk.change(webhook.id) { [now = now()] queue in
            queue.note(outcome, of: delivery.sequence, at: now, random: random)
        }
        guard case .some(.some(let stop)) = noted else { return }
        report("webhook \(webhook.id) is disabled: \(stop.name)")
        do {
            let disabled = WebhookDisabled(id: webhook.id, stop: stop)
            _ = try await execute(.disableWebhook(disabled), scope: .local(tool: "webhooks", organization: name))
        } catch {
            report("webhook \(webhook.id) could not be disabled: \(error)")
        }
    }

    private func outcome(of sequence: UInt64, _ webhook: Webhook, _ desk: WebhookDesk) async -> WebhookOutcome {
        var filter = EventFilter()
        (filter.first, filter.last) = (sequence, sequence)
        let read = await Threads.run { [self, filter] in
            Result { () throws(EventSearchError) in try events(matching: filter, limit: 1) }
        }
        guard let event = try? read.get().events.first else { return .failed(.event) }
        // Opened now: of somebody who was erased meanwhile nothing is told.
        return await send(desk.post.body(of: event, self), Self.messageID(webhook.id, sequence), to: webhook)
    }

    /// Signs a message and sends it, once.
    func send(_ body: [UInt8], _ id: WebhookMessageID, to webhook: Webhook) async -> WebhookOutcome {
        guard let hooks, let sender = hooks.post.sender else { return .failed(.connection) }
        guard let address = try? WebhookAddress(webhook.settings.url) else { return .failed(.address) }
        let time = now()
        var secrets: [WebhookSecret] = []
        for number in webhook.signingSecrets(at: time) {
            if let secret = await hooks.secret(number, of: webhook.id) { secrets.append(secret) }
        }
        guard !secrets.isEmpty else { return .failed(.secret) }
        let host: IPAddress
        switch await hooks.post.addressGuard.verdict(on: address) {
        case .allowed(let found): host = found
        case .unknownHost: return .failed(.unknownHost)
        case .refused: return .failed(.address)
        }
        let seconds = time.microseconds / 1_000_000
        let signatures = secrets.map { $0.signature(id: id.description, timestamp: seconds, body: body) }
        let message = WebhookMessage(
            id: id.description,
            timestamp: seconds,
            signature: signatures.joined(separator: " "),
            body: body
        )
        return await sender.send(message, to: address, at: host)
    }
}
