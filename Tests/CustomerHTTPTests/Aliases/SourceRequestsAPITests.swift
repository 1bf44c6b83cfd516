@testable import CustomerHTTP
import Testing

/// Every request of the documents that we are compatible with: as they write it, but for host, key and identifiers.
struct SourceRequestsAPITests {
    private static let jane = """
        {
        "email": "jane@example.com",
        "firstName": "Jane",
        "lastName": "Doe",
        "phone": "+1-555-0123",
        "tags": ["referral"],
        "metadata": {
        "source": "partner-campaign"
        }
        }
        """

    private func keys(_ json: JSONValue?) -> [String] { (json?.members ?? []).map(\.key) }

    @Test func `a user is created with five fields`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let reply = try await client.post("/user", Self.jane)
                #expect(reply.status == 201)
                #expect(keys(reply.json) == ["id", "email", "firstName", "lastName", "createdAt"])
                #expect(reply.json["createdAt"]?.text == "2025-06-15T15:06:40Z")
            }
    }

    @Test func `users are listed with a count and seven fields each`() async throws {
        try await Shop()
            .serve { (client) async throws in
                _ = try await client.post("/user", Self.jane.replacing("referral", with: "vip"))
                let reply = try await client.get("/user?display=20&sort=createdAt:desc&tag=vip")
                #expect(reply.status == 200)
                #expect(keys(reply.json) == ["count", "models"])
                #expect(reply.json.whole("count") == 1)
                let fields = ["id", "email", "firstName", "lastName", "orderCount", "totalSpent", "createdAt"]
                #expect(keys(reply.json["models"]?.elements.first) == fields)
                #expect(try await client.get("/user?tag=nobody").json.whole("count") == 0)
                #expect(try await client.get("/user?page=1&q=jane&since=2024-01-01").json.whole("count") == 1)
                #expect(try await client.get("/user?sort=totalSpent:desc&display=101").status == 400)
            }
    }

    @Test func `a user is shown in full`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try #require(try await client.post("/user", Self.jane).json["id"]?.text)
                let address =
                    #"{"label":"Home","line1":"456 Oak Ave","city":"Portland","state":"OR","postalCode":"97201","country":"US"}"#
                let added = try await client.post("/user/\(id)/address", address)
                #expect(added.status == 201)
                let reply = try await client.get("/user/\(id)")
                #expect(reply.status == 200)
                let fields = [
                    "id", "email", "firstName", "lastName", "phone", "metadata", "addresses", "orderCount",
                    "totalSpent",
                    "tags", "createdAt", "updatedAt",
                ]
                #expect(keys(reply.json) == fields)
                let addressFields = ["id", "label", "line1", "city", "state", "postalCode", "country", "isDefault"]
                #expect(keys(reply.json["addresses"]?.elements.first) == addressFields)
                let addressID = try #require(added.json["id"]?.text)
                #expect(try await client.delete("/user/\(id)/address/\(addressID)").status == 204)
                #expect(try await client.get("/user/\(id)").json["addresses"]?.elements == [])
            }
    }

    @Test func `a put keeps what is absent and replaces tags and metadata whole`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try #require(try await client.post("/user", Self.jane).json["id"]?.text)
                let body = """
                    {
                    "firstName": "Janet",
                    "tags": ["vip", "referral"],
                    "metadata": {
                    "segment": "vip",
                    "source": "partner-campaign"
                    }
                    }
                    """
                let reply = try await client.put("/user/\(id)", body)
                #expect(reply.status == 200)
                #expect(reply.json["firstName"] == "Janet")
                #expect(reply.json["lastName"] == "Doe")
                #expect(Set(reply.json.texts("tags")) == ["vip", "referral"])
                #expect(reply.json.map("metadata") == ["segment": "vip", "source": "partner-campaign"])
            }
    }

    @Test func `active is a view of the status`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try #require(try await client.post("/user", Self.jane).json["id"]?.text)
                #expect(try await client.put("/user/\(id)", #"{"active": false}"#).status == 200)
                #expect(try await client.get("/api/v1/customers/\(id)").json["status"] == "disabled")
                #expect(try await client.put("/api/customers/\(id)", #"{"active": true}"#).json["status"] == "active")
            }
    }

    @Test func `tags are added and stay`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try #require(try await client.post("/user", Self.jane).json["id"]?.text)
                let reply = try await client.post("/user/\(id)/tag", #"{"tags": ["wholesale", "vip"]}"#)
                #expect(reply.status == 200)
                #expect(reply.json.texts("tags") == ["referral", "wholesale", "vip"])
            }
    }

    @Test func `a delete has no body and is for good`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try #require(try await client.post("/user", Self.jane).json["id"]?.text)
                let reply = try await client.delete("/user/\(id)")
                #expect(reply.status == 204)
                #expect(reply.bytes == [])
                #expect(try await client.get("/user/\(id)").status == 410)
                #expect(try await client.get("/user").json.whole("count") == 0)
            }
    }

    @Test func `a shop reads, changes, adds an order and points`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try #require(try await client.post("/user", Self.jane).json["id"]?.text)
                #expect(try await client.get("/api/customers/\(id)").json["email"] == "jane@example.com")
                #expect(
                    try await client.put("/api/customers/\(id)", #"{"lastName":"Smith"}"#).json["lastName"] == "Smith"
                )
                let order =
                    #"{"number":"1001","currency":"USD","items":[{"sku":"A","name":"Apple","quantity":2,"unitPrice":1250}]}"#
                #expect(try await client.post("/api/customers/\(id)/orders", order).status == 201)
                let missing = try await client.post("/api/customers/\(id)/points", #"{"points":50,"reason":"Sorry"}"#)
                #expect(missing.json["detail"] == "Customer does not have a loyalty account.")
                #expect(try await client.put("/api/v1/loyalty/program", "{}").status == 200)
                #expect(try await client.post("/api/v1/customers/\(id)/loyalty").status == 201)
                let added = try await client.post("/api/customers/\(id)/points", #"{"points":50,"reason":"Sorry"}"#)
                #expect(added.status == 200)
                #expect(added.json["message"] == "Successfully added 50 points. New balance: 50 points.")
                #expect(added.json.whole("balance") == 50)
                let user = try await client.get("/user/\(id)").json
                #expect(user.whole("orderCount") == 1)
                #expect(user.whole("totalSpent") == 2_500)
            }
    }
}
