@testable import CustomerHTTP
import Testing

struct PricingAPITests {
    @Test func `a rule of a group decides what an order comes to`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let made = try await client.post("/api/v1/groups", #"{"name":"Wholesale"}"#)
                let group = try #require(made.json.text("id"))
                let body = """
                    {"type":"customer_group","customerGroupId":"\(group)","name":"Trade",\
                    "discount":{"type":"percentage","value":20}}
                    """
                let rule = try await client.post("/api/v1/pricing/rules", body)
                #expect(rule.status == 201)
                #expect(rule.json["discount"]?.whole("value") == 20)
                let path = "/api/v1/pricing/rules/" + (try #require(rule.json.text("id")))
                #expect(try await client.get(path).json == rule.json)
                let one = try await client.newCustomer(#"{"email":"one@e.de","groups":["\#(group)"]}"#)
                let credit = #"{"amount":3000,"currency":"USD"}"#
                #expect(try await client.post("/api/v1/customers/\(one)/credit/issue", credit).status == 201)
                let ask = #"{"customerId":"\#(one)","currency":"USD","items":[{"quantity":2,"unitPrice":5000}]}"#
                let quote = try await client.post("/api/v1/pricing/quote", ask).json
                #expect(quote.whole("discount") == 2_000)
                #expect(quote["offer"]?.text("ruleId") == rule.json.text("id"))
                #expect(quote.whole("storeCredit") == 3_000)
                #expect(quote.whole("due") == 5_000)
                let terms = try await client.get("/api/v1/customers/\(one)/pricing?currency=USD").json
                #expect(terms["offers"]?.elements.map { $0.text("name") } == ["Trade"])
                let replaced = body.replacing("20}", with: "0.005}")
                #expect(try await client.put(path, replaced).pointers == ["/discount/value"])
                #expect(try await client.put(path, body.replacing("20}", with: "12.5}")).status == 200)
                #expect(try await client.get("/api/v1/pricing/rules").json.whole("count") == 1)
                #expect(try await client.delete("/api/v1/groups/\(group)").problem == "group-in-use")
                #expect(try await client.delete(path).status == 204)
                #expect(try await client.get(path).problem == "pricing-rule-not-found")
                #expect(try await client.delete("/api/v1/groups/\(group)").status == 204)
            }
    }

    @Test func `a quote names the field at fault`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let nobody = #"{"customerId":"cust_01h455vb4pex5vsknk084sn02q","total":5}"#
                #expect(try await client.post("/api/v1/pricing/quote", nobody).pointers == ["/customerId"])
                let one = try await client.newCustomer()
                let both = #"{"customerId":"\#(one)","total":5,"items":[{"quantity":1,"unitPrice":5}]}"#
                #expect(try await client.post("/api/v1/pricing/quote", both).pointers == ["/total"])
                let plain = try await client.post("/api/v1/pricing/quote", #"{"customerId":"\#(one)","total":5}"#)
                #expect(plain.json.whole("due") == 5)
                #expect(plain.json["meetsMinimumOrder"]?.flag == true)
            }
    }

    @Test func `an order again is a cart that can be placed`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let one = try await client.newCustomer()
                let placing = "/api/v1/customers/\(one)/orders"
                let shipped = OrdersAPITests.order("A1", #","status":"shipped","paymentMethod":"card""#)
                let placed = try await client.post(placing, shipped)
                #expect(placed.json.text("latestStatus") == "shipped")
                let cart = try await client.post("/api/v1/orders/A1/reorder").json
                #expect(cart.text("customerId") == one)
                #expect(cart.whole("total") == 2_500)
                let order = try #require(cart["order"])
                var writer = JSONWriter()
                writer.value(.object([JSONValue.Member(key: "number", value: "A2")] + order.members))
                let again = try await client.post(placing, String(decoding: writer.bytes, as: UTF8.self))
                #expect(again.status == 201)
                #expect(again.json["items"] == placed.json["items"])
                #expect(again.json.text("latestStatus") == "placed")
                #expect(try await client.post("/api/v1/orders/none/reorder").problem == "order-not-found")
            }
    }
}
