@testable import CustomerHTTP
import HTTPTypes
import Testing

struct CustomersAPITests {
    @Test func `a customer is created with everything at once`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let group = try #require(try await client.post("/api/v1/groups", #"{"name":"VIP"}"#).json["id"]?.text)
                let body = """
                    {"email":"Jane@Example.com","firstName":"Jane","lastName":"Doe","phone":"+1 (555) 123-4567",
                     "birthDate":"1990-02-28","externalId":"S-1","source":"web","tags":["a","b"],"metadata":{"k":"v"},
                     "addresses":[{"address1":"1 Road","province":"OR","country":"United States"}],"groups":["\(group)"],
                     "occurredAt":"2024-03-10T09:00:00+01:00"}
                    """
                let reply = try await client.post("/api/v1/customers", body)
                #expect(reply.status == 201)
                let id = try #require(reply.json["id"]?.text)
                #expect(reply.headers[.location] == "/api/v1/customers/\(id)")
                let version = try #require(reply.json.whole("version"))
                #expect(reply.headers[.eTag] == "\"\(version)\"")
                #expect(reply.json["createdAt"] == "2024-03-10T08:00:00Z")
                #expect(reply.json["birthDate"] == "1990-02-28")
                #expect(reply.json["groups"]?.elements.first?["name"] == "VIP")
                let address = try #require(reply.json["addresses"]?.elements.first)
                #expect(address["line1"] == "1 Road")
                #expect(address["state"] == "OR")
                #expect(address["country"] == "US")
                #expect(reply.json["warnings"]?.elements == [])
                let shown = try await client.get("/api/v1/customers/\(id)").json
                #expect(shown.members == reply.json.members.filter { $0.key != "warnings" })
            }
    }

    @Test func `a customer is created with consents and a wish to be welcomed`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let path = "/api/v1/customers"
                let body = #"""
                    {"email":"jane@e.de","accountType":"guest","sendWelcomeEmail":true,
                     "consents":[{"kind":"sms","state":"granted","evidence":"form 7"},
                                 {"kind":"cookies","state":"withdrawn"}]}
                    """#
                let reply = try await client.post(path, body, [.idempotencyKey: "k1"])
                #expect(reply.status == 201)
                let states = reply.json["consents"]?.elements.compactMap { $0["state"]?.text }
                #expect(states?.contains("granted") == true && states?.contains("withdrawn") == true)
                let id = try #require(reply.json["id"]?.text)
                let events = try await client.get("/api/v1/events?customer=\(id)").json["data"]?.elements
                #expect(
                    events?.compactMap { $0["type"]?.text } == [
                        "CustomerCreated", "ConsentChanged", "ConsentChanged", "WelcomeRequested",
                    ]
                )
                #expect(try await client.post(path, body, [.idempotencyKey: "k1"]).json["id"]?.text == id)
                let unreachable = #"{"phone":"+1 555 0100","sendWelcomeEmail":true}"#
                #expect(try await client.post(path, unreachable).pointers == ["/sendWelcomeEmail"])
                let twice =
                    #"{"email":"b@e.de","consents":[{"kind":"sms","state":"granted"},{"kind":"sms","state":"granted"}]}"#
                #expect(try await client.post(path, twice).pointers == ["/consents/1/kind"])
            }
    }

    @Test func `who is likely there already is found before, and warned of after`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let path = "/api/v1/customers"
                let address = #""addresses":[{"line1":"1 Road","postalCode":"SW1A 1AA","country":"GB"}]"#
                let old = try await client.newCustomer(
                    #"{"email":"Jane@e.de","firstName":"Zoë","lastName":"Doe","phone":"+1 (555) 123-4567",\#(address)}"#
                )
                let guest = try await client.newCustomer(#"{"email":"jane@e.de","accountType":"guest"}"#)
                _ = try await client.newCustomer(#"{"email":"x@e.de","phone":"+1 555 123-45678"}"#)
                let both = try await client.get("\(path)/lookup?email=JANE@E.DE&phone=15551234567").json
                #expect(both.whole("count") == 2)
                let found = both["registered"]?.elements ?? []
                #expect(found.map { $0["customer"]?["id"]?.text } == [old])
                #expect(found.first?.texts("matches") == ["email", "phone"])
                #expect(both["guests"]?.elements.map { $0["customer"]?["id"]?.text } == [guest])
                #expect(try await client.get("\(path)/lookup?email=nobody@e.de").json.whole("count") == 0)
                #expect(try await client.get("\(path)/lookup").status == 400)
                #expect(try await client.get("\(path)/lookup?email=nobody").status == 400)

                let body =
                    #"{"email":"new@e.de","firstName":"ZOE","lastName":"doe","phone":"1-555-123-4567",\#(address)}"#
                let created = try await client.post(path, body)
                #expect(created.status == 201)
                let warnings = created.json["warnings"]?.elements ?? []
                #expect(warnings.map { $0["customerId"]?.text } == [old])
                #expect(warnings.first?.texts("reasons") == ["phone", "name_and_postal_code"])
                #expect(warnings.first?.whole("score") == 88)
                let recorded = try await client.patch("/api/v1/organization", #"{"recordedReads":["profile"]}"#)
                #expect(recorded.status == 200)
                _ = try await client.get("\(path)/lookup?email=jane@e.de")
                let reads = try await client.get("/api/v1/events?type=PersonalDataRead").json["data"]?.elements
                #expect(reads?.count == 1)
            }
    }

    @Test func `all fields at fault are named at once`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let body =
                    #"{"email":"nobody","phone":"12","birthDate":"1990-02-30","tags":["a",1],"nickname":"J","metadata":{"k":1}}"#
                let reply = try await client.post("/api/v1/customers", body)
                #expect(reply.status == 422)
                #expect(reply.problem == "invalid-fields")
                #expect(
                    Set(reply.pointers) == ["/email", "/phone", "/birthDate", "/tags/1", "/nickname", "/metadata/k"]
                )
                #expect(try await client.get("/api/v1/customers").json.whole("count") == 0)
            }
    }

    @Test func `nobody without a name or contact`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let empty = try await client.post("/api/v1/customers", "{}")
                #expect(empty.pointers == [""])
                let nameless = try await client.post("/api/v1/customers", #"{"tags":["a"]}"#)
                #expect(nameless.status == 422)
            }
    }

    @Test func `an e-mail address is taken once, whatever its case, and once more by a guest`() async throws {
        try await Shop()
            .serve { (client) async throws in
                _ = try await client.newCustomer()
                let again = try await client.post("/api/v1/customers", #"{"email":"JANE@example.com"}"#)
                #expect(again.status == 409)
                #expect(again.problem == "email-taken")
                #expect(again.pointers == ["/email"])
                let guest = #"{"email":"jane@example.com","accountType":"guest"}"#
                #expect(try await client.post("/api/v1/customers", guest).status == 201)
            }
    }

    @Test func `a customer has a role of its own, which is nobody's permission`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let buyer = try await client.newCustomer(
                    #"{"email":"a@e.de","customerRole":"Buyer","accountType":"guest"}"#
                )
                let other = try await client.newCustomer(#"{"email":"b@e.de","customerRole":"approver"}"#)
                _ = try await client.newCustomer(#"{"email":"c@e.de"}"#)
                let path = "/api/v1/customers"
                func ids(_ query: String) async throws -> [String] {
                    try await client.get("\(path)?sort=createdAt&\(query)").json["data"]?.elements
                        .compactMap { $0["id"]?.text } ?? []
                }
                #expect(try await ids("customerRole=buyer") == [buyer])
                #expect(try await ids("customerRole=buyer&customerRole=APPROVER") == [buyer, other])
                #expect(try await ids("customerRole=admin") == [])
                #expect(try await client.get("\(path)/\(buyer)").json["customerRole"] == "Buyer")
                let changed = try await client.patch("\(path)/\(buyer)", #"{"customerRole":null}"#)
                #expect(changed.json["customerRole"] == .null)
                #expect(try await ids("customerRole=buyer") == [])
                let merged = try await client.post("\(path)/\(buyer)/merge", #"{"from":"\#(other)"}"#)
                #expect(merged.status == 200)
                #expect(try await ids("customerRole=approver") == [buyer])
                #expect(try await client.delete("\(path)/\(buyer)").status == 204)
                #expect(try await ids("customerRole=approver") == [])
                let long = #"{"email":"d@e.de","customerRole":"\#(String(repeating: "x", count: 101))"}"#
                #expect(try await client.post(path, long).pointers == ["/customerRole"])
            }
    }

    @Test func `a merge patch keeps what is absent and removes what is null`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer(
                    #"{"email":"j@e.de","firstName":"J","metadata":{"a":"1","b":"2"}}"#
                )
                let patch = #"{"firstName":null,"lastName":"Doe","metadata":{"a":null,"c":"3"},"tags":["x"]}"#
                let reply = try await client.patch(
                    "/api/v1/customers/\(id)",
                    patch,
                    [.contentType: "application/merge-patch+json"]
                )
                #expect(reply.status == 200)
                #expect(reply.json["firstName"] == .null)
                #expect(reply.json["lastName"] == "Doe")
                #expect(reply.json["email"] == "j@e.de")
                #expect(reply.json.map("metadata") == ["b": "2", "c": "3"])
                let cleared = try await client.patch("/api/v1/customers/\(id)", #"{"metadata":null,"tags":null}"#)
                #expect(cleared.json.map("metadata") == [:])
                #expect(cleared.json.texts("tags") == [])
            }
    }

    @Test func `a change can be made conditional, and an answer too`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)"
                let tag = try #require(try await client.get(path).headers[.eTag])
                #expect(try await client.get(path, [.ifNoneMatch: tag]).status == 304)
                #expect(try await client.get(path, [.ifNoneMatch: "\"99\""]).status == 200)
                #expect(try await client.patch(path, #"{"firstName":"A"}"#, [.ifMatch: tag]).status == 200)
                let stale = try await client.patch(path, #"{"firstName":"B"}"#, [.ifMatch: tag])
                #expect(stale.status == 412)
                #expect(stale.problem == "version-mismatch")
                let current = try #require(try await client.get(path).headers[.eTag])
                #expect(try await client.patch(path, #"{"firstName":"C"}"#, [.ifMatch: "W/\(current)"]).status == 412)
                #expect(
                    try await client.patch(path, #"{"firstName":"D"}"#, [.ifMatch: "\"7\", \(current)"]).status == 200
                )
                #expect(try await client.patch(path, #"{"firstName":"E"}"#, [.ifMatch: "*"]).status == 200)
                #expect(try await client.patch(path, #"{"firstName":"F"}"#, [.ifMatch: "7"]).status == 400)
                #expect(try await client.get(path).json["firstName"] == "E")
            }
    }

    @Test func `a disabled customer neither logs in nor orders, and comes back`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)"
                #expect(try await client.post(path + "/login").json["lastLoginAt"] != .null)
                #expect(try await client.post(path + "/disable", #"{"reason":"Fraud"}"#).json["status"] == "disabled")
                #expect(try await client.post(path + "/login").problem == "customer-disabled")
                #expect(
                    try await client.post(path + "/orders", OrdersAPITests.order("1")).problem == "customer-disabled"
                )
                #expect(try await client.post(path + "/enable").json["status"] == "active")
                #expect(try await client.patch(path, #"{"status":"disabled"}"#).json["status"] == "disabled")
            }
    }

    @Test func `a guest can be claimed once`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer(#"{"email":"g@e.de","accountType":"guest"}"#)
                #expect(try await client.post("/api/v1/customers/\(id)/claim").problem == "contact-unverified")
                let claimed = try await client.post("/api/v1/customers/\(id)/claim", #"{"verified":true}"#)
                #expect(claimed.json["accountType"] == "registered")
                #expect(claimed.json["emailVerifiedAt"]?.isNull == false)
                #expect(try await client.post("/api/v1/customers/\(id)/claim").problem == "not-a-guest")
            }
    }

    @Test func `a merged customer points to who answers for it`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let one = try await client.newCustomer(#"{"email":"one@e.de"}"#)
                let two = try await client.newCustomer(#"{"email":"two@e.de"}"#)
                _ = try await client.post("/api/v1/customers/\(two)/orders", OrdersAPITests.order("T-1"))
                let merged = try await client.post("/api/v1/customers/\(one)/merge", #"{"from":"\#(two)"}"#)
                #expect(merged.json.whole("orderCount") == 1)
                let moved = try await client.get("/api/v1/customers/\(two)/orders?limit=5")
                #expect(moved.status == 308)
                #expect(moved.headers[.location] == "/api/v1/customers/\(one)/orders?limit=5")
                #expect(
                    try await client.patch("/api/v1/customers/\(two)", #"{"firstName":"X"}"#).problem
                        == "customer-merged"
                )
                let itself = try await client.post("/api/v1/customers/\(one)/merge", #"{"from":"\#(one)"}"#)
                #expect(itself.problem == "merge-with-itself")
            }
    }

    @Test func `an erased customer is gone from every answer, and the orders stay`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)"
                _ = try await client.post(path + "/notes", #"{"text":"Prefers mornings"}"#)
                _ = try await client.post(path + "/orders", OrdersAPITests.order("E-1"))
                #expect(try await client.delete(path).status == 204)
                for below in ["", "/addresses", "/tags", "/notes", "/orders", "/timeline", "/loyalty"] {
                    #expect(try await client.get(path + below).problem == "customer-erased", "\(below)")
                }
                let order = try await client.get("/api/v1/orders/E-1")
                #expect(order.status == 200)
                #expect(order.json["customerId"] == .null)
                #expect(order.json["shippingAddress"] == .null)
                #expect(try await client.get("/api/v1/customers?q=jane").json.whole("count") == 0)
            }
    }

    @Test func `an unknown customer is not found`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let unknown = "/api/v1/customers/cust_01h455vb4pex5vsknk084sn02q"
                #expect(try await client.get(unknown).problem == "customer-not-found")
                #expect(try await client.patch(unknown, #"{"firstName":"X"}"#).problem == "customer-not-found")
                #expect(try await client.get("/api/v1/customers/42").problem == "not-found")
            }
    }
}
