import Crypto
public import CustomerDomain
import CustomerProjections
import EventSourcing
import LogStorage

// Webhooks: asked for here; what is sent is in Organization+SendingWebhooks.swift.
extension Organization {
    /// What webhooks are sent with from now on.
    public func setWebhookPost(_ post: WebhookPost) { hooks?.setPost(post) }

    /// Makes an endpoint.
    ///
    /// - Parameters:
    ///   - settings: What its owner says.
    ///   - scope: Who asks; must be allowed to see what is sent.
    ///   - context: What comes with the request.
    /// - Returns: Its identifier, and its secret, which is told here and nowhere else; those of the first attempt for a retry.
    /// - Throws: ``CommandError``.
    public func createWebhook(
        _ settings: WebhookSettings,
        scope: Scope,
        context: CommandContext = CommandContext()
    ) async throws -> (id: WebhookID, secret: WebhookSecret?) {
        let desk = try webhookDesk(scope)
        try await checkWebhook(settings)
        let id: WebhookID = identifiers.next()
        let (number, secret) = (UInt64.random(in: .min ... .max), WebhookSecret.random())
        desk.arrivals.expect(id)
        defer { desk.arrivals.arrived(id) }
        try await writing { () throws(LogStorageError) in try await desk.files.write(secret, number, of: id) }
        let result = try await execute(
            .createWebhook(WebhookCreated(id: id, settings: settings, secret: number)),
            scope: scope,
            context: context
        )
        desk.bell.ring()
        guard case .webhookCreated(let first)? = result.events.first?.event else {
            throw CommandError.idempotencyKeyReused
        }
        if first.id == id { return (id, secret) }
        return (first.id, await desk.secret(first.secret, of: first.id))
    }

    /// Changes what is said about an endpoint, stops it or lets it go on.
    ///
    /// - Parameters:
    ///   - id: The endpoint.
    ///   - scope: Who asks; must be allowed to see what is sent.
    ///   - context: What comes with the request.
    ///   - edit: Changes the settings, and whether messages are sent.
    /// - Throws: ``CommandError``.
    public func changeWebhook(
        _ id: WebhookID,
        scope: Scope,
        context: CommandContext = CommandContext(),
        _ edit: (inout WebhookSettings, inout Bool) -> Void
    ) async throws {
        let desk = try webhookDesk(scope)
        let webhook = try await webhook(id)
        var (settings, isEnabled) = (webhook.settings, webhook.stop == nil)
        edit(&settings, &isEnabled)
        if settings != webhook.settings || isEnabled { try await checkWebhook(settings) }
        let change = WebhookChanged(id: id, settings: settings, isEnabled: isEnabled)
        if isEnabled, webhook.stop != nil {
            try await writing { () throws(LogStorageError) in try await desk.load(webhook) }
            _ = desk.change(id) { $0.resume() }
        }
        _ = try await execute(.changeWebhook(change), scope: scope, context: context)
        desk.bell.ring()
    }

    /// Removes an endpoint: nothing more is sent, and its secrets and messages are forgotten.
    ///
    /// - Parameters:
    ///   - id: The endpoint.
    ///   - scope: Who asks.
    ///   - context: What comes with the request.
    /// - Throws: ``CommandError``.
    public func removeWebhook(_ id: WebhookID, scope: Scope, context: CommandContext = CommandContext()) async throws {
        _ = try await execute(.removeWebhook(id), scope: scope, context: context)
        hooks?.forget(id)
        try await destroyUnkeptWebhookFiles()
    }

    /// Gives an endpoint a new secret; that before signs as well for a day.
    ///
    /// - Parameters:
    ///   - id: The endpoint.
    ///   - scope: Who asks.
    ///   - context: What comes with the request.
    /// - Returns: The secret, which is told here and nowhere else.
    /// - Throws: ``CommandError``.
    public func rotateWebhookSecret(
        _ id: WebhookID,
        scope: Scope,
        context: CommandContext = CommandContext()
    ) async throws -> WebhookSecret? {
        let desk = try webhookDesk(scope)
        let before = try await webhook(id)
        let (number, secret) = (UInt64.random(in: .min ... .max), WebhookSecret.random())
        try await writing { () throws(LogStorageError) in try await desk.files.write(secret, number, of: id) }
        let rotated = WebhookSecretRotated(id: id, secret: number)
        let result = try await execute(.rotateWebhookSecret(rotated), scope: scope, context: context)
        guard case .webhookSecretRotated(let first)? = result.events.first?.event else {
            throw CommandError.idempotencyKeyReused
        }
        if first.secret != number { return await desk.secret(first.secret, of: first.id) }
        // What signed before that which signs for a day.
        if let oldest = before.previousSecret { try? await desk.files.remove(oldest, of: id) }
        return secret
    }

    /// What became of the messages to an endpoint, the newest event first; the last ones, and all that wait.
    ///
    /// - Parameter id: The endpoint.
    /// - Returns: The messages.
    /// - Throws: ``CommandError``.
    public func webhookDeliveries(_ id: WebhookID) async throws -> [WebhookDelivery] {
        try await queue(of: id).deliveries.reversed()
    }

