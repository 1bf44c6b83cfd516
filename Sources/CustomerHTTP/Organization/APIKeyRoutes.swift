import CustomerDomain
import CustomerProjections
import CustomerService
import Hummingbird

/// API keys: who may ask, and for what.
enum APIKeyRoutes {
    static var routes: [Route] { [list, create, revoke] }

    private static let permissions = Schema.choice(Permission.allCases.map(\.name))

    private static let properties: [Property] = [
        .required("id", .identifier(APIKeyKind.self)),
        .required("name", .anyText),
        .required("role", .choice(Role.allCases.map(\.name))),
        .required("permissions", .list(of: permissions)),
    ]

    private static let key = Schema.component(
        Component(name: "APIKey", schema: .object(ObjectRule(properties: properties)))
    )

    private static let newKey = Schema.component(
        Component(
            name: "NewAPIKey",
            schema: .object(
                ObjectRule(
                    properties: properties + [
                        .required("secret", .nullable(.anyText), "Shown this once; null when the request was a retry.")
                    ]
                )
            )
        )
    )

    private static let creation = Schema.named(
        "APIKeyCreate",
        .required("name", .line(Limits.name), "What it is for."),
        .optional(
            "role",
            .choice(Role.allCases.map(\.name)),
            "staff when absent. An auditor sees everything that was ever recorded, and changes nothing."
        ),
        .optional(
            "permissions",
            .array(permissions, 0...Permission.allCases.count),
            "What staff may do; other roles have theirs, whatever is here."
        )
    )

    static let list = Route(
        method: .get,
        path: "/api/v1/api-keys",
        operation: "listAPIKeys",
        summary: "The keys that open something, without their secrets",
        chapter: "API keys",
        access: .admin,
        answers: [
            Answer(
                status: 200,
                description: "All standing keys.",
                schema: .named("APIKeyList", .required("data", .list(of: key)))
            )
        ],
        handler: { call in
            let keys = try await call.organization.read { state, _ in state.apiKeys }
            return .json { writer in
                writer.beginObject()
                writer.key("data")
                writer.beginArray()
                for key in keys { writer.value(key) }
                writer.endArray()
                writer.endObject()
            }
        }
    )

    static let create = Route(
        method: .post,
        path: "/api/v1/api-keys",
        operation: "createAPIKey",
        summary: "Makes a key; its secret is in this answer and nowhere else",
        chapter: "API keys",
        access: .admin,
        body: .json(creation),
        answers: [Answer(status: 201, description: "The new key.", schema: newKey)],
        handler: { call in
            let secret = call.organization.identifiers.nextSecret()
            let role = call.body.text("role").flatMap { Role(name: $0) } ?? .staff
            let permissions = call.body.texts("permissions").compactMap { Permission(name: $0) }
            let key = APIKey(
                id: call.organization.identifiers.next(),
                name: call.body.text("name") ?? "",
                secretDigest: secret.digest,
                role: role,
                permissions: role == .staff ? Set(permissions) : []
            )
            let result = try await call.execute(.createAPIKey(key))
            for event in result.events {
                guard case .apiKeyCreated(let created) = event.event else { continue }
                return .json(.created) { $0.value(created, secret: created.id == key.id ? secret : nil) }
            }
            throw Problem(.internalError, "The new key cannot be found.")
        }
    )

    static let revoke = Route(
        method: .delete,
        path: "/api/v1/api-keys/{keyId}",
        operation: "revokeAPIKey",
        summary: "Makes a key open nothing any longer",
        chapter: "API keys",
        access: .admin,
        parameters: [.path("keyId", .identifier(APIKeyKind.self), "The key.")],
        answers: [Answer(status: 204, description: "It opens nothing.")],
        problems: [.apiKeyNotFound, .lastAdminKey],
        handler: { call in
            try await call.execute(.revokeAPIKey(try call.identifier("keyId")))
            return .noContent()
        }
    )
}

extension JSONWriter {
    fileprivate mutating func value(_ apiKey: APIKey) {
        beginObject()
        fields(of: apiKey)
        endObject()
    }

    fileprivate mutating func value(_ apiKey: APIKey, secret: Secret?) {
        beginObject()
        fields(of: apiKey)
        field("secret", secret?.text)
        endObject()
    }

    private mutating func fields(of apiKey: APIKey) {
        field("id", apiKey.id)
        field("name", apiKey.name)
        field("role", apiKey.role.name)
        field("permissions", apiKey.permissions.map(\.name).sorted())
    }
}
