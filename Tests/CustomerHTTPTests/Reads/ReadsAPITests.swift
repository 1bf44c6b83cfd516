import CustomerDomain
import CustomerService
import EventSourcing
import HTTPTypes
import Testing

@testable import CustomerHTTP

/// Looks at personal data are events where the organization wants them to be, and change nothing else.
struct ReadsAPITests {
    @Test func `every path with a customer in it records who looked, and leaves the version alone`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let id = try await client.newCustomer()
            _ = try await client.patch("/api/v1/organization", #"{"recordedReads":["profile"]}"#)
            let version = try await client.get("/api/v1/customers/\(id)").headers[.eTag]
            var expected = shop.organization.head.appended.value
            let first = expected
            let routes = RouteTable.resources.filter { route in
                route.method == .get && route.allParameters.contains { $0.name == "id" && $0.place == .path }
            }
            #expect(routes.count > 8)
            for route in routes {
                let reply = try await client.get(route.path.replacing("{id}", with: id))
                guard reply.status == 200 else { continue }
                expected += 1
                #expect(shop.organization.head.appended.value == expected, "\(route.path)")
            }
            #expect(expected > first + 8)
            let types = try await client.get("/api/v1/events?type=PersonalDataRead&limit=100")
            #expect(types.json["data"]?.elements.count == Int(expected - first) + 1)
            #expect(try await client.get("/api/v1/customers/\(id)").headers[.eTag] == version)
        }
    }

    @Test func `who looked can be asked, and only of what the organization records`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                _ = try await client.get("/api/v1/customers/\(id)")
                _ = try await client.get("/api/v1/events")
                #expect(try await client.get("/api/v1/customers/\(id)/reads").json["count"]?.whole == 0)
                _ = try await client.patch("/api/v1/organization", #"{"recordedReads":["audit"]}"#)
                _ = try await client.get("/api/v1/customers/\(id)")
                _ = try await client.get("/api/v1/events?customer=\(id)", [.requestID: "looking"])
                let path = "/api/v1/audit/difference?from=1&path=/api/v1/customers/\(id)"
                _ = try await client.get(path)
                let reads = try await client.get("/api/v1/customers/\(id)/reads")
                #expect(reads.json["data"]?.elements.compactMap { $0.text("kind") } == ["audit", "audit"])
                #expect(reads.json["data"]?.elements.last?.text("requestId") == "looking")
                // A look that shows nobody's data records nothing, so following the log comes to an end.
                let head = try await client.get("/api/v1/events?type=PersonalDataRead")
                #expect(head.json["data"]?.elements.count == 2)
                #expect(head.json["data"]?.elements.first?["data"]?.texts("customers") == [id])
                #expect(try await client.get("/api/v1/customers/\(id)/reads").json["count"]?.whole == 2)
                let settings = try await client.get("/api/v1/organization")
                #expect(settings.json.texts("recordedReads") == ["audit"])
            }
    }
}
