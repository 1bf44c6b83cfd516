@testable import CustomerHTTP
import CustomerDomain
import CustomerService
import EventSourcing
import HTTPTypes
import TestSupport
import Testing

struct APIKeysAPITests {
    private func newKey(_ client: Client, _ body: String) async throws -> (path: String, client: Client, reply: Reply) {
        let reply = try await client.post("/api/v1/api-keys", body)
        #expect(reply.status == 201, "\(reply.text)")
        let id = try #require(reply.json["id"]?.text)
        return ("/api/v1/api-keys/\(id)", client.with(secret: reply.json["secret"]?.text), reply)
    }

    @Test func `a rotated key has a new secret, and the one before stands for the grace`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let key = try await newKey(client, #"{"name":"desk","permissions":["customers:read"]}"#)
            let rotated = try await client.post(key.path + "/rotate")
            #expect(rotated.status == 200)
            let second = client.with(secret: try #require(rotated.json["secret"]?.text))
            #expect(rotated.json["previousSecretUntil"]?.text == "2025-06-16T15:06:40Z")
            for holder in [key.client, second] {
                #expect(try await holder.get("/api/v1/me").json["actor"] == key.reply.json["id"])
            }
            shop.clock.advance(by: .seconds(86_399))
            #expect(try await key.client.get("/api/v1/customers").status == 200)
            shop.clock.advance(by: .seconds(1))
            #expect(try await key.client.get("/api/v1/customers").status == 401)
            #expect(try await second.get("/api/v1/customers").status == 200)
            #expect(try await client.get(key.path).json["previousSecretUntil"] == .null)
        }
    }

    @Test func `a second rotation ends the first secret at once, and no grace ends both`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let key = try await newKey(client, #"{"name":"desk"}"#)
            let second = try await client.post(key.path + "/rotate", #"{"graceHours":720}"#).json["secret"]?.text
            let third = try await client.post(key.path + "/rotate", #"{"graceHours":1}"#).json["secret"]?.text
            #expect(try await key.client.get("/api/v1/me").status == 401)
            for secret in [second, third] {
                #expect(try await client.with(secret: secret).get("/api/v1/me").status == 200)
            }
            let fourth = try await client.post(key.path + "/rotate", #"{"graceHours":0}"#).json["secret"]?.text
            for secret in [second, third] {
                #expect(try await client.with(secret: secret).get("/api/v1/me").status == 401)
            }
            #expect(try await client.with(secret: fourth).get("/api/v1/me").status == 200)
            #expect(try await client.delete(key.path).status == 204)
            #expect(try await client.with(secret: fourth).get("/api/v1/me").status == 401)
            #expect(try await client.post(key.path + "/rotate").problem == "api-key-not-found")
        }
    }

    @Test func `a retried rotation changes nothing, and tells no secret`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let key = try await newKey(client, #"{"name":"desk"}"#)
                let headers: HTTPFields = [.idempotencyKey: "once"]
                let first = try await client.post(key.path + "/rotate", "{}", headers)
                let again = try await client.post(key.path + "/rotate", "{}", headers)
                #expect(first.json["secret"]?.text != nil)
                #expect(again.json["secret"] == .null)
                #expect(again.json["rotatedAt"] == first.json["rotatedAt"])
                let secret = first.json["secret"]?.text
                #expect(try await client.with(secret: secret).get("/api/v1/me").status == 200)
            }
    }

    @Test func `a key opens nothing once it has expired, and a rotation can give it more time`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let key = try await newKey(client, #"{"name":"term","expiresAt":"2025-06-15T15:07:40Z"}"#)
            #expect(key.reply.json["status"] == "active")
            #expect(try await key.client.get("/api/v1/me").status == 200)
            shop.clock.advance(by: .seconds(60))
            #expect(try await key.client.get("/api/v1/me").status == 401)
            #expect(try await client.get(key.path).json["status"] == "expired")
            let late = #"{"expiresAt":"2025-06-15T15:07:40Z"}"#
            #expect(try await client.post(key.path + "/rotate", late).pointers == ["/expiresAt"])
            let body = #"{"expiresAt":null}"#
            let rotated = try await client.post(key.path + "/rotate", body)
            #expect(rotated.json["expiresAt"] == .null)
            let secret = rotated.json["secret"]?.text
            #expect(try await client.with(secret: secret).get("/api/v1/me").status == 200)
            // The secret before ended with the time that it was given.
            #expect(try await key.client.get("/api/v1/me").status == 401)
        }
    }

