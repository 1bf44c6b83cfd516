@testable import CustomerHTTP
import HTTPTypes
import Testing

struct OperationsAPITests {
    @Test func `operators need no key`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let anybody = client.with(secret: nil)
                #expect(try await anybody.get("/healthz").json["status"] == "ok")
                #expect(try await anybody.get("/readyz").json["status"] == "ready")
                #expect(try await anybody.get("/openapi.json").json["openapi"] == "3.1.0")
            }
    }

    @Test func `metrics count requests by route and status`() async throws {
        try await Shop()
            .serve { (client) async throws in
                for _ in 0..<3 { _ = try await client.get("/api/v1/customers") }
                _ = try await client.get("/api/v1/customers?limit=0")
                _ = try await client.get("/nowhere")
                let text = try await client.get("/metrics").text
                let lines = text.split(separator: "\n")
                #expect(
                    lines.contains(
                        #"patron_http_requests_total{method="GET",route="/api/v1/customers",status="200"} 3"#
                    )
                )
                #expect(
                    lines.contains(
                        #"patron_http_requests_total{method="GET",route="/api/v1/customers",status="400"} 1"#
                    )
                )
                #expect(lines.contains(#"patron_http_requests_total{method="other",route="unmatched",status="404"} 1"#))
                #expect(lines.contains("patron_log_durable_sequence 1"))
                let infinite =
                    #"patron_http_request_duration_seconds_bucket{method="GET",route="/api/v1/customers",le="+Inf"} 4"#
                #expect(lines.contains(Substring(infinite)))
            }
    }

    @Test func `HEAD answers as GET without a body`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let reply = try await client.send(.head, "/api/v1/customers", nil)
                #expect(reply.status == 200)
                #expect(reply.bytes == [])
            }
    }
}