    /// Sends a message again, whatever became of it.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - id: The endpoint.
    ///   - scope: Who asks.
    /// - Throws: ``CommandError``.
    public func replayWebhook(_ message: WebhookMessageID, of id: WebhookID, scope: Scope) async throws {
        let desk = try webhookDesk(scope)
        let queue = try await queue(of: id)
        guard let delivery = queue.deliveries.first(where: { Self.messageID(id, $0.sequence) == message }),
            desk.change(id, { [now = now()] in $0.resend(delivery.sequence, at: now) }) == true
        else { throw CommandError.rejected(.webhookMessageNotFound(message)) }
        try await saveWebhooks()
    }

    /// Sends the events of a range again that the endpoint is meant to get, as there is room, or the messages that failed.
    ///
    /// - Parameters:
    ///   - id: The endpoint.
    ///   - range: The first and last sequence number; `nil` for those that failed.
    ///   - scope: Who asks.
    /// - Throws: ``CommandError``.
    public func replayWebhook(_ id: WebhookID, _ range: ClosedRange<UInt64>?, scope: Scope) async throws {
        let desk = try webhookDesk(scope)
        _ = try await queue(of: id)
        _ = desk.change(id) { [now = now()] queue in
            if let range { queue.replay(range) } else { _ = queue.resendFailed(at: now) }
        }
        try await saveWebhooks()
    }

    /// Sends a message that says nothing, once, also to an endpoint that is stopped.
    ///
    /// - Parameters:
    ///   - id: The endpoint.
    ///   - scope: Who asks.
    /// - Returns: What it came to.
    /// - Throws: ``CommandError``.
    public func testWebhook(_ id: WebhookID, scope: Scope) async throws -> WebhookOutcome {
        let desk = try webhookDesk(scope)
        let webhook = try await webhook(id)
        try await writing { () throws(LogStorageError) in try await desk.load(webhook) }
        let message: WebhookMessageID = identifiers.next()
        let body =
            #"{"type":"Ping","timestamp":""# + now().rfc3339 + #"","data":{"webhookId":""# + id.description + #""}}"#
        return await send(Array(body.utf8), message, to: webhook)
    }

    /// What monitoring is told.
    public var webhookCounts: WebhookCounts {
        var counts = hooks?.counts ?? WebhookCounts()
        let webhooks = peek { state, _ in state.allWebhooks }
        counts.enabled = webhooks.count { $0.stop == nil }
        counts.disabled = webhooks.count - counts.enabled
        return counts
    }

    /// The identifier of an event's message to an endpoint: the same whenever it is sent.
    ///
    /// - Parameters:
    ///   - id: The endpoint.
    ///   - sequence: The event.
    /// - Returns: The first 128 bits of the SHA-256 of both.
    public static func messageID(_ id: WebhookID, _ sequence: UInt64) -> WebhookMessageID {
        let digest = SHA256.hash(data: Array("\(id).\(sequence)".utf8))
        let words = Array(digest).prefix(16)
        return WebhookMessageID(
            high: words.prefix(8).reduce(0) { $0 << 8 | UInt64($1) },
            low: words.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
        )
    }

    // MARK: Parts

    /// The desk, for whoever may have all events sent to them: as much as auditors see.
    private func webhookDesk(_ scope: Scope) throws(CommandError) -> WebhookDesk {
        try scope.require(.manageWebhooks)
        for permission in Permission.allCases where permission.isForAuditors { try scope.require(permission) }
        guard let hooks else {
            throw .unavailable(.readOnly(reason: "webhooks need an organization in files, with a vault"))
        }
        return hooks
    }

    private func webhook(_ id: WebhookID) async throws -> Webhook {
        guard let webhook = try await read({ state, _ in state.webhook(id) }) else {
            throw CommandError.rejected(.webhookNotFound(id))
        }
        return webhook
    }

    private func queue(of id: WebhookID) async throws -> DeliveryQueue {
        let webhook = try await webhook(id)
        guard let hooks else { return DeliveryQueue(after: webhook.createdAtSequence) }
        try await writing { () throws(LogStorageError) in try await hooks.load(webhook) }
        return hooks.queue(of: id) ?? DeliveryQueue(after: webhook.createdAtSequence)
    }

    /// Refuses what no message would be sent to; a host that is not known now may be later.
    private func checkWebhook(_ settings: WebhookSettings) async throws {
        let known = Set(Self.eventNames)
        for (index, name) in settings.eventTypes.enumerated() where !known.contains(name) {
            throw CommandError.rejected(.invalid(field: "eventTypes/\(index)", reason: "is no type of event"))
        }
        guard let hooks, let address = try? WebhookAddress(settings.url) else { return }
        if case .refused(let reason) = await hooks.post.addressGuard.verdict(on: address) {
            throw CommandError.rejected(.invalid(field: "url", reason: reason))
        }
    }

    /// Keeps the queues that changed.
    func saveWebhooks() async throws(CommandError) {
        guard let hooks else { return }
        let known = Set(peek { state, _ in state.allWebhooks.map(\.id) })
        try await writing { () throws(LogStorageError) in try await hooks.save { known.contains($0) } }
        hooks.bell.ring()
    }

    /// Destroys the files of endpoints that are not there.
    func destroyUnkeptWebhookFiles() async throws(CommandError) {
        guard let hooks else { return }
        try await writing { () throws(LogStorageError) in
            try await hooks.files.destroyOthers { [self] id in
                hooks.arrivals.isComing(id) || peek { state, _ in state.webhook(id) } != nil
            }
        }
    }
}
