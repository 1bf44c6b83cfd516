import CustomerDomain
import CustomerProjections
@testable import CustomerService
import EventSourcing
import Foundation
import LogStorage
import Synchronization
import TestSupport
import Testing

/// Webhooks of an organization in files, with a clock that stands still and a sender that does as it is told.
@Suite struct WebhookServiceTests {
    @Test func `what happens is sent, signed with the secret that was told, and once`() async throws {
        try await Post.run { post, organization in
            let (id, told) = try await organization.createWebhook(Post.settings, scope: Organization.testScope)
            let secret = try #require(told)
            try await organization.createCustomer(Profile(firstName: "Zerubbabel"))
            let message = try await post.wait { $0.first }
            let body = message.body
            #expect(String(decoding: body, as: UTF8.self).contains("CustomerCreated Zerubbabel"))
            #expect(message.signature == secret.signature(id: message.id, timestamp: message.timestamp, body: body))
            #expect(message.id == Organization.messageID(id, organization.head.durable.value).description)
            try await organization.createCustomer()
            _ = try await post.wait { $0.count == 2 ? $0 : nil }
            let deliveries = try await organization.webhookDeliveries(id)
            #expect(deliveries.map(\.status) == [.delivered, .delivered])
            #expect(organization.webhookCounts.succeeded == 2)
        }
    }

    @Test func `of somebody who was erased before it is sent nothing is told`() async throws {
        try await Post.run { post, organization in
            post.answer { _ in .answered(500) }
            _ = try await organization.createWebhook(Post.settings, scope: Organization.testScope)
            let ann = try await organization.createCustomer(Profile(firstName: "Zerubbabel"))
            let first = try await post.wait { $0.first }
            #expect(String(decoding: first.body, as: UTF8.self).contains("Zerubbabel"))
            let erasure = Command.eraseCustomer(ann, reason: nil)
            _ = try await organization.execute(erasure, scope: Organization.testScope)
            post.clock.advance(by: .seconds(6))
            let again = try await post.wait { messages in messages.dropFirst().first { $0.id == first.id } }
            #expect(!String(decoding: again.body, as: UTF8.self).contains("Zerubbabel"))
        }
    }

    @Test func `after a stop what waits is tried again, with the same identifier, and the rest of the log follows`()
        async throws
    {
        try await withTemporaryDirectory { path in
            let clock = ManualClock()
            let first = try await Post.run(in: path, clock) { post, organization in
                post.answer { _ in .answered(503) }
                _ = try await organization.createWebhook(Post.settings, scope: Organization.testScope)
                try await organization.createCustomer()
                return try await post.wait { $0.first }
            }
            clock.advance(by: .seconds(10))
            try await Post.run(in: path, clock) { post, organization in
                let again = try await post.wait { $0.first { $0.id == first.id } }
                #expect(again.body == first.body && again.timestamp == first.timestamp + 10)
                try await organization.createCustomer()
                _ = try await post.wait { messages in messages.first { $0.id != first.id } }
                let id = try #require(organization.peek { state, _ in state.allWebhooks.first?.id })
                let deliveries = try await organization.webhookDeliveries(id)
                #expect(deliveries.last?.attempts == 2)
            }
        }
    }

    @Test func `410 disables, what happens meanwhile is sent once it is let go on`() async throws {
        try await Post.run { post, organization in
            post.answer { _ in .answered(410) }
            let (id, _) = try await organization.createWebhook(Post.settings, scope: Organization.testScope)
            try await organization.createCustomer()
            try await post.until { organization.peek { state, _ in state.webhook(id)?.stop == .gone } }
            let count = post.messages.count
            let ann = try await organization.createCustomer()
            #expect(post.messages.count == count)
            post.answer { _ in .answered(200) }
            try await organization.changeWebhook(id, scope: Organization.testScope) { $1 = true }
            _ = try await post.wait { messages in
                messages.first { String(decoding: $0.body, as: UTF8.self).contains(ann.description) }
            }
        }
    }

