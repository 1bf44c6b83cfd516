@testable import CustomerHTTP
import CustomerDomain
import CustomerService
import HTTPTypes
import Testing

struct AuthenticationAPITests {
    @Test func `a key with one permission opens what needs it and nothing else`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let body = #"{"name":"reader","permissions":["customers:read"]}"#
            let created = try await client.post("/api/v1/api-keys", body)
            let reader = client.with(secret: try #require(created.json["secret"]?.text))
            #expect(try await reader.get("/api/v1/customers").status == 200)
            #expect(try await reader.get("/api/v1/orders").status == 403)
            #expect(try await reader.post("/api/v1/customers", #"{"email":"a@b.cd"}"#).status == 403)
        }
    }

    @Test func `a revoked key opens nothing, and the last admin key stays`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let created = try await client.post("/api/v1/api-keys", #"{"name":"second","role":"admin"}"#)
            let id = try #require(created.json["id"]?.text)
            let second = client.with(secret: try #require(created.json["secret"]?.text))
            #expect(try await second.get("/api/v1/customers").status == 200)
            let keys = try await client.get("/api/v1/api-keys")
            #expect(keys.json["data"]?.elements.count == 2)
            #expect(!keys.text.contains("secret"))
            #expect(try await client.delete("/api/v1/api-keys/\(id)").status == 204)
            #expect(try await second.get("/api/v1/customers").status == 401)
            let last = try #require(keys.json["data"]?.elements.first?["id"]?.text)
            #expect(try await client.delete("/api/v1/api-keys/\(last)").problem == "last-admin-key")
        }
    }
}
