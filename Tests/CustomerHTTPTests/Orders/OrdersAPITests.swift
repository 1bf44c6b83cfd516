@testable import CustomerHTTP
import HTTPTypes
import TestSupport
import Testing

struct OrdersAPITests {
    /// An order of 25.00 USD.
    static func order(_ number: String, _ more: String = "") -> String {
        #"{"number":"\#(number)","currency":"USD","items":[{"sku":"A","name":"Apple","quantity":2,"unitPrice":1250}]\#(more)}"#
    }

    @Test func `an order is placed and shown with everything`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let more = """
                    ,"occurredAt":"2024-05-01T10:00:00Z","status":"shipped","paymentMethod":"card",
                    "shippingAddress":{"firstName":"Jane","address1":"1 Road","country":"Germany"}
                    """
                let placed = try await client.post("/api/v1/customers/\(id)/orders", Self.order("A/1 ü", more))
                #expect(placed.status == 201)
                let location = try #require(placed.headers[.location])
                #expect(location == "/api/v1/orders/A%2F1%20%C3%BC")
                let shown = try await client.get(location)
                #expect(shown.json == placed.json)
                #expect(shown.json["placedAt"] == "2024-05-01T10:00:00Z")
                #expect(shown.json["status"] == "placed")
                #expect(shown.json["fulfillmentStatus"] == "shipped")
                #expect(shown.json.whole("total") == 2_500)
                #expect(shown.json["shippingAddress"]?["line1"] == "1 Road")
                #expect(shown.json["shippingAddress"]?["country"] == "DE")
            }
    }

    @Test func `faults of items are pointed at`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let body =
                    #"{"number":"","currency":"XYZ","items":[{"sku":"A","name":"N","quantity":0,"unitPrice":1.5},{"name":"x"}]}"#
                let reply = try await client.post("/api/v1/customers/\(id)/orders", body)
                #expect(reply.status == 422)
                #expect(
                    Set(reply.pointers) == [
                        "/number", "/currency", "/items/0/quantity", "/items/0/unitPrice", "/items/1/sku",
                        "/items/1/quantity", "/items/1/unitPrice",
                    ]
                )
            }
    }

    @Test func `lists are of a customer or of all, the latest first`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let id = try await client.newCustomer()
            let other = try await client.newCustomer(#"{"email":"o@e.de"}"#)
            for number in 1...3 {
                _ = try await client.post("/api/v1/customers/\(id)/orders", Self.order("\(number)"))
                shop.clock.advance(by: .seconds(1))
            }
            _ = try await client.post("/api/v1/customers/\(other)/orders", Self.order("4"))
            let numbers = { (reply: Reply) in (reply.json["data"]?.elements ?? []).compactMap { $0["number"]?.text } }
            #expect(
                numbers(try await client.get("/api/v1/orders?customerId=\(id)&sort=-createdAt&limit=20")) == [
                    "3", "2", "1",
                ]
            )
            #expect(numbers(try await client.get("/api/v1/customers/\(id)/orders?sort=number")) == ["1", "2", "3"])
            #expect(numbers(try await client.get("/api/v1/orders")) == ["4", "3", "2", "1"])
            #expect(numbers(try await client.get("/api/v1/orders?status=cancelled")) == [])
            let first = try await client.get("/api/v1/orders?limit=2")
            #expect(first.json.whole("count") == 4)
            let cursor = try #require(first.json["nextCursor"]?.text)
            #expect(numbers(try await client.get("/api/v1/orders?limit=2&cursor=\(cursor)")) == ["2", "1"])
        }
    }

    @Test func `an order moves on, is refunded in part and whole, and cannot be cancelled once sent`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                _ = try await client.post("/api/v1/customers/\(id)/orders", Self.order("R"))
                let path = "/api/v1/orders/R"
                #expect(try await client.patch(path, #"{"status":"paid"}"#).json["status"] == "paid")
                #expect(
                    try await client.patch(path, #"{"status":"delivered"}"#).json["fulfillmentStatus"] == "delivered"
                )
                #expect(try await client.post(path + "/cancel").problem == "order-not-cancellable")
                let part = try await client.post(
                    path + "/refunds",
                    #"{"reference":"F-1","amount":500,"reason":"Late"}"#
                )
                #expect(part.status == 201)
                #expect(part.json.whole("amount") == 500)
                #expect(
                    try await client.post(path + "/refunds", #"{"reference":"F-1"}"#).problem
                        == "refund-reference-taken"
                )
                let much = try await client.post(path + "/refunds", #"{"reference":"F-2","amount":2001}"#)
                #expect(much.problem == "refund-exceeds-order")
                #expect(try await client.post(path + "/refunds", #"{"reference":"F-2"}"#).json.whole("amount") == 2_000)
                #expect(
                    try await client.post(path + "/refunds", #"{"reference":"F-3"}"#).problem == "nothing-to-refund"
                )
                let shown = try await client.get(path)
                #expect(shown.json.whole("refunded") == 2_500)
                #expect(shown.json["refunds"]?.elements.compactMap { $0["reference"]?.text } == ["F-1", "F-2"])
                let customer = try await client.get("/api/v1/customers/\(id)").json
                #expect(customer.whole("totalSpent") == 2_500)
                #expect(customer.whole("netSpent") == 0)
            }
    }

    @Test func `a cancelled order no longer counts`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                _ = try await client.post("/api/v1/customers/\(id)/orders", Self.order("C"))
                #expect(
                    try await client.post("/api/v1/orders/C/cancel", #"{"reason":"Changed mind"}"#).json["status"]
                        == "cancelled"
                )
                #expect(try await client.post("/api/v1/orders/C/cancel").problem == "order-cancelled")
                #expect(try await client.get("/api/v1/customers/\(id)").json.whole("orderCount") == 0)
                #expect(try await client.get("/api/v1/orders/nobody").problem == "order-not-found")
                let again = try await client.post("/api/v1/customers/\(id)/orders", Self.order("C"))
                #expect(again.problem == "order-number-taken")
            }
    }
}
