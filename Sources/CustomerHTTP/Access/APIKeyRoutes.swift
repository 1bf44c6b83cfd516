import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import Hummingbird

/// API keys: who may ask, and for what.
enum APIKeyRoutes {
    static var routes: [Route] { [list, create, get, rotate, revoke] }

    private static let chapter = "API keys"
    private static let id = Parameter.path("keyId", .identifier(APIKeyKind.self), "The key.")

    static let list = Route(
        method: .get,
        path: "/api/v1/api-keys",
        operation: "listAPIKeys",
        summary: "The keys that were not revoked, without their secrets",
        chapter: chapter,
        access: .needs(.manageKeys),
        answers: [
            Answer(
                status: 200,
                description: "All of them, the oldest first.",
                schema: .named("APIKeyList", .required("data", .list(of: APIKeySchemas.key)))
            )
        ],
        handler: { call in
            let (keys, time) = try await call.organization.read { state, time in (state.apiKeys, time.now) }
            return .json { $0.data(keys) { $0.value($1, call.organization.lastUse(of: $1), at: time) } }
        }
    )

    static let get = Route(
        method: .get,
        path: "/api/v1/api-keys/{keyId}",
        operation: "getAPIKey",
        summary: "A key, without its secret",
        chapter: chapter,
        access: .needs(.manageKeys),
        parameters: [id],
        answers: [Answer(status: 200, description: "The key.", schema: APIKeySchemas.key)],
        problems: [.apiKeyNotFound],
        handler: { call in try await answer(call, try call.identifier("keyId")) }
    )

    static let create = Route(
        method: .post,
        path: "/api/v1/api-keys",
        operation: "createAPIKey",
        summary: "Makes a key; its secret is in this answer and nowhere else",
        chapter: chapter,
        access: .needs(.manageKeys),
        body: .json(APIKeySchemas.creation),
        answers: [Answer(status: 201, description: "The new key.", schema: APIKeySchemas.newKey)],
        problems: [.beyondOwnRights, .limitReached],
        handler: { call in
            let secret = call.organization.identifiers.nextSecret()
            let role = call.body.choice("role") ?? Role.staff
            let permissions = call.body.texts("permissions").compactMap { Permission(name: $0) }
            let key = APIKey(
                id: call.organization.identifiers.next(),
                name: call.body.text("name") ?? "",
                secretDigest: secret.digest,
                role: role,
                permissions: role == .staff ? Set(permissions) : [],
                template: call.body.identifier("roleId"),
                expiresAt: try expiry(call)
            )
            let result = try await call.execute(.createAPIKey(key))
            let id = try result.made("The new key") {
                if case .apiKeyCreated(let created) = $0 { created.id } else { nil }
            }
            return try await answer(call, id, .created, secret: id == key.id ? secret : nil)
        }
    )

    static let rotate = Route(
        method: .post,
        path: "/api/v1/api-keys/{keyId}/rotate",
        operation: "rotateAPIKey",
        summary: "Gives a key a new secret, in this answer and nowhere else; the one before stands for a grace",
        chapter: chapter,
        access: .needs(.manageKeys),
        parameters: [id],
        body: .optionalJSON(APIKeySchemas.rotation),
        answers: [Answer(status: 200, description: "The key.", schema: APIKeySchemas.newKey)],
        problems: [.apiKeyNotFound, .beyondOwnRights, .lastAdminKey],
        handler: { call in
            let id: APIKeyID = try call.identifier("keyId")
            let known = try await call.organization.read { state, _ in state.apiKey(id) }
            guard let known else { throw Rejection.apiKeyNotFound(id) }
            let secret = call.organization.identifiers.nextSecret()
            let hours = call.body.whole("graceHours") ?? 24
            let until = Timestamp(microseconds: call.organization.time.microseconds + hours * 3_600_000_000)
            let rotation = APIKeyRotated(
                id: id,
                secretDigest: secret.digest,
                previousUntil: hours == 0 ? nil : until,
                expiresAt: call.body["expiresAt"] == nil ? known.expiresAt : try expiry(call)
            )
            let result = try await call.execute(.rotateAPIKey(rotation))
            let isNew = result.events.contains { event in
                guard case .apiKeyRotated(let rotated) = event.event else { return false }
                return rotated.secretDigest == rotation.secretDigest
            }
            return try await answer(call, id, secret: isNew ? secret : nil)
        }
    )

    static let revoke = Route(
        method: .delete,
        path: "/api/v1/api-keys/{keyId}",
        operation: "revokeAPIKey",
        summary: "Makes a key open nothing any longer, at once",
        chapter: chapter,
        access: .needs(.manageKeys),
        parameters: [id],
        answers: [Answer(status: 204, description: "It opens nothing.")],
        problems: [.apiKeyNotFound, .lastAdminKey, .beyondOwnRights],
        handler: { call in
            try await call.execute(.revokeAPIKey(try call.identifier("keyId")))
            return .noContent()
        }
    )

    /// When the key that the body asks for expires; `nil` for never.
    private static func expiry(_ call: Call) throws(Problem) -> Timestamp? {
        guard let time = call.body.instant("expiresAt") else { return nil }
        guard time > call.organization.time else {
            throw .invalid([FieldError(place: .pointer("/expiresAt"), detail: "must be in the future")])
        }
        return time
    }

    private static func answer(
        _ call: Call,
        _ id: APIKeyID,
        _ status: HTTPResponse.Status = .ok,
        secret: Secret?? = .none
    ) async throws -> Response {
        let (key, time) = try await call.organization.read { state, time in (state.standingKey(id), time.now) }
        guard let key else { throw Rejection.apiKeyNotFound(id) }
        return .json(status) { $0.value(key, call.organization.lastUse(of: key), at: time, secret: secret) }
    }
}
