import CustomerDomain
import LogStorage
import Synchronization

/// What a process knows of an organization's webhooks: their queues, kept now and then, and their secrets, once they were read.
final class WebhookDesk: Sendable {
    private struct Work {
        var queue: DeliveryQueue
        var isDirty = false
        var isRunning = false
        var secrets: [UInt64: WebhookSecret] = [:]
    }

    private struct Content {
        var works: [WebhookID: Work] = [:]
        var post = WebhookPost()
        var counts = WebhookCounts()
    }

    let files: WebhookFiles
    /// Rings when there may be something to send.
    let bell = Bell()
    let arrivals = Arrivals<WebhookID>()
    private let content = Mutex(Content())

    init(_ files: WebhookFiles) { self.files = files }

    var post: WebhookPost { content.withLock(\.post) }

    func setPost(_ post: WebhookPost) { content.withLock { $0.post = post } }

    // MARK: Queues

    /// Reads the queue of an endpoint, unless it is known.
    ///
    /// Without a file everything since the endpoint was made is sent, perhaps again: nothing is lost.
    func load(_ webhook: Webhook) async throws(LogStorageError) {
        guard content.withLock({ $0.works[webhook.id] }) == nil else { return }
        let queue = try await files.queue(of: webhook.id) ?? DeliveryQueue(after: webhook.createdAtSequence)
        content.withLock { content in
            if content.works[webhook.id] == nil { content.works[webhook.id] = Work(queue: queue) }
        }
    }

    /// The queue of an endpoint that was loaded.
    func queue(of id: WebhookID) -> DeliveryQueue? { content.withLock { $0.works[id]?.queue } }

    /// Changes the queue of an endpoint that was loaded; it is kept with the next look.
    func change<Value>(_ id: WebhookID, _ edit: (inout DeliveryQueue) -> Value) -> Value? {
        content.withLock { content in
            guard var work = content.works[id] else { return nil }
            defer { content.works[id] = work }
            work.isDirty = true
            return edit(&work.queue)
        }
    }

    /// Keeps all queues that changed since they were kept.
    func save(isKept: (WebhookID) -> Bool) async throws(LogStorageError) {
        let dirty = content.withLock { content in
            let dirty = content.works.filter(\.value.isDirty).mapValues(\.queue)
            for id in dirty.keys { content.works[id]?.isDirty = false }
            return dirty
        }
        for (id, queue) in dirty where isKept(id) {
            do {
                try await files.write(queue, of: id)
            } catch {
                for id in dirty.keys { content.withLock { $0.works[id]?.isDirty = true } }
                throw error
            }
        }
    }

    /// Takes an endpoint to work on, unless somebody does.
    func begin(_ id: WebhookID) -> Bool {
        content.withLock { content in
            guard content.works[id]?.isRunning == false else { return false }
            content.works[id]?.isRunning = true
            return true
        }
    }

    func end(_ id: WebhookID) { content.withLock { $0.works[id]?.isRunning = false } }

    func forget(_ id: WebhookID) { content.withLock { _ = $0.works.removeValue(forKey: id) } }

    // MARK: Secrets

    /// The secret of this number; `nil` when it is not there.
    func secret(_ number: UInt64, of id: WebhookID) async -> WebhookSecret? {
        if let known = content.withLock({ $0.works[id]?.secrets[number] }) { return known }
        guard let secret = try? await files.secret(number, of: id) else { return nil }
        content.withLock { $0.works[id]?.secrets[number] = secret }
        return secret
    }

    // MARK: Counts

    /// Counts an attempt.
    func count(_ outcome: WebhookOutcome) {
        content.withLock { content in
            if outcome.isSuccess { content.counts.succeeded += 1 } else { content.counts.failed += 1 }
        }
    }

    /// What was counted since the process began, and how many messages wait.
    var counts: WebhookCounts {
        content.withLock { content in
            var counts = content.counts
            counts.pending = content.works.values.reduce(0) { $0 + $1.queue.pendingCount }
            return counts
        }
    }
}

/// What monitoring is told about webhooks.
public struct WebhookCounts: Hashable, Sendable {
    /// Attempts that arrived, since the process began.
    public var succeeded = 0
    /// Attempts that did not.
    public var failed = 0
    /// Messages that were taken from the log and wait.
    public var pending = 0
    /// Endpoints that messages are sent to.
    public var enabled = 0
    /// Endpoints that are stopped.
    public var disabled = 0
}