    @Test func `only the types that were asked for are sent, and the log can be sent again`() async throws {
        try await Post.run { post, organization in
            var settings = Post.settings
            settings.eventTypes = ["CustomerDisabled"]
            let (id, _) = try await organization.createWebhook(settings, scope: Organization.testScope)
            let ann = try await organization.createCustomer()
            _ = try await organization.execute(.disableCustomer(ann, reason: nil), scope: Organization.testScope)
            let message = try await post.wait { $0.first }
            #expect(String(decoding: message.body, as: UTF8.self).contains("CustomerDisabled"))
            let delivery = try #require(try await organization.webhookDeliveries(id).first)
            let name = Organization.messageID(id, delivery.sequence)
            try await organization.replayWebhook(name, of: id, scope: Organization.testScope)
            _ = try await post.wait { $0.count == 2 ? $0 : nil }
            try await organization.replayWebhook(id, 1...(.max), scope: Organization.testScope)
            let all = try await post.wait { $0.count == 3 ? $0 : nil }
            #expect(Set(all.map(\.id)) == [message.id])
            let other = WebhookMessageID(high: 1, low: 2)
            await #expect(throws: CommandError.rejected(.webhookMessageNotFound(other))) {
                try await organization.replayWebhook(other, of: id, scope: Organization.testScope)
            }
        }
    }

    @Test func `a new secret signs beside the one before for a day`() async throws {
        try await Post.run { post, organization in
            let (id, old) = try await organization.createWebhook(Post.settings, scope: Organization.testScope)
            let new = try #require(try await organization.rotateWebhookSecret(id, scope: Organization.testScope))
            _ = try await organization.testWebhook(id, scope: Organization.testScope)
            let message = try #require(post.messages.last { String(decoding: $0.body, as: UTF8.self).contains("Ping") })
            let signatures = [new, try #require(old)]
                .map { $0.signature(id: message.id, timestamp: message.timestamp, body: message.body) }
            #expect(message.signature == signatures.joined(separator: " "))
            post.clock.advance(by: .seconds(86_400))
            _ = try await organization.testWebhook(id, scope: Organization.testScope)
            #expect(post.messages.last?.signature.split(separator: " ").count == 1)
        }
    }

    @Test func `no file tells a secret, and a new master key keeps it`() async throws {
        try await withTemporaryDirectory { path in
            let clock = ManualClock()
            let secret = try await Post.run(in: path, clock) { _, organization in
                try #require(try await organization.createWebhook(Post.settings, scope: Organization.testScope).secret)
            }
            let files = try #require(FileManager.default.enumerator(atPath: path))
            var count = 0
            for case let name as String in files {
                guard let content = FileManager.default.contents(atPath: path + "/" + name) else { continue }
                count += 1
                #expect(content.range(of: Data(secret.bytes)) == nil, "\(name)")
                #expect(content.range(of: Data(secret.text.dropFirst(6).utf8)) == nil, "\(name)")
            }
            #expect(count > 3)
            for _ in 0..<2 {
                _ = try MasterKeyRotation(data: path).rotateFile()
                try await Post.run(in: path, clock) { post, organization in
                    let id = try #require(organization.peek { state, _ in state.allWebhooks.first?.id })
                    _ = try await organization.testWebhook(id, scope: Organization.testScope)
                    let message = try #require(post.messages.last)
                    let wanted = secret.signature(id: message.id, timestamp: message.timestamp, body: message.body)
                    #expect(message.signature == wanted)
                }
            }
        }
    }

    @Test func `an endpoint that is removed leaves no files`() async throws {
        try await withTemporaryDirectory { path in
            try await Post.run(in: path, ManualClock()) { post, organization in
                let (id, _) = try await organization.createWebhook(Post.settings, scope: Organization.testScope)
                try await organization.createCustomer()
                _ = try await post.wait { $0.first }
                try await organization.removeWebhook(id, scope: Organization.testScope)
            }
            let directory = path + "/organizations/default/webhooks"
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
        }
    }

    // MARK: Guard

    @Test(arguments: [
        "https://127.0.0.1/", "https://private.example/", "http://public.example/", "https://public.example:8443/",
    ])
    func `an address that must not be sent to is refused when it is set`(url: String) async throws {
        try await Post.run { post, organization in
            organization.setWebhookPost(post.post(allowsPrivate: false))
            await #expect(throws: CommandError.self) {
                try await organization.createWebhook(WebhookSettings(url: url), scope: Organization.testScope)
            }
        }
    }

    @Test func `a host that turns to a private address later gets nothing`() async throws {
        try await Post.run { post, organization in
            organization.setWebhookPost(post.post(allowsPrivate: false))
            let (id, _) = try await organization.createWebhook(Post.settings, scope: Organization.testScope)
            #expect(try await organization.testWebhook(id, scope: Organization.testScope) == .answered(200))
            #expect(post.hosts == ["93.184.216.34"])
            post.turn("10.0.0.7")
            #expect(try await organization.testWebhook(id, scope: Organization.testScope) == .failed(.address))
            #expect(post.hosts == ["93.184.216.34"])
        }
    }

    @Test func `who may not see all that is sent may not say where it is sent`() async throws {
        try await Post.run { _, organization in
            let key = APIKey(
                id: organization.identifiers.next(),
                name: "staff",
                secretDigest: Secret("a secret of staff").digest,
                role: .staff,
                permissions: [.manageWebhooks, .readCustomers]
            )
            _ = try await organization.execute(.createAPIKey(key), scope: Organization.testScope)
            let scope = try #require(organization.authenticate(secret: Secret("a secret of staff")))
            await #expect(throws: CommandError.self) {
                try await organization.createWebhook(Post.settings, scope: scope)
            }
        }
    }
}

