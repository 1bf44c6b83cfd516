import HTTPTypes
import TestSupport
import Testing

@testable import CustomerHTTP

struct EventsAPITests {
    @Test func `events are searched by customer, actor, request, type and time, in both orders`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let jane = try await client.newCustomer()
            shop.clock.advance(by: .seconds(60))
            let john = try await client.newCustomer(#"{"email":"john@example.com"}"#)
            _ = try await client.post("/api/v1/customers/\(jane)/tags", #"{"tags":["vip"]}"#, [.requestID: "mine"])
            func types(_ query: String) async throws -> [String] {
                let reply = try await client.get("/api/v1/events?" + query)
                #expect(reply.status == 200, "\(query): \(reply.text)")
                return (reply.json["data"]?.elements ?? []).compactMap { $0["type"]?.text }
            }
            #expect(try await types("customer=\(jane)") == ["CustomerCreated", "CustomerTagged"])
            #expect(try await types("customer=\(jane)&order=desc") == ["CustomerTagged", "CustomerCreated"])
            #expect(try await types("customer=\(john)") == ["CustomerCreated"])
            #expect(try await types("requestId=mine") == ["CustomerTagged"])
            #expect(try await types("type=CustomerTagged&type=APIKeyCreated") == ["APIKeyCreated", "CustomerTagged"])
            #expect(try await types("actor=patron") == ["APIKeyCreated"])
            #expect(try await types("from=2&to=3").count == 2)
            let all = try await client.get("/api/v1/events")
            let second = try #require(all.json["data"]?.elements[2]["recordedAt"]?.text)
            #expect(try await types("recordedFrom=\(second)").count == 2)
            #expect(try await types("recordedUntil=\(second)").count == 4)
            #expect(all.json["data"]?.elements[1]["customerId"]?.text == jane)
        }
    }

    @Test func `pages lead to the last event and on to what comes later`() async throws {
        try await Shop()
            .serve { (client) async throws in
                for number in 0..<5 { _ = try await client.newCustomer(#"{"email":"c\#(number)@example.com"}"#) }
                var cursor = "0"
                var seen: [Int64] = []
                while true {
                    let page = try await client.get("/api/v1/events?limit=2&cursor=\(cursor)")
                    seen += (page.json["data"]?.elements ?? []).compactMap { $0["sequence"]?.whole }
                    cursor = try #require(page.json["nextCursor"]?.text)
                    guard page.json["hasMore"]?.flag == true else { break }
                }
                #expect(seen == [1, 2, 3, 4, 5, 6])
                _ = try await client.newCustomer(#"{"email":"late@example.com"}"#)
                let later = try await client.get("/api/v1/events?cursor=\(cursor)")
                #expect(later.json["data"]?.elements.compactMap { $0["sequence"]?.whole } == [7])
            }
    }

    @Test func `changes tell each field before and after`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                _ = try await client.patch("/api/v1/customers/\(id)", #"{"firstName":"Janet","lastName":"Doe"}"#)
                let reply = try await client.get("/api/v1/events?include=changes&type=CustomerUpdated")
                let changes = reply.json["data"]?.elements.first?["changes"]?.elements ?? []
                let texts = changes.map {
                    "\($0.text("field") ?? ""): \($0.text("before") ?? "-") → \($0.text("after") ?? "-")"
                }
                #expect(texts == ["firstName: Jane → Janet", "lastName: - → Doe"])
            }
    }

    @Test func `an auditor sees everything and changes nothing`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                _ = try await client.post("/api/v1/customers/\(id)/notes", #"{"text":"secret"}"#)
                let key = try await client.post("/api/v1/api-keys", #"{"name":"auditor","role":"auditor"}"#)
                #expect(key.json["role"]?.text == "auditor")
                let auditor = client.with(secret: try #require(key.json["secret"]?.text))
                #expect(try await auditor.get("/api/v1/events").text.contains("secret"))
                #expect(try await auditor.get("/api/v1/customers/\(id)").status == 200)
                #expect(try await auditor.delete("/api/v1/customers/\(id)").status == 403)
                #expect(try await auditor.patch("/api/v1/customers/\(id)", #"{"firstName":"X"}"#).status == 403)
                #expect(try await auditor.get("/api/v1/api-keys").status == 403)
            }
    }

    @Test func `staff that may see the audit see of notes and orders only that they are there`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                _ = try await client.post("/api/v1/customers/\(id)/notes", #"{"text":"secret"}"#)
                let key = try await client.post("/api/v1/api-keys", #"{"name":"a","permissions":["audit:view"]}"#)
                let staff = client.with(secret: try #require(key.json["secret"]?.text))
                let reply = try await staff.get("/api/v1/events?include=changes")
                #expect(reply.json["data"]?.elements.count == 4)
                #expect(!reply.text.contains("secret") && !reply.text.contains("jane@example.com"))
                #expect(try await staff.get("/api/v1/events?include=proof").status == 403)
            }
    }

    @Test func `a stream begins where it is told and ends where it is told`() async throws {
        try await Shop()
            .serve { (client) async throws in
                for number in 0..<3 { _ = try await client.newCustomer(#"{"email":"c\#(number)@example.com"}"#) }
                let headers: HTTPFields = [.accept: "text/event-stream"]
                let reply = try await client.get("/api/v1/events?from=2&to=4&type=CustomerCreated", headers)
                #expect(reply.headers[.contentType] == "text/event-stream")
                let ids = reply.text.split(separator: "\n").filter { $0.hasPrefix("id: ") }.map { $0.dropFirst(4) }
                #expect(ids == ["2", "3", "4"])
                let resumed = try await client.get(
                    "/api/v1/events?to=4",
                    [.accept: "text/event-stream", .lastEventID: "3"]
                )
                #expect(resumed.text.contains("id: 4\nevent: CustomerCreated\ndata: {\"sequence\":4,"))
                #expect(!resumed.text.contains("id: 3\n"))
                #expect(try await client.get("/api/v1/events?order=desc", headers).problem == "invalid-parameter")
            }
    }

    @Test func `behind a proxy, the last address it was told is recorded, and only where the organization wants that`()
        async throws
    {
        let shop = try await Shop()
        try await Shop(organization: shop.organization, clock: shop.clock, isBehindProxy: true)
            .serve { (client) async throws in
                let via: HTTPFields = [.forwardedFor: "203.0.113.9, 198.51.100.7"]
                let body = #"{"externalId":"one"}"#
                #expect(try await client.post("/api/v1/customers", body, via).status == 201)
                _ = try await client.patch("/api/v1/organization", #"{"recordsOrigin":true}"#)
                let other = #"{"externalId":"two"}"#
                #expect(try await client.post("/api/v1/customers", other, via).status == 201)
                let events = try await client.get("/api/v1/events?type=CustomerCreated")
                #expect(events.json["data"]?.elements.map { $0.text("origin") } == [nil, "198.51.100.7"])
            }
    }
}
