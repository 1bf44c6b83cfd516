import CustomerProjections
import CustomerService
import EventSourcing
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
                description: """
                    Reads are answered, commands are not: read-only, failed, storage-full or stopping. Or both are, but the \
                    log was found damaged, or a self-check found another state.
                    """,
                schema: status
            ),
        ],
        handler: { call in
            let status = call.organization.status
            return switch status.refusal {
            case nil where !status.alarmLines.isEmpty: answer(.serviceUnavailable, "damaged", damageReason)
            case nil:
                if let alarm = call.organization.health.alarms.first {
                    answer(.serviceUnavailable, "alarm", "\(alarm). Restart: the log makes the state anew.")
                } else {
                    answer(.ok, "ready", nil)
                }
            case .readOnly?: answer(.serviceUnavailable, "read-only", Problem.readOnlyDetail)
            case .failed?: answer(.serviceUnavailable, "failed", Problem.failedDetail)
            case .storageFull?:
                answer(
                    .serviceUnavailable,
                    "storage-full",
                    "The disk is full; free space, and writing goes on by itself."
                )
            default: answer(.serviceUnavailable, "stopping", "The server is stopping.")
            }
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
            text.write(call.organization.peek { state, time in state.dataRequestCounts(at: time) })
            text.write(call.organization.webhookCounts)
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