    @Test func `the last use is known at once, and in the log once a day`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let key = try await newKey(client, #"{"name":"desk"}"#)
            #expect(key.reply.json["lastUsedOn"] == .null)
            let before = shop.organization.head.appended
            #expect(try await key.client.get("/api/v1/me").status == 200)
            #expect(try await client.get(key.path).json["lastUsedOn"] == "2025-06-15")
            #expect(shop.organization.head.appended == before)
            // Two keys were used: this one, and the admin's.
            #expect(try await shop.organization.recordKeyUses() == 2)
            #expect(try await shop.organization.recordKeyUses() == 0)
            shop.clock.advance(by: .seconds(86_400))
            #expect(try await shop.organization.recordKeyUses() == 0)
            _ = try await key.client.get("/api/v1/me")
            #expect(try await shop.organization.recordKeyUses() == 1)
            #expect(try await client.get(key.path).json["lastUsedOn"] == "2025-06-16")
            let events = try await client.get("/api/v1/events?type=APIKeyUsed&actor=schedule")
            #expect(events.json["data"]?.elements.count == 3)
            // Who was revoked after the use is not recorded, nor tried again and again.
            shop.clock.advance(by: .seconds(86_400))
            _ = try await key.client.get("/api/v1/me")
            _ = try await client.delete(key.path)
            #expect(try await shop.organization.recordKeyUses() == 1)
            #expect(try await shop.organization.recordKeyUses() == 0)
        }
    }

    @Test func `a replay knows all that is known of keys`() async throws {
        let log = InMemoryEventLog()
        let shop = try await Shop(log: log)
        let (keys, secret) = try await shop.serve { (client) async throws in
            let key = try await newKey(client, #"{"name":"desk","permissions":["customers:read"]}"#)
            _ = try await client.post(key.path + "/rotate")
            _ = try await key.client.get("/api/v1/me")
            try await shop.organization.recordKeyUses()
            return (try await client.get("/api/v1/api-keys"), key.client.secret)
        }
        let again = try Organization(name: "default", log: log, now: { shop.clock.now })
        try await Shop(organization: again, clock: shop.clock)
            .serve { (client) async throws in
                #expect(try await client.get("/api/v1/api-keys").text == keys.text)
                #expect(try await client.with(secret: secret).get("/api/v1/customers").status == 200)
            }
    }

    @Test func `who asks is told who it is`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let role = try await client.post("/api/v1/roles", #"{"preset":"analyst"}"#)
                let id = try #require(role.json["id"]?.text)
                let key = try await newKey(client, #"{"name":"x","roleId":"\#(id)","permissions":["notes:read"]}"#)
                let told = try await key.client.get("/api/v1/me").json
                #expect(told["organization"] == "default")
                #expect(told["role"] == "staff")
                #expect(
                    told["permissions"]?.elements.compactMap(\.text)
                        == ["customers:export", "customers:read", "notes:read", "orders:read", "views:manage"]
                )
                #expect(
                    try await client.get("/api/v1/me").json["permissions"]?.elements.count == Permission.allCases.count
                )
            }
    }

    @Test func `a stream of events ends when its key is revoked`() async throws {
        let shop = try await Shop()
        let (path, secret) = try await shop.serve { (client) async throws in
            let key = try await newKey(client, #"{"name":"follower","permissions":["audit:view"]}"#)
            return (key.path, key.client.secret)
        }
        try await shop.serve { (client) async throws in
            async let followed = client.with(secret: secret)
                .get("/api/v1/events?from=1", [.accept: "text/event-stream"])
            _ = try await client.newCustomer()
            #expect(try await client.delete(path).status == 204)
            // The revocation itself wakes the stream, which then looks again.
            #expect(try await followed.status == 200)
        }
    }
}
