@testable import CustomerHTTP
import CustomerService
import HTTPTypes
import TestSupport
import Testing

struct RateLimitAPITests {
    private let limits = ServerLimits(
        requestRate: RateLimit(unitsPerSecond: 1, burst: 5),
        failureRate: RateLimit(unitsPerSecond: 1, burst: 2)
    )

    @Test func `a credential that asks too much gets 429 until time has passed`() async throws {
        let shop = try await Shop(limits: limits)
        try await shop.serve { (client) async throws in
            let first = try await client.get("/api/v1/customers")
            #expect(first.status == 200)
            #expect(first.headers[.rateLimitPolicy] == #""default";q=5;w=5"#)
            #expect(first.headers[.rateLimit] == #""default";r=4;t=1"#)
            // A change costs twice as much as a look.
            let second = try await client.post("/api/v1/customers", #"{"email":"a@b.cd"}"#)
            #expect(second.headers[.rateLimit] == #""default";r=2;t=3"#)
            _ = try await client.newCustomer()
            let refused = try await client.get("/api/v1/customers")
            #expect(refused.status == 429)
            #expect(refused.problem == "rate-limited")
            #expect(refused.headers[.retryAfter] == "1")
            #expect(refused.headers[.rateLimit] == #""default";r=0;t=5"#)
            shop.clock.advance(by: .seconds(1))
            #expect(try await client.get("/api/v1/customers").status == 200)
            #expect(try await client.get("/api/v1/customers").status == 429)
            // What asks nobody who it is is not limited.
            #expect(try await client.get("/healthz").status == 200)
        }
    }

    @Test func `each credential has its own, also of the same number in another organization`() async throws {
        let (shop, other) = (try await Shop(limits: limits), try await Shop(name: "other"))
        try await shop.serve(beside: other) { (client) async throws in
            let neighbour = client.with(secret: Shop.adminSecret(of: "other"))
            for _ in 0..<5 { #expect(try await client.get("/api/v1/me").status == 200) }
            #expect(try await client.get("/api/v1/me").status == 429)
            #expect(try await neighbour.get("/api/v1/me").status == 200)
        }
    }

    @Test func `what is forbidden or refused costs, too, and what is heavy costs more`() async throws {
        let limits = ServerLimits(requestRate: RateLimit(unitsPerSecond: 1, burst: 30))
        let shop = try await Shop(limits: limits)
        try await shop.serve { (client) async throws in
            #expect(try await client.get("/api/v1/customers?limit=0").headers[.rateLimit] == #""default";r=29;t=1"#)
            #expect(try await client.get("/api/v1/events").headers[.rateLimit] == #""default";r=9;t=21"#)
            #expect(try await client.get("/api/v1/duplicates").status == 429)
        }
    }

    @Test func `wrong credentials of one address are limited, and right ones are not`() async throws {
        let shop = Shop(organization: try await Shop().organization, limits: limits, isBehindProxy: true)
        try await shop.serve { (client) async throws in
            func ask(_ secret: String?, from address: String) async throws -> Int {
                try await client.with(secret: secret).get("/api/v1/me", [.forwardedFor: address]).status
            }
            #expect(try await ask("wrong", from: "192.0.2.1") == 401)
            #expect(try await ask(nil, from: "192.0.2.1") == 401)
            #expect(try await ask("wrong", from: "192.0.2.1") == 429)
            #expect(try await ask("wrong", from: "192.0.2.2") == 401)
            #expect(try await ask(Shop.adminSecret, from: "192.0.2.1") == 200)
        }
    }

    @Test func `few requests that look at everything are worked on at once`() async throws {
        let shop = try await Shop(limits: ServerLimits(heavyRequestCount: 0))
        try await shop.serve { (client) async throws in
            for path in ["/api/v1/events", "/api/v1/duplicates", "/api/v1/audit/difference?path=/api/v1/me&from=1"] {
                let reply = try await client.get(path)
                #expect(reply.status == 503, "\(path)")
                #expect(reply.headers[.retryAfter] == "1")
            }
            #expect(try await client.get("/api/v1/customers").status == 200)
        }
    }
}
