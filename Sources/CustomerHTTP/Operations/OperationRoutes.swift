import CustomerService
import Hummingbird

/// What load balancers, monitoring and client generators ask; open to all.
enum OperationRoutes {
    /// The routes; `document` gives the bytes of the OpenAPI document.
    static func routes(document: @escaping @Sendable () -> [UInt8]) -> [Route] {
        [health, ready, metrics, openAPI(document)]
    }

    private static let chapter = "Operations"
    private static let status = Schema.named(
        "Health",
        .required("status", .anyText),
        .required("reason", .nullable(.anyText))
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

    static let ready = Route(
        method: .get,
        path: "/readyz",
        operation: "getReadiness",
        summary: "Whether commands can be taken and answers trusted",
        chapter: chapter,
        access: .open,
        answers: [
            Answer(status: 200, description: "They can.", schema: status),
            Answer(
                status: 503,
                description: "The log only reads, damage was found in it, or a self-check found another state.",
                schema: status
            ),
        ],
        handler: { call in
            let status = call.organization.status
            guard status.damageLines.isEmpty else {
                return answer(.serviceUnavailable, "read-only", "The log is read-only until an operator repairs it.")
            }
            guard status.alarmLines.isEmpty else { return answer(.serviceUnavailable, "damaged", damageReason) }
            if let alarm = call.organization.health.alarms.first {
                return answer(.serviceUnavailable, "alarm", "\(alarm). Restart: the log makes the state anew.")
            }
            return answer(.ok, "ready", nil)
        }
    )

    private static let damageReason = """
        Commands are taken, but the check in the background found damage in the log: an operator must run patronctl verify.
        """

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
            text.write(call.organization.status)
            text.write(call.organization.health)
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

    private static func answer(_ code: HTTPResponse.Status, _ status: String, _ reason: String?) -> Response {
        .json(code) { writer in
            writer.beginObject()
            writer.field("status", status)
            writer.field("reason", reason)
            writer.endObject()
        }
    }
}
