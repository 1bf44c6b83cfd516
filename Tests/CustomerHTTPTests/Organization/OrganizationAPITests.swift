@testable import CustomerHTTP
import Testing

struct OrganizationAPITests {
    @Test func `settings change by patch, and the currency stays once there are orders`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let path = "/api/v1/organization"
                #expect(try await client.get(path).json["timeZone"] == "UTC")
                let changed = try await client.patch(
                    path,
                    #"{"currency":"EUR","timeZone":"Europe/Berlin","activityWindowDays":30}"#
                )
                #expect(changed.json["currency"] == "EUR")
                #expect(changed.json.whole("activityWindowDays") == 30)
                #expect(try await client.patch(path, #"{"timeZone":"Mars/Olympus"}"#).pointers == ["/timeZone"])
                let id = try await client.newCustomer()
                _ = try await client.post(
                    "/api/v1/customers/\(id)/orders",
                    OrdersAPITests.order("1").replacing("USD", with: "EUR")
                )
                #expect(try await client.patch(path, #"{"currency":"USD"}"#).problem == "currency-fixed")
            }
    }

    @Test func `a day is a day of the organization`() async throws {
        try await Shop()
            .serve { (client) async throws in
                _ = try await client.patch("/api/v1/organization", #"{"timeZone":"Europe/Berlin"}"#)
                _ = try await client.newCustomer(#"{"email":"a@e.de","occurredAt":"2024-03-09T23:30:00Z"}"#)
                #expect(try await client.get("/api/v1/customers?since=2024-03-10").json.whole("count") == 1)
                #expect(try await client.get("/api/v1/customers?registeredTo=2024-03-09").json.whole("count") == 0)
                #expect(try await client.get("/api/v1/customers?registeredTo=2024-03-10").json.whole("count") == 1)
            }
    }

    @Test func `the cards count, and the state has a hash that every event changes`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let empty = try await client.get("/api/v1/audit/state").json
                let id = try await client.newCustomer()
                _ = try await client.post("/api/v1/customers/\(id)/orders", OrdersAPITests.order("1"))
                let cards = try await client.get("/api/v1/metrics").json
                #expect(cards.whole("totalCustomers") == 1)
                #expect(cards.whole("activeCustomers") == 1)
                #expect(cards.whole("averageCustomerValue") == 2_500)
                #expect(cards["retentionRate"] == .null)
                let full = try await client.get("/api/v1/audit/state").json
                #expect(full["stateHash"] != empty["stateHash"])
                #expect(full.whole("sequence") == (empty.whole("sequence") ?? 0) + 2)
                #expect(full["stateHash"]?.text?.utf8.count == 64)
            }
    }

    @Test func `a log in memory signs nothing`() async throws {
        try await Shop()
            .serve { (client) async throws in
                for path in ["checkpoint", "proofs/inclusion", "proofs/consistency?from=1"] {
                    #expect(try await client.get("/api/v1/audit/\(path)").status == 404)
                }
            }
    }
}
