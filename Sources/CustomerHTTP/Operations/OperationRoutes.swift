import CustomerProjections
import CustomerService
import EventSourcing
import Hummingbird

/// What load balancers, monitoring and client generators ask; open to all.
enum OperationRoutes {
    /// The routes; `document` gives the bytes of the OpenAPI document.
    static func routes(document: @escaping @Sendable () -> [UInt8]) -> [Route] {
        [health, ready, organizationReady, metrics, openAPI(document)]
    }

    private static let chapter = "Operations"
    private static let status = Schema.named(
        "Health",
        .required("status", .anyText),
        .required("reason", .nullable(.anyText)),
        .optional(
            "organizations",
            .list(
                of: .named(
                    "OrganizationHealth",
                    .required("name", .anyText),
                    .required("status", .anyText),
                    .required("reason", .nullable(.anyText))
                )
            ),
            "Each of them, where the server has several."
        )
    )

    static let health = Route(
        method: .get,
        path: "/healthz",
        operation: "getHealth",
        summary: "Whether the process is alive",
        chapter: chapter,
        access: .open,
        answers: [Answer(status: 200, description: "It is.", schema: status)],
        handler: { _ in answer(.ok, "ok", nil) }
    )

    private static let readyAnswers = [
        Answer(status: 200, description: "They can.", schema: status),
        Answer(
            status: 503,
            description: """
                Reads are answered, commands are not: read-only, failed, storage-full or stopping. Or both are, but the \
                log was found damaged, or a self-check found another state. Or the organization could not be opened.
                """,
            schema: status
        ),
    ]

    static let ready = Route(
        method: .get,
        path: "/readyz",
        operation: "getReadiness",
        summary: "Whether commands can be taken and answers trusted: of one organization at least",
        chapter: chapter,
        access: .open,
        answers: readyAnswers,
        handler: { call in
            let all = call.service.readiness
            guard all.count > 1 else { return answer(all[0]) }
            let isReady = all.contains(where: \.isReady)
            let status = all.allSatisfy(\.isReady) ? "ready" : isReady ? "degraded" : all[0].status
            return .json(isReady ? .ok : .serviceUnavailable) { writer in
                writer.beginObject()
                writer.field("status", status)
                let failing = all.first { !$0.isReady }
                writer.field("reason", failing.flatMap { one in one.reason.map { "\(one.name): \($0)" } })
                writer.key("organizations")
                writer.beginArray()
                for one in all {
                    writer.beginObject()
                    writer.field("name", one.name)
                    writer.field("status", one.status)
                    writer.field("reason", one.reason)
                    writer.endObject()
                }
                writer.endArray()
                writer.endObject()
            }
        }
    )

    static let organizationReady = Route(
        method: .get,
        path: "/readyz/{organization}",
        operation: "getOrganizationReadiness",
        summary: "Whether commands of one organization can be taken and its answers trusted",
        chapter: chapter,
        access: .open,
        parameters: [
            .path(
                "organization",
                .text(TextRule(length: 1...100, pattern: "^[A-Za-z0-9_-][A-Za-z0-9_.-]*$")),
                "Its name."
            )
        ],
        answers: readyAnswers,
        problems: [.notFound],
        handler: { call in
            let name = try call.text("organization")
            guard let one = call.service.readiness.first(where: { $0.name == name }) else {
                throw Problem(.notFound, "The server has no organization of this name.")
            }
            return answer(one)
        }
    )

    static let metrics = Route(
        method: .get,
        path: "/metrics",
        operation: "getPrometheusMetrics",
        summary: "Counters for monitoring, in Prometheus' text format",
        chapter: chapter,
        access: .open,
        answers: [
            Answer(
                status: 200,
                description: "Counters.",
                schema: .anyText,
                mediaType: "text/plain"
            )
        ],
        handler: { call in
            var text = PrometheusText()
            text.write(call.service.metrics)
            text.write(call.service.organizations.map { ($0.name, $0.figures) }, unavailable: call.service.unavailable)
            return Response(
                status: .ok,
                headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text.text))
            )
        }
    )

    private static func openAPI(_ document: @escaping @Sendable () -> [UInt8]) -> Route {
        Route(
            method: .get,
            path: "/openapi.json",
            operation: "getOpenAPIDocument",
            summary: "This description of the API",
            chapter: chapter,
            access: .open,
            answers: [Answer(status: 200, description: "OpenAPI 3.1.", schema: .anyObject)],
            handler: { _ in
                Response(
                    status: .ok,
                    headers: [.contentType: "application/json"],
                    body: ResponseBody(byteBuffer: ByteBuffer(bytes: document()))
                )
            }
        )
    }

    private static func answer(_ one: Readiness) -> Response {
        answer(one.isReady ? .ok : .serviceUnavailable, one.status, one.reason)
    }

    private static func answer(_ code: HTTPResponse.Status, _ status: String, _ reason: String?) -> Response {
        .json(code) { writer in
            writer.beginObject()
            writer.field("status", status)
            writer.field("reason", reason)
            writer.endObject()
        }
    }
}
