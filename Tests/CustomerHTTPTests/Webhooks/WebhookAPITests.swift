@testable import CustomerHTTP
import CustomerDomain
import CustomerService
import HTTPTypes
import LogStorage
import TestSupport
import Testing

/// Webhooks over HTTP, of an organization in files; nothing is sent anywhere.
@Suite struct WebhookAPITests {
    @Test func `an endpoint is made, seen, changed, stopped and removed`() async throws {
        try await serve { client in
            let body =
                #"{"url":"http://10.0.0.1:9/hooks","description":"shop","eventTypes":["OrderPlaced","CustomerCreated","OrderPlaced"]}"#
            let created = try await client.post("/api/v1/webhooks", body)
            #expect(created.status == 201)
            let id = try #require(created.json["id"]?.text)
            let secret = try #require(created.json["secret"]?.text)
            #expect(secret.hasPrefix("whsec_") && WebhookSecret(secret) != nil)
            #expect(created.headers[.location] == "/api/v1/webhooks/\(id)")
            let seen = try await client.get("/api/v1/webhooks/\(id)")
            #expect(seen.json["eventTypes"] == ["CustomerCreated", "OrderPlaced"] && !seen.text.contains("whsec_"))
            let list = try await client.get("/api/v1/webhooks")
            #expect(list.json["count"]?.whole == 1 && !list.text.contains("whsec_"))
            let stopped = try await client.patch("/api/v1/webhooks/\(id)", #"{"disabled":true,"description":"none"}"#)
            #expect(stopped.json["disabledReason"]?.text == "manual" && stopped.json["description"]?.text == "none")
            let again = try await client.patch("/api/v1/webhooks/\(id)", #"{"disabled":false}"#)
            #expect(again.json["disabled"]?.flag == false && again.json["description"]?.text == "none")
            let rotated = try await client.post("/api/v1/webhooks/\(id)/secret")
            #expect(rotated.json["secret"]?.text != secret && rotated.json["secret"]?.text?.hasPrefix("whsec_") == true)
            let events = try await client.get(
                "/api/v1/events?type=WebhookCreated&type=WebhookSecretRotated&type=WebhookChanged"
            )
            #expect(events.json["data"]?.elements.count == 4 && !events.text.contains("whsec_"))
            #expect(try await client.delete("/api/v1/webhooks/\(id)").status == 204)
            #expect(try await client.get("/api/v1/webhooks/\(id)").problem == "webhook-not-found")
        }
    }

    @Test func `a retry with the same key tells the same secret`() async throws {
        try await serve { client in
            let body = #"{"url":"https://10.0.0.1/"}"#
            let first = try await client.post("/api/v1/webhooks", body, [.idempotencyKey: "k1"])
            let second = try await client.post("/api/v1/webhooks", body, [.idempotencyKey: "k1"])
            #expect(first.json["secret"]?.text != nil && first.json == second.json)
            #expect(try await client.get("/api/v1/webhooks").json["count"]?.whole == 1)
        }
    }

    @Test func `what is sent is listed and asked for again`() async throws {
        try await serve { client in
            let created = try await client.post("/api/v1/webhooks", #"{"url":"https://10.0.0.1/"}"#)
            let path = "/api/v1/webhooks/\(try #require(created.json["id"]?.text))"
            #expect(try await client.get(path + "/deliveries").json["count"]?.whole == 0)
            #expect(try await client.get(path + "/deliveries?status=failed&limit=5&offset=1").status == 200)
            let nothing = WebhookMessageID(high: 1, low: 2)
            #expect(
                try await client.post(path + "/deliveries/\(nothing)/replay").problem == "webhook-message-not-found"
            )
            #expect(try await client.post(path + "/replay", #"{"from":1}"#).status == 202)
            #expect(try await client.post(path + "/replay", #"{"failedOnly":true}"#).status == 202)
            #expect(try await client.post(path + "/replay", #"{"from":3,"to":2}"#).pointers == ["/to"])
            #expect(try await client.post(path + "/replay", "{}").pointers == ["/from"])
            #expect(
                try await client.post(path + "/replay", #"{"failedOnly":true,"from":1}"#).pointers == ["/failedOnly"]
            )
            let test = try await client.post(path + "/test")
            #expect(test.json["failure"]?.text == "connection" && test.json["delivered"]?.flag == false)
        }
    }

    @Test(arguments: [
        #"{"url":"https://user@shop.example/"}"#, #"{"url":"shop.example"}"#,
        #"{"url":"https://10.0.0.1/","eventTypes":["Nothing"]}"#,
        #"{"description":"none"}"#,
    ])
    func `what cannot be taken names its field`(body: String) async throws {
        try await serve { client in
            let answer = try await client.post("/api/v1/webhooks", body)
            #expect(answer.status == 422 && !answer.pointers.isEmpty, "\(answer.text)")
        }
    }

    @Test func `there are twenty`() async throws {
        try await serve { client in
            for index in 0..<Limits.webhooks {
                let answer = try await client.post("/api/v1/webhooks", #"{"url":"https://10.0.0.1/\#(index)"}"#)
                #expect(answer.status == 201)
            }
            let answer = try await client.post("/api/v1/webhooks", #"{"url":"https://10.0.0.1/"}"#)
            #expect(answer.problem == "limit-reached")
        }
    }

    @Test func `a message has type, timestamp and the event, and a large one is thin`() async throws {
        try await serve { client, organization in
            let id = try await client.newCustomer()
            let event = try #require(try organization.events(matching: EventFilter(), limit: 10).events.last)
            let whole = try JSONParser.parse(WebhookPayload.bytes(event, organization, isThin: false))
            #expect(whole["type"] == "CustomerCreated" && whole["timestamp"]?.text != nil)
            #expect(
                whole["data"]?["customerId"]?.text == id && whole["data"]?["data"]?["email"]?.text == "jane@example.com"
            )
            let thin = try JSONParser.parse(WebhookPayload.bytes(event, organization, isThin: true))
            #expect(thin["data"]?["data"] == .object([]) && thin["isThin"] == true)
            let link = try #require(thin["link"]?.text)
            #expect(try await client.get(link).json["data"]?.elements.count == 1)
        }
    }

    private func serve(_ body: @escaping @Sendable (Client) async throws -> Void) async throws {
        try await serve { client, _ in try await body(client) }
    }

    private func serve(_ body: @escaping @Sendable (Client, Organization) async throws -> Void) async throws {
        try await withTemporaryDirectory { path in
            let data = try DataDirectory.open(path, program: "test")
            defer { data.close() }
            let organization = try Organization.open(in: data)
            defer { organization.close() }
            _ = try await organization.createFirstAdminKey(secret: Secret(Shop.adminSecret))
            let post = WebhookPost(
                addressGuard: WebhookGuard(allowsPrivate: true),
                sender: nil,
                compose: { _, _, _ in [] }
            )
            organization.setWebhookPost(post)
            try await Shop(organization: organization)
                .serve { client in
                    try await body(client, organization)
                }
        }
    }
}
