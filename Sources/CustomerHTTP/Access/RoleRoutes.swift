import CustomerDomain
import CustomerProjections
import CustomerService
import Hummingbird

/// Roles: what many may do, said once.
enum RoleRoutes {
    static var routes: [Route] { [list, create, get, update, remove] }

    private static let chapter = "Roles"
    private static let id = Parameter.path("roleId", .identifier(RoleKind.self), "The role.")
    private static let permissions = Schema.array(AccessSchemas.permission, 0...Permission.allCases.count)

    private static let role = Schema.named(
        "Role",
        .required("id", .nullable(.identifier(RoleKind.self)), "null for a built-in role."),
        .required("name", .anyText),
        .required("isBuiltIn", .boolean, "Whether it always is there, and never changes."),
        .required("permissions", .list(of: AccessSchemas.permission)),
        .required("keyCount", .count, "How many API keys have it.")
    )

    private static let creation = Schema.named(
        "RoleCreate",
        .optional("name", .line(Limits.name), "Unique, whatever the case; that of the preset when absent."),
        .optional("permissions", permissions, "Those of the preset when absent."),
        .optional("preset", .choice(RolePreset.allCases.map(\.rawValue)), "A role to begin with."),
        anyOf: ["name", "preset"]
    )

    private static let change = Schema.named(
        "RolePatch",
        .optional("name", .line(Limits.name)),
        .optional("permissions", permissions, "All of them from now on, for all who have the role.")
    )

    private static let answer = Answer(status: 200, description: "The role.", schema: role, headers: [.entityTag])

    static let list = Route(
        method: .get,
        path: "/api/v1/roles",
        operation: "listRoles",
        summary: "The built-in roles, and those of the organization",
        chapter: chapter,
        access: .needs(.manageKeys),
        answers: [
            Answer(
                status: 200,
                description: "All of them.",
                schema: .named("RoleList", .required("data", .list(of: role)))
            )
        ],
        handler: { call in
            let (roles, keys) = try await call.organization.read { state, _ in (state.roleTemplates, state.apiKeys) }
            return .json { writer in
                writer.beginObject()
                writer.key("data")
                writer.beginArray()
                for role in [Role.admin, .auditor] { writer.value(role, keyCount: keys.count { $0.key.role == role }) }
                for role in roles { writer.value(role, keyCount: keys.count { $0.key.template == role.id }) }
                writer.endArray()
                writer.endObject()
            }
        }
    )

    static let create = Route(
        method: .post,
        path: "/api/v1/roles",
        operation: "createRole",
        summary: "Defines a role",
        chapter: chapter,
        access: .needs(.manageKeys),
        body: .json(creation),
        answers: [
            Answer(status: 201, description: "The new role.", schema: role, headers: [.location, .entityTag])
        ],
        problems: [.roleNameTaken, .beyondOwnRights, .limitReached],
        handler: { call in
            let preset = call.body.text("preset").flatMap { RolePreset(rawValue: $0) }
            let given = call.body["permissions"] == nil ? nil : Set(named(call.body.texts("permissions")))
            let role = RoleTemplate(
                id: call.organization.identifiers.next(),
                name: call.body.text("name") ?? preset?.name ?? "",
                permissions: given ?? preset?.permissions ?? []
            )
            let result = try await call.execute(.defineRole(role))
            let id = try result.made("The new role") {
                if case .roleTemplateDefined(let new) = $0 { new.id } else { nil }
            }
            return try await show(id, call, .created, [.location: "/api/v1/roles/\(id)"])
        }
    )

    static let get = Route(
        method: .get,
        path: "/api/v1/roles/{roleId}",
        operation: "getRole",
        summary: "A role of the organization",
        chapter: chapter,
        access: .needs(.manageKeys),
        parameters: [id],
        answers: [answer],
        problems: [.roleNotFound],
        handler: { call in try await show(try call.identifier("roleId"), call) }
    )

    static let update = Route(
        method: .patch,
        path: "/api/v1/roles/{roleId}",
        operation: "updateRole",
        summary: "Changes a role, and at once what all who have it may do",
        chapter: chapter,
        access: .needs(.manageKeys),
        parameters: [id, .ifMatch],
        body: .mergePatch(change),
        answers: [answer],
        problems: [.roleNotFound, .roleNameTaken, .beyondOwnRights],
        handler: { call in
            let id: RoleID = try call.identifier("roleId")
            try await call.change(
                { try await template(id, call) },
                tag: \.tag,
                { old in
                    var role = old
                    role.name = call.body.text("name") ?? role.name
                    if call.body["permissions"] != nil { role.permissions = Set(named(call.body.texts("permissions"))) }
                    return .changeRole(role, expecting: old)
                }
            )
            return try await show(id, call)
        }
    )

    static let remove = Route(
        method: .delete,
        path: "/api/v1/roles/{roleId}",
        operation: "removeRole",
        summary: "Removes a role that no API key has",
        chapter: chapter,
        access: .needs(.manageKeys),
        parameters: [id],
        answers: [Answer(status: 204, description: "It is gone.")],
        problems: [.roleNotFound, .roleInUse, .beyondOwnRights],
        handler: { call in
            try await call.execute(.removeRole(try call.identifier("roleId")))
            return .noContent()
        }
    )

    private static func named(_ names: [String]) -> [Permission] { names.compactMap { Permission(name: $0) } }

    private static func template(_ id: RoleID, _ call: Call) async throws -> RoleTemplate {
        let role = try await call.organization.read { state, _ in state.roleTemplate(id) }
        guard let role else { throw Rejection.roleNotFound(id) }
        return role
    }

    private static func show(
        _ id: RoleID,
        _ call: Call,
        _ status: HTTPResponse.Status = .ok,
        _ headers: HTTPFields = [:]
    ) async throws -> Response {
        let role = try await template(id, call)
        let count = try await call.organization.read { state, _ in state.holderCount(of: id) }
        var headers = headers
        headers[.eTag] = "\"\(role.tag)\""
        return .json(status, headers: headers) { $0.value(role, keyCount: count) }
    }
}

extension RoleTemplate {
    /// The opaque part of its entity tag.
    fileprivate var tag: String {
        ContentTag.of([id.description, name] + permissions.map(\.name).sorted())
    }
}

extension JSONWriter {
    fileprivate mutating func value(_ role: Role, keyCount: Int) {
        beginObject()
        field("id", nil as RoleID?)
        field("name", role.name)
        field("isBuiltIn", true)
        field("permissions", Permission.allCases.filter { role.includes($0) }.map(\.name).sorted())
        field("keyCount", keyCount)
        endObject()
    }

    fileprivate mutating func value(_ role: RoleTemplate, keyCount: Int) {
        beginObject()
        field("id", role.id)
        field("name", role.name)
        field("isBuiltIn", false)
        field("permissions", role.permissions.map(\.name).sorted())
        field("keyCount", keyCount)
        endObject()
    }
}
