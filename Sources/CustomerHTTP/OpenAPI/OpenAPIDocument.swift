import CustomerDomain
import HTTPTypes

/// The OpenAPI 3.1 description of routes, made from what they are served by.
struct OpenAPIDocument {
    /// The version of the API, raised with what clients see.
    static let version = "1.0.0"

    let routes: [Route]

    var json: JSONValue {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Patron",
                "version": .string(Self.version),
                "description": .string(Self.description),
                "license": ["name": "See the repository"],
            ],
            "servers": [["url": "/"]],
            "security": [["apiKey": []]],
            "tags": .array(chapters.map { ["name": .string($0)] }),
            "paths": paths,
            "components": [
                "securitySchemes": [
                    "apiKey": ["type": "http", "scheme": "bearer", "description": .string(Self.credentials)]
                ],
                "schemas": schemas,
            ],
        ]
    }

    private static let description = """
        Customers of a shop: profiles, addresses, orders, groups, tags, notes and points. Every change is an event in a \
        durable log, and an answer leaves only once what it tells is durable. Amounts are integers in minor units with \
        an ISO 4217 currency; times are RFC 3339 in UTC. Send X-Request-ID to find a request again; every answer has one.
        """

    private static let credentials = "An API key, or a token (JWT) where the server takes them."

    private var chapters: [String] {
        routes.map(\.chapter).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private var paths: JSONValue {
        var members: [JSONValue.Member] = []
        for route in routes {
            let operation = JSONValue.Member(key: route.method.rawValue.lowercased(), value: document(of: route))
            if let index = members.firstIndex(where: { $0.key == route.path }) {
                members[index].value = .object(members[index].value.members + [operation])
            } else {
                members.append(.init(key: route.path, value: .object([operation])))
            }
        }
        return .object(members)
    }

    private func document(of route: Route) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init(key: "operationId", value: .string(route.operation)),
            .init(key: "summary", value: .string(route.summary)),
            .init(key: "tags", value: [.string(route.chapter)]),
        ]
        let needs = [route.access.description, route.alsoNeeds.map { "Also needs `\($0.name)`." }].compactMap { $0 }
        if !needs.isEmpty { members.append(.init(key: "description", value: .string(needs.joined(separator: " ")))) }
        if route.access == .open { members.append(.init(key: "security", value: [])) }
        if !route.allParameters.isEmpty {
            members.append(.init(key: "parameters", value: .array(route.allParameters.map(\.document))))
        }
        if let body = route.body { members.append(.init(key: "requestBody", value: body.document)) }
        members.append(.init(key: "responses", value: responses(of: route)))
        return .object(members)
    }

    private func responses(of route: Route) -> JSONValue {
        var members = route.answers.map { JSONValue.Member(key: String($0.status), value: $0.document) }
        let statuses = Set(route.allProblems.map(\.status)).sorted()
        for status in statuses where !members.contains(where: { $0.key == String(status) }) {
            let types = route.allProblems.filter { $0.status == status }.map { "/problems/" + $0.slug }
            members.append(.init(key: String(status), value: Self.problem(types, status: status)))
        }
        return .object(members)
    }

    private static func problem(_ types: [String], status: Int) -> JSONValue {
        var headers = requestIDHeader
        if status == 401 { headers.append(header("WWW-Authenticate", "Bearer, and what was wrong.")) }
        return [
            "description": .string(Set(types).sorted().joined(separator: ", ")),
            "headers": .object(headers),
            "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
        ]
    }

    fileprivate static let requestIDHeader = [header("X-Request-ID", "What the request is known by.")]

    fileprivate static func header(_ name: String, _ description: String) -> JSONValue.Member {
        .init(key: name, value: ["description": .string(description), "schema": ["type": "string"]])
    }

    private var schemas: JSONValue {
        let used = routes.flatMap {
            ($0.body?.schema.components ?? []) + $0.answers.flatMap { $0.schema?.components ?? [] }
        }
        var members: [JSONValue.Member] = [.init(key: "Problem", value: Self.problemSchema)]
        for component in used where !members.contains(where: { $0.key == component.name }) {
            members.append(.init(key: component.name, value: component.schema.document))
        }
        return .object(members)
    }

    private static let problemSchema: JSONValue =
        Schema.object(
            .required("type", .anyText, "What kind of problem it is; never changes."),
            .required("title", .anyText),
            .required("status", .integer(400...599)),
            .required("detail", .anyText, "What happened this time."),
            .required("instance", .anyText, "The request, as the server's log has it."),
            .optional("missingPermission", .anyText, "The permission that the credential lacks."),
            .optional(
                "errors",
                .list(
                    of: .object(
                        .optional("pointer", .anyText, "A JSON pointer (RFC 6901) into the body."),
                        .optional("parameter", .anyText),
                        .optional("header", .anyText),
                        .required("detail", .anyText),
                        .optional("offset", .count, "Of a query: characters before what is wrong."),
                        .optional("length", .count, "Of a query: characters of what is wrong."),
                        .optional("line", .count, "Of a query, from 1."),
                        .optional("column", .count, "Of a query: the character of the line, from 1."),
                        .optional("expected", .list(of: .anyText), "Of a query: what could stand there."),
                        .optional("suggestion", .nullable(.anyText), "Of a query: what was probably meant.")
                    )
                )
            )
        )
        .document
}

extension Access {
    fileprivate var description: String? {
        switch self {
        case .open, .credential: nil
        case .needs(let permission): "Needs the permission `\(permission.name)`."
        case .records: "For admins and auditors."
        }
    }
}

extension RequestBodyRule {
    fileprivate var document: JSONValue {
        [
            "required": .boolean(isRequired),
            "content": .object(mediaTypes.map { .init(key: $0, value: ["schema": schema.document]) }),
        ]
    }
}

extension Answer {
    fileprivate var document: JSONValue {
        let headers = headers.map { OpenAPIDocument.header($0.rawValue, $0.description) }
        var members: [JSONValue.Member] = [
            .init(key: "description", value: .string(description)),
            .init(key: "headers", value: .object(OpenAPIDocument.requestIDHeader + headers)),
        ]
        if let schema {
            var content = [JSONValue.Member(key: mediaType, value: ["schema": schema.document])]
            if let streamMediaType {
                content.append(.init(key: streamMediaType, value: ["schema": ["type": "string"]]))
            }
            members.append(.init(key: "content", value: .object(content)))
        }
        return .object(members)
    }
}
