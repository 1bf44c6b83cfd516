@testable import CustomerHTTP
import EventSourcing
import HTTPTypes
import Testing

struct IdempotencyAPITests {
    private let key: HTTPFields = [.idempotencyKey: "key-1"]

    @Test func `a retry is answered as the first time and does nothing`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let body = #"{"email":"a@b.cd","tags":["x"]}"#
                let first = try await client.post("/api/v1/customers", body, key)
                let again = try await client.post("/api/v1/customers", body, [.idempotencyKey: #""key-1""#])
                #expect(again.status == 201)
                #expect(again.json == first.json)
                #expect(try await client.get("/api/v1/customers").json.whole("count") == 1)
            }
    }

    @Test func `the same key with another request is refused`() async throws {
        try await Shop()
            .serve { (client) async throws in
                _ = try await client.post("/api/v1/customers", #"{"email":"a@b.cd"}"#, key)
                let other = try await client.post("/api/v1/customers", #"{"email":"b@b.cd"}"#, key)
                #expect(other.status == 422)
                #expect(other.problem == "idempotency-key-reused")
                #expect(try await client.post("/user", #"{"email":"a@b.cd"}"#, key).problem == "idempotency-key-reused")
            }
    }

    @Test func `keys of different callers do not meet`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let made = try await client.post("/api/v1/api-keys", #"{"name":"other","role":"admin"}"#)
                let other = client.with(secret: try #require(made.json["secret"]?.text))
                #expect(try await client.post("/api/v1/customers", #"{"email":"a@b.cd"}"#, key).status == 201)
                #expect(try await other.post("/api/v1/customers", #"{"email":"b@b.cd"}"#, key).status == 201)
            }
    }

    @Test func `a retry after a restart is still known`() async throws {
        let log = InMemoryEventLog()
        let body = OrdersAPITests.order("1")
        let (path, first) = try await Shop(log: log)
            .serve { (client) async throws in
                let path = "/api/v1/customers/\(try await client.newCustomer())/orders"
                return (path, try await client.post(path, body, key))
            }
        try await Shop(log: log)
            .serve { (client) async throws in
                let again = try await client.post(path, body, key)
                #expect(again.status == 201)
                #expect(again.json == first.json)
            }
    }

    @Test(arguments: ["", "a b", "\"", "\"a", "\"a\"b\"", "\"a\\x\"", "ü"])
    func `what is no key is refused`(_ text: String) async throws {
        #expect(IdempotencyKey(text) == nil)
        #expect(IdempotencyKey(String(repeating: "k", count: 256)) == nil)
    }

    @Test func `a secret is shown once, not to a retry`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let body = #"{"name":"till"}"#
                let first = try await client.post("/api/v1/api-keys", body, key)
                #expect(first.json["secret"]?.text != nil)
                let again = try await client.post("/api/v1/api-keys", body, key)
                #expect(again.json["id"] == first.json["id"])
                #expect(again.json["secret"] == .null)
            }
    }
}
