@testable import CustomerHTTP
import CustomerDomain
import CustomerService
import EventSourcing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import TestSupport
import Testing

/// A server in memory with one admin key, whose clock stands still until told otherwise.
///
/// Every answer is checked against what the route table says of it, so no test needs to.
struct Shop: Sendable {
    static let adminSecret = "admin-secret-for-tests"

    let organization: Organization
    let clock: ManualClock
    private let limits: ServerLimits
    private let isBehindProxy: Bool

    /// The secret of the admin key of the shop of this name.
    static func adminSecret(of name: String) -> String { name == "default" ? adminSecret : "\(adminSecret)-of-\(name)" }

    init(
        name: String = "default",
        log: any EventLog = InMemoryEventLog(),
        limits: ServerLimits = ServerLimits()
    ) async throws {
        let clock = ManualClock()
        let organization = try Organization(name: name, log: log, now: { clock.now })
        _ = try await organization.createFirstAdminKey(secret: Secret(Self.adminSecret(of: name)))
        self.init(organization: organization, clock: clock, limits: limits)
    }

    /// A server of an organization that is there, with its admin key.
    init(
        organization: Organization,
        clock: ManualClock = ManualClock(),
        limits: ServerLimits = ServerLimits(),
        isBehindProxy: Bool = false
    ) {
        self.organization = organization
        self.clock = clock
        (self.limits, self.isBehindProxy) = (limits, isBehindProxy)
    }

    /// Runs requests against the router, which may serve another shop, too.
    func serve<Value: Sendable>(
        beside other: Shop? = nil,
        unavailable: [String] = [],
        tokens: TokenRules? = nil,
        _ body: @Sendable @escaping (Client) async throws -> Value
    ) async throws -> Value {
        let api = PatronAPI(
            organizations: [organization] + (other.map { [$0.organization] } ?? []),
            unavailable: unavailable,
            limits: limits,
            isBehindProxy: isBehindProxy,
            tokens: tokens,
            clock: { [clock] in clock.now.microseconds * 1_000 }
        )
        let application = api.application(host: "localhost", port: 0, logger: Logger(label: "test"))
        return try await application.test(.router) { try await body(Client(client: $0)) }
    }
}

/// Sends requests, as an admin unless told otherwise.
struct Client: Sendable {
    let client: any TestClientProtocol
    var secret: String? = Shop.adminSecret

    /// The same with another key.
    func with(secret: String?) -> Client {
        var other = self
        other.secret = secret
        return other
    }

    func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> Reply {
        try await send(.get, path, nil, headers)
    }

    func post(_ path: String, _ body: String? = nil, _ headers: HTTPFields = [:]) async throws -> Reply {
        try await send(.post, path, body, headers)
    }

    func put(_ path: String, _ body: String, _ headers: HTTPFields = [:]) async throws -> Reply {
        try await send(.put, path, body, headers)
    }

    func patch(_ path: String, _ body: String, _ headers: HTTPFields = [:]) async throws -> Reply {
        try await send(.patch, path, body, headers)
    }

    func delete(_ path: String, _ headers: HTTPFields = [:]) async throws -> Reply {
        try await send(.delete, path, nil, headers)
    }

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String?,
        _ extra: HTTPFields = [:]
    ) async throws -> Reply {
        var headers = extra
        if let secret { headers[.authorization] = "Bearer " + secret }
        if body != nil, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        return try await client.execute(
            uri: path,
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(string: $0) }
        ) { response in
            let reply = Reply(
                status: response.status.code,
                headers: response.headers,
                bytes: Array(response.body.readableBytesView)
            )
            if method != .head { reply.checkAgainstRouteTable(method, path) }
            return reply
        }
    }

    /// The identifier of a new customer.
    func newCustomer(_ body: String = #"{"email":"jane@example.com","firstName":"Jane"}"#) async throws -> String {
        let reply = try await post("/api/v1/customers", body)
        #expect(reply.status == 201)
        return try #require(reply.json["id"]?.text)
    }
}

/// An answer.
struct Reply: Sendable {
    var status: Int
    var headers: HTTPFields
    var bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var json: JSONValue { (try? JSONParser.parse(bytes)) ?? .null }
    /// The slug of the problem's type.
    var problem: String? { json["type"]?.text.map { String($0.dropFirst("/problems/".count)) } }
    /// Where the problem is.
    var pointers: [String] { (json["errors"]?.elements ?? []).compactMap { $0["pointer"]?.text } }

    /// The status is documented, and the body has the documented shape.
    func checkAgainstRouteTable(_ method: HTTPRequest.Method, _ path: String) {
        guard let route = Client.route(method, path) else {
            #expect([404, 405].contains(status), "\(method) \(path)")
            return
        }
        if status >= 400, headers[.contentType] == "application/problem+json" {
            #expect(
                route.allProblems.contains { $0.slug == problem && $0.status == status },
                "\(method) \(route.path) does not document \(status) \(text)"
            )
            return
        }
        guard let answer = route.answers.first(where: { $0.status == status }) else {
            Issue.record("\(method) \(route.path) does not document \(status) \(text)")
            return
        }
        if let schema = answer.schema, headers[.contentType] == "application/json" {
            #expect(schema.errors(in: json) == [], "\(method) \(route.path): \(text)")
        }
        if answer.schema == nil { #expect(bytes.isEmpty) }
    }
}

extension Client {
    /// The route that serves a path.
    static func route(_ method: HTTPRequest.Method, _ target: String) -> Route? {
        let path = target.prefix { $0 != "?" }
        let segments = path.split(separator: "/")
        return RouteTable.all
            .filter { route in
                let template = route.path.split(separator: "/")
                return route.method == method && template.count == segments.count
                    && zip(segments, template).allSatisfy { $0 == $1 || $1.hasPrefix("{") }
            }
            .min { $0.path.filter { $0 == "{" }.count < $1.path.filter { $0 == "{" }.count }
    }
}
