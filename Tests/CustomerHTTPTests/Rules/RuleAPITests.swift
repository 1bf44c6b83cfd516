@testable import CustomerHTTP
import CustomerService
import HTTPTypes
import Testing

struct RuleAPITests {
    private static let spends = #""query":"amount_spent > 5000","takesAway":true"#

    /// A shop with VIP and two customers, of whom one spent more than 5,000.
    private func shop(_ client: Client) async throws -> (vip: String, rich: String, other: String) {
        let vip = try #require(try await client.post("/api/v1/groups", #"{"name":"VIP","key":"vip"}"#).json["id"]?.text)
        let rich = try await client.newCustomer(#"{"email":"rich@acme.example"}"#)
        let other = try await client.newCustomer(#"{"email":"other@gmail.com"}"#)
        let item = #"{"sku":"C","name":"Car","quantity":1,"unitPrice":500001}"#
        let order = #"{"number":"A-1","currency":"USD","items":[\#(item)]}"#
        #expect(try await client.post("/api/v1/customers/\(rich)/orders", order).status == 201)
        return (vip, rich, other)
    }

    @Test func `spending more than 5,000 makes a VIP, and the answer says by which rule and since when`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let (vip, rich, other) = try await shop(client)
                let body = #"{"name":"Big spenders","group":"key=vip",\#(Self.spends)}"#
                let made = try await client.post("/api/v1/rules", body)
                #expect(made.status == 201)
                let id = try #require(made.json["id"]?.text)
                #expect(made.headers[.location] == "/api/v1/rules/\(id)")
                #expect(made.json["group"]?.text == vip)
                #expect(made.json["tag"]?.isNull == true)
                #expect(made.json.whole("givenCount") == 0)
                let preview = try await client.post("/api/v1/rules/\(id)/preview", "{}")
                #expect(preview.json["entering"]?.whole("count") == 1)
                #expect(preview.json["entering"]?["data"]?.elements.map { $0["id"]?.text } == [rich])
                #expect(preview.json["leaving"]?.whole("count") == 0)
                #expect(try await client.get("/api/v1/customers?preset=vip").json.whole("count") == 0)

                let run = try await client.post("/api/v1/rules/\(id)/run")
                #expect(run.json.whole("entered") == 1)
                #expect(run.json.whole("remaining") == 0)
                #expect(try await client.get("/api/v1/customers?preset=vip").json.whole("count") == 1)
                let groups = try await client.get("/api/v1/customers/\(rich)/groups").json["data"]?.elements ?? []
                #expect(groups.map { $0["source"]?.text } == ["rule"])
                #expect(groups.first?["rules"]?.elements.map { $0["name"]?.text } == ["Big spenders"])
                #expect(groups.first?["since"]?.text != nil)
                #expect(try await client.get("/api/v1/rules/\(id)").json.whole("givenCount") == 1)

                // By hand is by hand: no rule takes it away.
                let members = "/api/v1/groups/key=vip/members"
                _ = try await client.post(members, #"{"customerIds":["\#(other)"],"reason":"A friend"}"#)
                _ = try await client.patch("/api/v1/rules/\(id)", #"{"query":"amount_spent > 9000"}"#)
                let change = try await client.post("/api/v1/rules/\(id)/preview", #"{"query":"amount_spent < 1"}"#)
                #expect(change.json.whole("byHand") == 1)
                #expect(change.json["leaving"]?.whole("count") == 1)
                #expect(try await client.post("/api/v1/rules/\(id)/run").json.whole("left") == 1)
                let kept = try await client.get("/api/v1/customers/\(other)/groups").json["data"]?.elements ?? []
                #expect(kept.map { $0["source"]?.text } == ["manual"])
                #expect(kept.first?["reason"]?.text == "A friend")
                #expect(kept.first?["rules"]?.elements.isEmpty == true)
                #expect(try await client.get(members).json.whole("count") == 1)
            }
    }

    @Test func `who was taken out by hand is not put in again, and the history says all of it`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let (_, rich, _) = try await shop(client)
                let body = #"{"name":"Rich","tag":"rich",\#(Self.spends)}"#
                let id = try #require(try await client.post("/api/v1/rules", body).json["id"]?.text)
                _ = try await client.post("/api/v1/rules/\(id)/run")
                let path = "/api/v1/customers/\(rich)/tags"
                let tags = try await client.get(path).json
                #expect(tags["tags"]?.elements.map(\.text) == ["rich"])
                #expect(tags["byRules"]?.elements.first?["tag"]?.text == "rich")
                #expect(tags["byRules"]?.elements.first?["rules"]?.elements.first?["id"]?.text == id)
                #expect(try await client.delete(path + "/rich").status == 204)
                #expect(try await client.post("/api/v1/rules/\(id)/run").json.whole("entered") == 0)
                #expect(try await client.get(path).json["tags"]?.elements.isEmpty == true)
                let rule = try await client.get("/api/v1/rules/\(id)").json
                #expect(rule.whole("barredCount") == 1)
                let preview = try await client.post("/api/v1/rules/\(id)/preview", "{}")
                #expect(preview.json.whole("passedOver") == 1)
                let events = try await client.get("/api/v1/customers/\(rich)/timeline").json["data"]?.elements ?? []
                let types = events.compactMap { $0["type"]?.text }
                #expect(types.contains("RuleAssigned"), "\(types)")
                // By hand again, it is by hand.
                _ = try await client.post(path, #"{"tags":["rich"]}"#)
                #expect(try await client.get(path).json["byRules"]?.elements.isEmpty == true)
                #expect(try await client.get("/api/v1/rules/\(id)").json.whole("barredCount") == 0)
            }
    }

    @Test func `a rule is previewed before it is defined, listed, stopped and removed`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let (vip, rich, other) = try await shop(client)
                let draft = #"{"group":"\#(vip)","query":"customer_email_domain NOT IN ('gmail.com')"}"#
                let preview = try await client.post("/api/v1/rules/preview", draft)
                #expect(preview.status == 200)
                #expect(preview.json["entering"]?["data"]?.elements.map { $0["id"]?.text } == [rich])
                #expect(try await client.get("/api/v1/rules").json.whole("count") == 0)
                let segment = #"{"key":"often","name":"Often","query":"number_of_orders > 10"}"#
                _ = try await client.post("/api/v1/segments", segment)
                let body = #"{"name":"Loyal","tag":"loyal","segment":"often"}"#
                let id = try #require(try await client.post("/api/v1/rules", body).json["id"]?.text)
                #expect(try await client.get("/api/v1/rules").json.whole("count") == 1)
                #expect(try await client.delete("/api/v1/segments/often").problem == "segment-in-use")
                let stopped = try await client.patch("/api/v1/rules/\(id)", #"{"isActive":false}"#)
                #expect(stopped.json["isActive"]?.flag == false)
                #expect(try await client.post("/api/v1/rules/\(id)/run").problem == "rule-inactive")
                #expect(try await client.delete("/api/v1/rules/\(id)").status == 204)
                #expect(try await client.get("/api/v1/rules/\(id)").problem == "rule-not-found")
                #expect(try await client.delete("/api/v1/segments/often").status == 204)
                let ruled = #"{"name":"Ruled","group":"\#(vip)",\#(Self.spends)}"#
                _ = try await client.post("/api/v1/rules", ruled)
                #expect(try await client.delete("/api/v1/groups/\(vip)").problem == "group-ruled")
                #expect(try await client.get("/api/v1/customers/\(other)").json["groups"]?.elements.isEmpty == true)
            }
    }

    @Test func `what is wrong with a rule is told with its field`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let (vip, _, _) = try await shop(client)
                func pointers(_ body: String) async throws -> [String?] {
                    let reply = try await client.post("/api/v1/rules", body)
                    #expect(reply.status == 422, "\(body)")
                    return reply.pointers
                }
                #expect(try await pointers(#"{"tag":"a","query":"source = 'web'"}"#) == ["/name"])
                #expect(try await pointers(#"{"name":"A","tag":"a"}"#) == ["/query"])
                #expect(try await pointers(#"{"name":"A","query":"source = 'web'"}"#) == ["/group"])
                #expect(try await pointers(#"{"name":"A","tag":"a","query":"sauce = 'web'"}"#) == ["/query"])
                #expect(try await pointers(#"{"name":"A","tag":"a","segment":"none"}"#) == ["/segment"])
                #expect(try await pointers(#"{"name":"A","group":"key=none","query":"source = 'web'"}"#) == ["/group"])
                let both = #"{"name":"A","group":"\#(vip)","tag":"a","query":"source = 'web'"}"#
                #expect(try await pointers(both) == ["/tag"])
                let circle = #"{"name":"A","tag":"a","query":"NOT (customer_tags CONTAINS 'a')"}"#
                #expect(try await client.post("/api/v1/rules", circle).problem == "rule-circle")
                let good = #"{"name":"A","tag":"a","query":"source = 'web'"}"#
                #expect(try await client.post("/api/v1/rules", good).status == 201)
                #expect(try await client.post("/api/v1/rules", good).problem == "rule-name-taken")
            }
    }
}
