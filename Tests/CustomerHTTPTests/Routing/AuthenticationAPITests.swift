@testable import CustomerHTTP
import CustomerDomain
import CustomerService
import HTTPTypes
import Testing

/// Generated from the route table, so that a new route without a check fails here.
struct AuthenticationAPITests {
    private static let guarded = RouteTable.all.indices.filter { RouteTable.all[$0].access != .open }

    /// A path of a route, with something plausible for each parameter.
    private func path(of route: Route) -> String {
        route.path.split(separator: "/")
            .map { segment in
                guard segment.hasPrefix("{") else { return String(segment) }
                switch segment {
                case "{groupId}": return "group_01h455vb4pex5vsknk084sn02q"
                case "{addressId}": return "addr_01h455vb4pex5vsknk084sn02q"
                case "{keyId}": return "key_01h455vb4pex5vsknk084sn02q"
                case "{number}", "{tag}": return "x"
                default: return "cust_01h455vb4pex5vsknk084sn02q"
                }
            }
            .reduce("") { $0 + "/" + $1 }
    }

    @Test func `every route but the open ones wants a key`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            for route in Self.guarded.map({ RouteTable.all[$0] }) {
                let reply = try await client.with(secret: nil).send(route.method, path(of: route), nil)
                #expect(reply.status == 401, "\(route.operation)")
                #expect(reply.problem == "unauthorized")
                #expect(reply.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
                let wrong = try await client.with(secret: "nobody").send(route.method, path(of: route), nil)
                #expect(wrong.status == 401, "\(route.operation)")
            }
        }
    }

    @Test func `every route but the open ones refuses a key without permissions`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let created = try await client.post("/api/v1/api-keys", #"{"name":"nothing","permissions":[]}"#)
            let secret = try #require(created.json["secret"]?.text)
            for route in Self.guarded.map({ RouteTable.all[$0] }) {
                let reply = try await client.with(secret: secret).send(route.method, path(of: route), nil)
                #expect(reply.status == 403, "\(route.operation)")
                #expect(reply.problem == "forbidden")
                if case .needs(let permission) = route.access {
                    #expect(reply.json["detail"]?.text?.contains(permission.name) == true)
                }
            }
        }
    }

    @Test func `a key with one permission opens what needs it and nothing else`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let body = #"{"name":"reader","permissions":["customers:read"]}"#
            let created = try await client.post("/api/v1/api-keys", body)
            let reader = client.with(secret: try #require(created.json["secret"]?.text))
            #expect(try await reader.get("/api/v1/customers").status == 200)
            #expect(try await reader.get("/api/v1/orders").status == 403)
            #expect(try await reader.post("/api/v1/customers", #"{"email":"a@b.cd"}"#).status == 403)
        }
    }

    @Test func `a revoked key opens nothing, and the last admin key stays`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let created = try await client.post("/api/v1/api-keys", #"{"name":"second","role":"admin"}"#)
            let id = try #require(created.json["id"]?.text)
            let second = client.with(secret: try #require(created.json["secret"]?.text))
            #expect(try await second.get("/api/v1/customers").status == 200)
            let keys = try await client.get("/api/v1/api-keys")
            #expect(keys.json["data"]?.elements.count == 2)
            #expect(!keys.text.contains("secret"))
            #expect(try await client.delete("/api/v1/api-keys/\(id)").status == 204)
            #expect(try await second.get("/api/v1/customers").status == 401)
            let last = try #require(keys.json["data"]?.elements.first?["id"]?.text)
            #expect(try await client.delete("/api/v1/api-keys/\(last)").problem == "last-admin-key")
        }
    }
}
