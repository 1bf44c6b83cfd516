import HTTPTypes
import Testing

@testable import CustomerHTTP

struct ReturnsAPITests {
    private static let body = #"{"items":[{"line":0,"quantity":1,"cause":"defective"}],"reason":"Sour"}"#

    @Test func `goods come back and are paid back at what they cost`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let one = try await client.newCustomer()
                _ = try await client.post("/api/v1/customers/\(one)/orders", OrdersAPITests.order("A1"))
                let made = try await client.post("/api/v1/orders/A1/returns", Self.body)
                #expect(made.status == 201)
                #expect(made.json.text("status") == "requested")
                #expect(made.json["items"]?.elements.first?.text("sku") == "A")
                let path = "/api/v1/returns/" + (try #require(made.json.text("id")))
                #expect(made.headers[.location] == path)
                let refund = #"{"reference":"R1"}"#
                #expect(try await client.post(path + "/refund", refund).problem == "return-status")
                #expect(
                    try await client.post(path + "/approve", #"{"reason":"Fine"}"#).json.text("status") == "approved"
                )
                #expect(try await client.post(path + "/receive").json.text("status") == "received")
                let paid = try await client.post(path + "/refund", refund)
                #expect(paid.json.text("status") == "refunded")
                #expect(paid.json.text("refundReference") == "R1")
                let steps = paid.json["steps"]?.elements ?? []
                #expect(steps.map { $0.text("status") } == ["requested", "approved", "received", "refunded"])
                #expect(steps.map { $0.text("reason") } == ["Sour", "Fine", nil, nil])
                let order = try await client.get("/api/v1/orders/A1").json
                #expect(order.whole("refunded") == 1_250)
                #expect(order["returns"]?.elements.first?.text("status") == "refunded")
                let more = #"{"items":[{"line":0,"quantity":2}]}"#
                #expect(try await client.post("/api/v1/orders/A1/returns", more).pointers == ["/items/0/quantity"])
                #expect(try await client.post("/api/v1/orders/none/returns", Self.body).problem == "order-not-found")
                let unknown = "/api/v1/returns/ret_01h455vb4pex5vsknk084sn02q"
                #expect(try await client.post(unknown + "/approve").problem == "return-not-found")
                #expect(try await client.get(unknown).problem == "return-not-found")
            }
    }

    @Test func `returns are listed of all, of a customer and of an order, and go where the order goes`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let one = try await client.newCustomer()
                let two = try await client.newCustomer(#"{"email":"joe@example.com"}"#)
                for (number, customer) in [("A1", one), ("A2", two), ("A3", one)] {
                    _ = try await client.post("/api/v1/customers/\(customer)/orders", OrdersAPITests.order(number))
                    #expect(try await client.post("/api/v1/orders/\(number)/returns", Self.body).status == 201)
                }
                func orders(_ path: String) async throws -> [String?] {
                    try await client.get(path).json["data"]?.elements.map { $0.text("orderNumber") } ?? []
                }
                #expect(try await orders("/api/v1/returns") == ["A3", "A2", "A1"])
                #expect(try await orders("/api/v1/returns?status=approved") == [])
                #expect(try await orders("/api/v1/customers/\(one)/returns") == ["A3", "A1"])
                #expect(try await orders("/api/v1/orders/A2/returns") == ["A2"])
                #expect(try await client.get("/api/v1/orders/A9/returns").problem == "order-not-found")
                let first = try await client.get("/api/v1/returns?limit=2").json
                let cursor = try #require(first.text("nextCursor"))
                #expect(try await orders("/api/v1/returns?limit=2&cursor=\(cursor)") == ["A1"])
                _ = try await client.post("/api/v1/customers/\(two)/merge", #"{"from":"\#(one)"}"#)
                #expect(try await orders("/api/v1/customers/\(two)/returns") == ["A3", "A2", "A1"])
            }
    }
}