/// A sender that keeps what it is given.
private final class Post: WebhookSender {
    static let settings = WebhookSettings(url: "https://public.example/hooks")

    private struct State {
        var messages: [WebhookMessage] = []
        var hosts: [String] = []
        var answer: @Sendable (WebhookMessage) -> WebhookOutcome = { _ in .answered(200) }
        var publicAddress = "93.184.216.34"
    }

    let clock: ManualClock
    private let state = Mutex(State())

    init(_ clock: ManualClock) { self.clock = clock }

    var messages: [WebhookMessage] { state.withLock(\.messages) }
    var hosts: [String] { state.withLock(\.hosts) }

    func answer(_ answer: @escaping @Sendable (WebhookMessage) -> WebhookOutcome) {
        state.withLock { $0.answer = answer }
    }

    func turn(_ address: String) { state.withLock { $0.publicAddress = address } }

    func send(_ message: WebhookMessage, to address: WebhookAddress, at host: IPAddress) async -> WebhookOutcome {
        state.withLock { state in
            state.messages.append(message)
            state.hosts.append(host.description)
            return state.answer(message)
        }
    }

    func post(allowsPrivate: Bool) -> WebhookPost {
        WebhookPost(
            addressGuard: WebhookGuard(allowsPrivate: allowsPrivate) { [self] host in
                let text = host == "public.example" ? state.withLock(\.publicAddress) : "192.168.0.1"
                return IPAddress(text).map { [$0] } ?? []
            },
            sender: self,
            compose: { event, organization, _ in
                var text = Organization.name(of: event.event)
                if case .customerCreated(let created) = event.event {
                    text += " \(created.profile.firstName ?? "") \(created.id)"
                }
                return Array(text.utf8)
            },
            random: { 0 }
        )
    }

    /// Waits for what `find` finds among the messages.
    func wait<Found: Sendable>(_ find: ([WebhookMessage]) -> Found?) async throws -> Found {
        for _ in 0..<2_000 {
            if let found = find(messages) { return found }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Violation("no such message: \(messages.map { String(decoding: $0.body, as: UTF8.self) })")
    }

    func until(_ condition: () -> Bool) async throws {
        for _ in 0..<2_000 where !condition() { try await Task.sleep(for: .milliseconds(10)) }
        try require(condition(), "it did not come to this")
    }

    static func run(_ body: (Post, Organization) async throws -> Void) async throws {
        try await withTemporaryDirectory { path in try await run(in: path, ManualClock(), body) }
    }

    /// Opens an organization in files, sends while `body` runs, then closes it.
    @discardableResult
    static func run<Value: Sendable>(
        in path: String,
        _ clock: ManualClock,
        _ body: (Post, Organization) async throws -> Value
    ) async throws -> Value {
        let data = try DataDirectory.open(path, program: "test")
        defer { data.close() }
        let organization = try Organization.open(in: data, now: { clock.now })
        defer { organization.close() }
        let post = Post(clock)
        organization.setWebhookPost(post.post(allowsPrivate: true))
        let sending = Task { await organization.serveWebhooks() }
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body(post, organization))
        } catch {
            outcome = .failure(error)
        }
        sending.cancel()
        await sending.value
        return try outcome.get()
    }
}
