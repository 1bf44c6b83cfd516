import Testing

@testable import CustomerHTTP

struct OrderMovesAPITests {
    private static func guest(_ number: String, _ email: String = "guest@example.com") -> String {
        OrdersAPITests.order(number, #","customer":{"email":"\#(email)","firstName":"Gus"}"#)
    }

    @Test func `an order is moved with its refunds, and both customers count right`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let one = try await client.newCustomer()
                let two = try await client.newCustomer(#"{"email":"joe@example.com"}"#)
                let address = #","shippingAddress":{"firstName":"Joe","address1":"1 Road","country":"Germany"}"#
                _ = try await client.post("/api/v1/customers/\(one)/orders", OrdersAPITests.order("A1", address))
                let refund = #"{"reference":"R1","amount":500,"reason":"Bruised"}"#
                #expect(try await client.post("/api/v1/orders/A1/refunds", refund).status == 201)
                let body = #"{"customerId":"\#(two)","reason":"Typed wrong"}"#
                let moved = try await client.post("/api/v1/orders/A1/move", body)
                #expect(moved.status == 200)
                #expect(moved.json.text("customerId") == two)
                #expect(moved.json["formerCustomerIds"]?.elements.map(\.text) == [one])
                #expect(moved.json["refunds"]?.elements.first?.text("reason") == "Bruised")
                for (customer, count, spent) in [(one, 0, 0), (two, 1, 2_500)] {
                    let profile = try await client.get("/api/v1/customers/\(customer)").json
                    #expect(profile.whole("orderCount") == Int64(count))
                    #expect(profile.whole("totalSpent") == Int64(spent))
                    let orders = try await client.get("/api/v1/customers/\(customer)/orders").json
                    #expect(orders.whole("count") == Int64(count))
                    let timeline = try await client.get("/api/v1/customers/\(customer)/timeline").json
                    let reasons = timeline["data"]?.elements.compactMap { $0["data"]?.text("reason") } ?? []
                    #expect(reasons.contains("Typed wrong"))
                }
                #expect(try await client.post("/api/v1/orders/A1/move", body).pointers == ["/customerId"])
                #expect(try await client.post("/api/v1/orders/none/move", body).problem == "order-not-found")
                #expect(try await client.delete("/api/v1/customers/\(two)").status == 204)
                let erased = try await client.get("/api/v1/orders/A1").json
                #expect(erased["customerId"] == .null)
                #expect(erased["shippingAddress"] == .null)
                #expect(erased["refunds"]?.elements.first?["reason"] == .null)
                let back = #"{"customerId":"\#(one)"}"#
                #expect(try await client.post("/api/v1/orders/A1/move", back).problem == "customer-erased")
            }
    }

    @Test func `moving takes a permission of its own`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let one = try await client.newCustomer()
                _ = try await client.post("/api/v1/orders", Self.guest("A1"))
                let body = #"{"name":"desk","permissions":["orders:update"]}"#
                let key = try await client.post("/api/v1/api-keys", body).json.text("secret")
                let move = #"{"customerId":"\#(one)"}"#
                #expect(try await client.with(secret: key).post("/api/v1/orders/A1/move", move).status == 403)
                #expect(try await client.post("/api/v1/orders/A1/move", move).json.text("customerId") == one)
            }
    }

    @Test func `orders of one e-mail address come to one guest`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let jane = try await client.newCustomer()
                let first = try await client.post("/api/v1/orders", Self.guest("A1"))
                #expect(first.status == 201)
                let guest = try #require(first.json.text("customerId"))
                let second = try await client.post("/api/v1/orders", Self.guest("A2", "GUEST@example.com"))
                #expect(second.json.text("customerId") == guest)
                #expect(try await client.get("/api/v1/customers/\(guest)").json.text("accountType") == "guest")
                let third = try await client.post("/api/v1/orders", Self.guest("A3", "jane@example.com"))
                #expect(third.json.text("customerId") != jane)
                #expect(try await client.post("/api/v1/orders", Self.guest("A3")).problem == "order-number-taken")
                #expect(try await client.post("/api/v1/orders", OrdersAPITests.order("A4")).status == 422)
                let settings = try await client.patch("/api/v1/organization", #"{"joinsVerifiedGuests":true}"#)
                #expect(settings.json["joinsVerifiedGuests"]?.flag == true)
                let fourth = try await client.post("/api/v1/orders", Self.guest("A5", "jane@example.com"))
                #expect(fourth.json["customerId"] == third.json["customerId"])
            }
    }

    @Test func `an invoice is asked for, and somebody else sends it`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let one = try await client.newCustomer()
                _ = try await client.post("/api/v1/customers/\(one)/orders", OrdersAPITests.order("A1"))
                let path = "/api/v1/orders/A1/invoice-requests"
                let asked = try await client.post(path)
                #expect(asked.status == 201)
                #expect(asked.json.text("recipient") == "customer")
                #expect(asked.json.text("requestedBy")?.hasPrefix("key_") == true)
                let other = try await client.post(path, #"{"email":"books@example.com"}"#)
                #expect(other.json.text("recipient") == "other")
                let event = try await client.get("/api/v1/events?customer=\(one)&type=InvoiceRequested&order=desc").json
                #expect(event["data"]?.elements.first?["data"]?.text("email") == "books@example.com")
                let two = try await client.newCustomer(#"{"firstName":"Nobody"}"#)
                _ = try await client.post("/api/v1/customers/\(two)/orders", OrdersAPITests.order("A2"))
                #expect(try await client.post("/api/v1/orders/A2/invoice-requests").problem == "no-email")
                #expect(try await client.post("/api/v1/orders/A3/invoice-requests").problem == "order-not-found")
            }
    }
}
