@testable import CustomerHTTP
import HTTPTypes
import Testing

struct TimelineAPITests {
    @Test func `the history is told newest first, in pages, with who and why`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)"
                _ = try await client.post(path + "/tags", #"{"tags":["vip"]}"#, [.requestID: "my-request"])
                _ = try await client.post(path + "/notes", #"{"text":"secret"}"#)
                _ = try await client.post(path + "/orders", OrdersAPITests.order("T"))
                let whole = try await client.get(path + "/timeline")
                let types = ["OrderPlaced", "NoteAdded", "CustomerTagged", "CustomerCreated"]
                #expect(whole.json["data"]?.elements.compactMap { $0["type"]?.text } == types)
                #expect(whole.json["data"]?.elements[2]["requestId"] == "my-request")
                #expect(whole.json["data"]?.elements[2]["data"]?.texts("tags") == ["vip"])
                var seen: [String] = []
                var target = path + "/timeline?limit=3"
                while true {
                    let page = try await client.get(target)
                    seen += (page.json["data"]?.elements ?? []).compactMap { $0["type"]?.text }
                    guard let cursor = page.json["nextCursor"]?.text else { break }
                    target = path + "/timeline?limit=3&cursor=\(cursor)"
                }
                #expect(seen == types)
            }
    }

    @Test func `notes and orders are told only to those who may read them`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)"
                _ = try await client.post(path + "/notes", #"{"text":"secret"}"#)
                let key = try await client.post("/api/v1/api-keys", #"{"name":"r","permissions":["customers:read"]}"#)
                let reader = client.with(secret: try #require(key.json["secret"]?.text))
                let reply = try await reader.get(path + "/timeline")
                #expect(reply.status == 200)
                #expect(!reply.text.contains("secret"))
            }
    }
}
