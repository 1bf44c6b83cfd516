import CustomerDomain
import CustomerService
import Hummingbird

/// What a credential is, to who holds it.
enum CallerRoutes {
    static var routes: [Route] { [get] }

    static let get = Route(
        method: .get,
        path: "/api/v1/me",
        operation: "getCaller",
        summary: "Who asks, of which organization, and what it may do",
        chapter: "API keys",
        access: .credential,
        answers: [
            Answer(
                status: 200,
                description: "The holder of the credential.",
                schema: .named(
                    "Caller",
                    .required("actor", .anyText, "As events name it."),
                    .required("organization", .anyText),
                    .required("role", .choice(of: Role.self)),
                    .required("permissions", .list(of: AccessSchemas.permission), "All that it may do now.")
                )
            )
        ],
        handler: { call in
            let scope = try call.scope()
            return .json { writer in
                writer.beginObject()
                writer.field("actor", scope.actor)
                writer.field("organization", scope.organization)
                writer.field("role", scope.role.name)
                writer.field("permissions", Permission.allCases.filter { scope.allows($0) }.map(\.name).sorted())
                writer.endObject()
            }
        }
    )
}
