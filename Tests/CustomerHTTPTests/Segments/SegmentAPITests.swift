@testable import CustomerHTTP
import CustomerService
import EventSourcing
import HTTPTypes
import TestSupport
import Testing

struct SegmentAPITests {
    private static let where1 = "/api/v1/customers?where=" + percentEncoded("customer_tags CONTAINS 'gift'")

    private func shop(_ client: Client) async throws -> (gift: String, other: String) {
        let gift = try await client.newCustomer(#"{"email":"one@e.de","tags":["gift"],"birthDate":"1990-05-05"}"#)
        let other = try await client.newCustomer(#"{"email":"two@a.org"}"#)
        return (gift, other)
    }

    @Test func `a segment is defined, read, listed, changed, filtered by and removed`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let (gift, other) = try await shop(client)
                let body = #"{"key":"gifts","name":"Gifts","query":"customer_tags CONTAINS 'gift'"}"#
                let made = try await client.post("/api/v1/segments", body)
                #expect(made.status == 201)
                #expect(made.json.whole("memberCount") == 1)
                #expect(made.json["recordedCount"]?.isNull == true)
                let id = try #require(made.json["id"]?.text)
                #expect(made.headers[.location] == "/api/v1/segments/\(id)")
                #expect(try await client.post("/api/v1/segments", body).problem == "segment-key-taken")
                let sameName = #"{"name":"GIFTS","query":"source = 'web'"}"#
                #expect(try await client.post("/api/v1/segments", sameName).problem == "segment-name-taken")
                for name in [id, "gifts", "GIFTS"] {
                    #expect(try await client.get("/api/v1/segments/\(name)").json["id"]?.text == id)
                    let list = try await client.get("/api/v1/customers?segment=\(name)")
                    #expect(list.json.whole("count") == 1)
                }
                let members = try await client.get("/api/v1/segments/gifts/members?sort=email&limit=5")
                #expect(members.json["data"]?.elements.first?["id"]?.text == gift)
                #expect(try await client.get("/api/v1/customers/\(gift)/segments").json["data"]?.elements.count == 1)
                #expect(
                    try await client.get("/api/v1/customers/\(other)/segments").json["data"]?.elements.isEmpty == true
                )
                let changed = try await client.patch(
                    "/api/v1/segments/gifts",
                    #"{"query":"NOT (customer_tags CONTAINS 'gift')"}"#
                )
                #expect(changed.json.whole("memberCount") == 1)
                #expect(try await client.get("/api/v1/segments").json.whole("count") == 1)
                #expect(try await client.delete("/api/v1/segments/gifts").status == 204)
                #expect(try await client.get("/api/v1/segments/\(id)").problem == "segment-not-found")
                #expect(try await client.get("/api/v1/customers?segment=\(id)").problem == "invalid-parameter")
                #expect(try await client.post("/api/v1/segments", body).status == 201)
            }
    }

    @Test func `where filters the list, and what is wrong with it is told with its place`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let (gift, _) = try await shop(client)
                let found = try await client.get(Self.where1)
                #expect(found.json.whole("count") == 1)
                #expect(found.json["data"]?.elements.first?["id"]?.text == gift)
                let text = percentEncoded("amount_spend > 1 AND sourc = 'web'")
                let wrong = try await client.get("/api/v1/customers?where=\(text)")
                #expect(wrong.status == 400)
                let errors = try #require(wrong.json["errors"]?.elements)
                #expect(errors.map { $0["suggestion"]?.text } == ["amount_spent", "source"])
                #expect(errors.map { $0.whole("offset") } == [0, 21])
                #expect(errors.map { $0.whole("length") } == [12, 5])
                #expect(errors[0]["parameter"]?.text == "where")
                let body = #"{"name":"Wrong","query":"amount_spend > 1"}"#
                let refused = try await client.post("/api/v1/segments", body)
                #expect(refused.status == 422)
                #expect(refused.pointers == ["/query"])
                #expect(refused.json["errors"]?.elements[0].whole("column") == 1)
                #expect(try await client.post("/api/v1/segments", #"{"query":"source = 'web'"}"#).pointers == ["/name"])
            }
    }

    @Test func `a preview counts and shows, and keeps nothing`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let (gift, other) = try await shop(client)
                let body = #"{"query":"number_of_orders = 0","sort":"-email","limit":1}"#
                let preview = try await client.post("/api/v1/segments/preview", body)
                #expect(preview.json.whole("count") == 2)
                #expect(preview.json["data"]?.elements.map { $0["id"]?.text } == [other])
                #expect(try await client.post("/api/v1/segments/preview", #"{"query":"x"}"#).pointers == ["/query"])
                #expect(try await client.get("/api/v1/segments").json.whole("count") == 0)
                _ = gift
            }
    }

    @Test func `every template can be defined, with changes of one's own`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let templates = try await client.get("/api/v1/segments/templates").json["data"]?.elements ?? []
                #expect(templates.count == 5)
                for template in templates {
                    let key = try #require(template["key"]?.text)
                    let made = try await client.post("/api/v1/segments", #"{"template":"\#(key)"}"#)
                    #expect(made.json["query"]?.text == template["query"]?.text)
                    #expect(made.json["key"]?.text == key)
                }
                let own = #"{"template":"new","key":"newer","name":"Newer","query":"customer_added_date >= -7d"}"#
                #expect(try await client.post("/api/v1/segments", own).json["name"]?.text == "Newer")
            }
    }

    @Test func `why somebody is in or out is told part by part`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let (gift, other) = try await shop(client)
                let query = "customer_tags CONTAINS 'gift' AND NOT last_order_date < -30d"
                let made = try await client.post("/api/v1/segments", #"{"name":"Why","query":"\#(query)"}"#)
                let path = "/api/v1/segments/" + (try #require(made.json["id"]?.text)) + "/members/"
                let why = try await client.get(path + gift)
                #expect(why.json.flag("isMember") == false)
                let root = try #require(why.json["explanation"])
                #expect(root["kind"]?.text == "and")
                #expect(root["holds"]?.isNull == true)
                let parts = try #require(root["parts"]?.elements)
                #expect(parts[0].flag("holds") == true)
                #expect(parts[0].texts("values") == ["gift"])
                #expect(parts[1]["parts"]?.elements[0].texts("values") == [])
                #expect(parts[1]["text"]?.text == "NOT last_order_date < -30d")
                #expect(try await client.get(path + other).json["explanation"]?.flag("holds") == false)
                let unknown = path + "cust_01h455vb4pex5vsknk084sn02q"
                #expect(try await client.get(unknown).problem == "customer-not-found")
            }
    }

    @Test func `who entered and left is recorded, shown, and can be looked back at`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let (gift, other) = try await self.shop(client)
            let body = #"{"key":"fresh","name":"Fresh","query":"customer_added_date >= -30d","tracksMembership":true}"#
            #expect(try await client.post("/api/v1/segments", body).json.whole("recordedCount") == 0)
            #expect(try await shop.organization.recordSegmentMoves() == (entered: 2, left: 0))
            let entered = shop.organization.head.appended.value
            #expect(try await client.get("/api/v1/segments/fresh").json.whole("recordedCount") == 2)
            shop.clock.advance(by: .seconds(40 * 86_400))
            #expect(try await shop.organization.recordSegmentMoves() == (entered: 0, left: 2))
            #expect(try await client.get("/api/v1/segments/fresh/members?recorded=true").json.whole("count") == 0)
            let then = try await client.get("/api/v1/segments/fresh/members?recorded=true&asOf=\(entered)")
            #expect(then.json.whole("count") == 2)
            let computed = try await client.get("/api/v1/segments/fresh/members?asOf=\(entered)")
            #expect(computed.json.whole("count") == 2)
            #expect(try await client.get(Self.where1 + "&asOf=\(entered)").json.whole("count") == 1)
            let timeline = try await client.get("/api/v1/customers/\(gift)/timeline")
            #expect(timeline.text.contains("SegmentLeft") && timeline.text.contains("SegmentEntered"))
            _ = other
        }
    }

    @Test func `defining needs the permission to, and reading that to read customers`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let key = try await client.post(
                    "/api/v1/api-keys",
                    #"{"name":"reader","role":"staff","permissions":["customers:read"]}"#
                )
                let reader = client.with(secret: key.json["secret"]?.text)
                let body = #"{"name":"All","query":"number_of_orders >= 0"}"#
                #expect(try await reader.post("/api/v1/segments", body).problem == "forbidden")
                #expect(try await client.post("/api/v1/segments", body).status == 201)
                #expect(try await reader.get("/api/v1/segments").json.whole("count") == 1)
                #expect(try await reader.delete("/api/v1/segments/All").problem == "forbidden")
            }
    }

    @Test func `a profile tells what orders come to`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let (gift, _) = try await self.shop(client)
            let before = try await client.get("/api/v1/customers/\(gift)").json["figures"]
            #expect(before?["daysSinceLastOrder"]?.isNull == true)
            for (number, cents) in [("1", 60_000), ("2", 60_000)] {
                let order =
                    #"{"number":"\#(number)","currency":"EUR","items":[{"sku":"a","name":"A","quantity":1,"unitPrice":\#(cents)}]}"#
                #expect(try await client.post("/api/v1/customers/\(gift)/orders", order).status == 201)
                shop.clock.advance(by: .seconds(30 * 86_400))
            }
            let figures = try #require(try await client.get("/api/v1/customers/\(gift)").json["figures"])
            #expect(figures.whole("daysSinceLastOrder") == 30)
            #expect(figures["orderFrequencyLabel"]?.text == "Monthly")
            #expect(figures["lifetimeValueLabel"]?.text == "High")
        }
    }
}
