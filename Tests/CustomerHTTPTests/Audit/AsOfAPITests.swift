import CustomerDomain
import CustomerService
import EventSourcing
import HTTPTypes
import TestSupport
import Testing

@testable import CustomerHTTP

/// What was answered at a moment is answered as of that moment ever after.
struct AsOfAPITests {
    @Test func `an answer as of a moment is the one that was given then`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let id = try await client.newCustomer()
            let path = "/api/v1/customers/\(id)"
            let paths = [
                path, path + "/addresses", path + "/tags", path + "/notes", path + "/orders", path + "/timeline",
                path + "/consents", path + "/consents/history",
                "/api/v1/customers", "/api/v1/customers?tag=vip", "/api/v1/customers?q=jane", "/api/v1/metrics",
                "/api/v1/groups", "/api/v1/orders", "/api/v1/organization",
            ]
            var given: [(sequence: UInt64, path: String, answer: String)] = []
            func remember() async throws {
                for path in paths {
                    let reply = try await client.get(path)
                    #expect(reply.status == 200, "\(path): \(reply.text)")
                    given.append((shop.organization.head.durable.value, path, reply.text))
                }
            }
            let steps: [(String, String)] = [
                (path + "/tags", #"{"tags":["vip"]}"#), (path + "/notes", #"{"text":"first"}"#),
                (path + "/orders", OrdersAPITests.order("A")),
                (path + "/addresses", #"{"line1":"1 Road","country":"FR"}"#),
                ("/api/v1/groups", #"{"name":"wholesale"}"#), (path + "/disable", "{}"),
                ("/api/v1/customers", #"{"email":"john@example.com","firstName":"John"}"#),
            ]
            try await remember()
            for (target, body) in steps {
                shop.clock.advance(by: .seconds(86_400 * 20))
                #expect(try await client.post(target, body).status < 300, "\(target)")
                try await remember()
            }
            shop.clock.advance(by: .seconds(86_400 * 200))
            for (sequence, path, answer) in given {
                let target = path + (path.contains("?") ? "&" : "?") + "asOf=\(sequence)"
                let reply = try await client.get(target)
                #expect(reply.text == answer, "\(target)")
                #expect(reply.headers[.asOfSequence] == String(sequence))
            }
        }
    }

    @Test func `a business time shows what had happened by then, whenever it was recorded`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let early = #"{"email":"jane@example.com","occurredAt":"2020-01-01T00:00:00Z"}"#
            let id = try await client.newCustomer(early)
            _ = try await client.newCustomer(#"{"email":"john@example.com"}"#)
            let then = try await client.get("/api/v1/customers?asOfBusinessTime=2021-01-01T00:00:00Z")
            #expect(then.json["data"]?.elements.compactMap { $0.text("id") } == [id])
            let before = try await client.get("/api/v1/customers?asOfBusinessTime=2019-01-01T00:00:00Z")
            #expect(before.json["count"]?.whole == 0)
        }
    }

    @Test func `moments are refused to who may not see history, and where there are none`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            _ = try await client.newCustomer()
            for query in ["asOf=3", "asOf=2030-01-01T00:00:00Z", "asOfBusinessTime=2030-01-01T00:00:00Z"] {
                #expect(try await client.get("/api/v1/customers?\(query)").problem == "not-found", "\(query)")
            }
            for query in ["asOf=x", "asOf=0", "asOf=2024-01-01", "asOfBusinessTime=1"] {
                #expect(try await client.get("/api/v1/customers?\(query)").problem == "invalid-parameter", "\(query)")
            }
            let key = try await client.post("/api/v1/api-keys", #"{"name":"r","permissions":["customers:read"]}"#)
            let staff = client.with(secret: try #require(key.json["secret"]?.text))
            #expect(try await staff.get("/api/v1/customers").status == 200)
            #expect(try await staff.get("/api/v1/customers?asOf=2").status == 403)
        }
    }

    @Test func `the difference of two moments names each place that changed`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let id = try await client.newCustomer()
            _ = try await client.patch("/api/v1/customers/\(id)", #"{"firstName":"Janet"}"#)
            let other = try await client.newCustomer(#"{"externalId":"two"}"#)
            func changes(_ path: String, _ from: Int, _ to: String = "") async throws -> [String: JSONValue] {
                let target = "/api/v1/audit/difference?path=\(percentEncoded(path))&from=\(from)\(to)"
                let reply = try await client.get(target)
                #expect(reply.status == 200, "\(reply.text)")
                return Dictionary(
                    uniqueKeysWithValues: (reply.json["changes"]?.elements ?? []).map { ($0.text("pointer") ?? "", $0) }
                )
            }
            let customer = try await changes("/api/v1/customers/\(id)", 2)
            #expect(customer["/firstName"]?.text("before") == "Jane")
            #expect(customer["/firstName"]?.text("after") == "Janet")
            #expect(customer["/email"] == nil)
            let list = try await changes("/api/v1/customers?sort=createdAt", 2)
            #expect(list["/data/\(other)"] != nil && list["/data/\(other)"]?["before"] == nil)
            #expect(list["/data/\(id)/firstName"]?.text("after") == "Janet")
            #expect(list["/count"]?["after"]?.whole == 2)
            #expect(try await changes("/api/v1/metrics", 3, "&to=3").isEmpty)
            let born = try await changes("/api/v1/customers/\(id)", 1)
            #expect(born[""]?["after"] != nil && born[""]?["before"] == nil)
            for unknown in ["path=/api/v1/nothing&from=1", "path=/api/v1/api-keys&from=1"] {
                #expect(try await client.get("/api/v1/audit/difference?\(unknown)").problem == "not-found")
            }
            for bad in ["from=1", "path=/api/v1/customers"] {
                #expect(try await client.get("/api/v1/audit/difference?\(bad)").problem == "invalid-parameter")
            }
        }
    }
}
