@testable import CustomerHTTP
@testable import CustomerService
import HTTPTypes
import LogStorage
import TestSupport
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

    @Test func `a state that differs is an alarm for load balancers and monitoring`() async throws {
        try await withTemporaryDirectory { path in
            let data = try DataDirectory.open(path, program: "test")
            defer { data.close() }
            let organization = try Organization.open(in: data)
            defer { organization.close() }
            _ = try await organization.createFirstAdminKey(secret: Secret(Shop.adminSecret))
            try await Shop(organization: organization)
                .serve { (client) async throws in
                    #expect(try await client.get("/readyz").status == 200)
                    #expect(try await client.get("/metrics").text.contains("patron_state_alarms 0\n"))
                    organization.keeper?.note { $0.raise("the state is another") }
                    let reply = try await client.get("/readyz")
                    #expect(reply.status == 503)
                    #expect(reply.json["status"] == "alarm")
                    #expect(try await client.get("/metrics").text.contains("patron_state_alarms 1\n"))
                }
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
