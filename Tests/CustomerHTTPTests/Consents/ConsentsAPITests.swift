@testable import CustomerHTTP
import CustomerDomain
import HTTPTypes
import Testing

struct ConsentsAPITests {
    @Test func `nobody was asked for anything at first`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let all = try await client.get("/api/v1/customers/\(id)/consents")
                let data = all.json["data"]?.elements ?? []
                #expect(
                    data.map { $0["kind"]?.text } == ["marketing_email", "sms", "data_processing", "cookies"]
                )
                #expect(data.allSatisfy { $0["state"]?.text == "not_asked" && $0["updatedAt"]?.isNull == true })
                #expect(data.map { $0["channel"]?.text } == ["email", "sms", nil, nil])
            }
    }

    @Test func `what is said shows at once, in the customer, in the list and in the ledger`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)/consents"
                let granted = try await client.patch(
                    path,
                    #"""
                    {"consents":[{"kind":"marketing_email","state":"granted","optInLevel":"confirmed","source":"footer",
                    "wording":"2026-03","evidence":"192.0.2.1"},{"kind":"sms","state":"pending"}]}
                    """#
                )
                #expect(granted.status == 200)
                #expect(granted.headers[.eTag] == "\"3\"")
                let email = try #require(granted.json["data"]?.elements.first)
                #expect(email["state"]?.text == "granted")
                #expect(email["optInLevel"]?.text == "confirmed")
                #expect(email["source"]?.text == "footer")
                #expect(email["wording"]?.text == "2026-03")
                #expect(email["evidence"] == nil)
                let withGrant = "/api/v1/customers?consent=marketing_email:granted&consent=cookies:not_asked"
                #expect(try await client.get(withGrant).json["count"]?.whole == 1)
                let withdrawn = #"{"consents":[{"kind":"marketing_email","state":"withdrawn","reason":"Too many"}]}"#
                #expect(try await client.patch(path, withdrawn).status == 200)
                #expect(try await client.get(withGrant).json["count"]?.whole == 0)
                let customer = try await client.get("/api/v1/customers/\(id)").json["consents"]?.elements ?? []
                #expect(customer.map { $0["state"]?.text } == ["withdrawn", "pending", "not_asked", "not_asked"])

                let history = try await client.get("\(path)/history?limit=2")
                let lines = history.json["data"]?.elements ?? []
                #expect(lines.map { $0["state"]?.text } == ["withdrawn", "pending"])
                #expect(lines.first?["reason"]?.text == "Too many")
                #expect(history.json["count"]?.whole == 3)
                let cursor = try #require(history.json["nextCursor"]?.text)
                let rest = try await client.get("\(path)/history?limit=2&cursor=\(cursor)")
                #expect(rest.json["data"]?.elements.first?["evidence"]?.text == "192.0.2.1")
                #expect(rest.json["hasMore"]?.flag == false)
            }
    }

    @Test func `an older word that arrives late is in the ledger alone`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)/consents"
                _ = try await client.patch(path, #"{"consents":[{"kind":"sms","state":"withdrawn"}]}"#)
                let late = try await client.patch(
                    path,
                    #"{"consents":[{"kind":"sms","state":"granted"}],"occurredAt":"2001-02-03T04:05:06Z"}"#
                )
                #expect(late.json["data"]?.elements[1]["state"]?.text == "withdrawn")
                let history = try await client.get("\(path)/history").json["data"]?.elements
                #expect(history?.first?["occurredAt"]?.text == "2001-02-03T04:05:06Z")
            }
    }

    @Test func `only what can be said is taken`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)/consents"
                for state in ["not_asked", "unsubscribed", ""] {
                    let body = #"{"consents":[{"kind":"sms","state":"\#(state)"}]}"#
                    #expect(try await client.patch(path, body).pointers == ["/consents/0/state"])
                }
                #expect(try await client.patch(path, #"{"consents":[]}"#).status == 422)
                let twice = #"{"consents":[{"kind":"sms","state":"granted"},{"kind":"sms","state":"withdrawn"}]}"#
                #expect(try await client.patch(path, twice).pointers == ["/consents/1/kind"])
                let old = try await client.patch(
                    path,
                    #"{"consents":[{"kind":"sms","state":"granted"}]}"#,
                    [.ifMatch: "\"9\""]
                )
                #expect(old.status == 412)
            }
    }
}
