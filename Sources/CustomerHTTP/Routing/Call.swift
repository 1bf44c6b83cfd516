import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import HTTPTypes
import Hummingbird

/// One request on its way through a route: everything read, decoded and checked against the route's declaration.
struct Call: Sendable {
    let service: ServiceContext
    let method: HTTPRequest.Method
    let target: RequestTarget
    let headers: HTTPFields
    let query: QueryString
    /// The body; `.null` when there is none.
    let body: JSONValue
    let requestID: String
    /// The organization that the credential opens; on an open route any.
    let organization: Organization
    /// Who asks; only open routes have none.
    let caller: Scope?
    let idempotency: Idempotency?
    /// Of the request; the parameters of the path may be others.
    let requestContext: APIContext
    let parameters: Parameters
    /// The moment that the call asks about; `nil` for now.
    let past: PastState?
    /// The body as it comes in, of a route that takes it so.
    var upload: RequestBody?

    /// The path as it was asked for, still encoded, without the query.
    var path: Substring { target.path }

    /// The address that the request came from, when it is known.
    var origin: String? { service.origin(of: headers, requestContext) }

    /// Who asks.
    func scope() throws(Problem) -> Scope {
        guard let caller else { throw Problem(.unauthorized, "This needs an API key.") }
        return caller
    }

    /// Whether who asked may still do this: for answers that take long.
    func isStillAllowed(_ permission: Permission) -> Bool {
        guard let now = try? service.authenticator.caller(headers) else { return false }
        return now.organization.name == organization.name && now.scope.allows(permission)
    }

    /// The text of a path parameter, decoded.
    func text(_ name: String) throws(Problem) -> String {
        guard let raw = parameters[name[...]], let text = percentDecoded(raw.utf8) else {
            throw Problem(.notFound, "There is nothing at this path.")
        }
        return text
    }

    /// The identifier in a path parameter.
    func identifier<Kind>(_ name: String, _ kind: Kind.Type = Kind.self) throws(Problem) -> Identifier<Kind> {
        guard let identifier = Identifier<Kind>(try text(name)) else {
            throw Problem(
                .notFound,
                "There is nothing at this path: \(Kind.prefix)_… and 26 characters is an identifier."
            )
        }
        return identifier
    }

    /// Answers from the state that the call asks about, as ``Organization/read(_:)``.
    func read<Answer>(_ body: (borrowing OrganizationState, QueryTime) throws -> Answer) async throws -> Answer {
        if let past { return try await organization.read(knowing: past, body) }
        return try await organization.read(body)
    }

    /// Runs a command, and returns when its events are durable.
    @discardableResult
    func execute(
        _ command: Command,
        occurredAt: Timestamp? = nil,
        expectedVersion: UInt32? = nil
    ) async throws -> CommandResult {
        let context = CommandContext(
            requestID: requestID,
            origin: origin,
            occurredAt: occurredAt,
            idempotency: idempotency,
            expectedVersion: expectedVersion
        )
        return try await organization.execute(command, scope: try scope(), context: context)
    }
}

/// What routes work with.
struct ServiceContext: Sendable {
    /// At least one.
    var organizations: [Organization]
    /// The names of those that could not be opened.
    var unavailable: [String]
    var limits: ServerLimits
    var authenticator: Authenticator
    var rates: RateLimits
    var metrics: RequestMetrics
    /// The streams of events that are open.
    var followers: Places
    var heavyRequests: Places
    /// Whether the last entry of X-Forwarded-For is the client's address, and not the connection's peer.
    var isBehindProxy = false

    /// The address that a request came from.
    func origin(of headers: HTTPFields, _ context: APIContext) -> String? {
        guard isBehindProxy else { return context.peer?.ipAddress }
        let entries = headers[.forwardedFor]?.split(separator: ",") ?? []
        return entries.last.map { $0.trimmingPrefix { $0 == " " }.prefix(Self.originLimit) }.map { String($0) }
    }

    /// The longest address that is recorded: an IPv6 address with a zone.
    private static let originLimit = 64
}
