@testable import CustomerHTTP
import CustomerDomain
import HTTPTypes
import Testing

struct RolesAPITests {
    @Test func `changing a role changes what its holders may do at once`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let role = try await client.post("/api/v1/roles", #"{"name":"Desk","permissions":["customers:read"]}"#)
                #expect(role.status == 201)
                let path = try #require(role.headers[.location])
                let id = try #require(role.json["id"]?.text)
                let created = try await client.post("/api/v1/api-keys", #"{"name":"desk","roleId":"\#(id)"}"#)
                let desk = client.with(secret: created.json["secret"]?.text)
                #expect(try await desk.get("/api/v1/customers").status == 200)
                let refused = try await desk.get("/api/v1/orders")
                #expect(refused.status == 403)
                #expect(refused.json["missingPermission"] == "orders:read")
                let changed = try await client.patch(path, #"{"permissions":["orders:read"]}"#)
                #expect(changed.json["permissions"]?.elements.compactMap(\.text) == ["orders:read"])
                #expect(changed.json.whole("keyCount") == 1)
                #expect(try await desk.get("/api/v1/orders").status == 200)
                #expect(try await desk.get("/api/v1/customers").status == 403)
                #expect(try await client.delete(path).problem == "role-in-use")
                let key = try #require(created.json["id"]?.text)
                #expect(try await client.delete("/api/v1/api-keys/\(key)").status == 204)
                #expect(try await client.delete(path).status == 204)
                #expect(try await client.get(path).problem == "role-not-found")
            }
    }

    @Test func `a role changes only from what was seen`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let role = try await client.post("/api/v1/roles", #"{"preset":"fulfilment"}"#)
                let path = try #require(role.headers[.location])
                let tag = try #require(role.headers[.eTag])
                let renamed = try await client.patch(path, #"{"name":"Warehouse"}"#, [.ifMatch: tag])
                #expect(renamed.status == 200)
                #expect(renamed.headers[.eTag] != tag)
                let late = try await client.patch(path, #"{"name":"Stock"}"#, [.ifMatch: tag])
                #expect(late.status == 412)
                #expect(late.headers[.eTag] == renamed.headers[.eTag])
                #expect(try await client.get(path).json["name"] == "Warehouse")
                #expect(try await client.patch(path, "{}", [.ifMatch: "*"]).status == 200)
            }
    }

    @Test func `the list has what is built in, and presets fit`() async throws {
        try await Shop()
            .serve { (client) async throws in
                for preset in RolePreset.allCases {
                    let reply = try await client.post("/api/v1/roles", #"{"preset":"\#(preset.rawValue)"}"#)
                    #expect(reply.json["name"]?.text == preset.name)
                    #expect(Set(reply.json.texts("permissions")) == Set(preset.permissions.map(\.name)))
                }
                let list = try await client.get("/api/v1/roles").json["data"]?.elements ?? []
                #expect(list.count == 2 + RolePreset.allCases.count)
                #expect(list.prefix(2).allSatisfy { $0["isBuiltIn"] == true && $0["id"] == .null })
                #expect(list.first?.texts("permissions").count == Permission.allCases.count)
                #expect(list.first?.whole("keyCount") == 1)
                let again = try await client.post("/api/v1/roles", #"{"preset":"analyst"}"#)
                #expect(again.problem == "role-name-taken")
                #expect(try await client.post("/api/v1/roles", #"{"permissions":[]}"#).status == 422)
            }
    }

    @Test func `who manages keys gives away no more than they may`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let body = #"{"name":"manager","permissions":["keys:manage","customers:read"]}"#
                let created = try await client.post("/api/v1/api-keys", body)
                let manager = client.with(secret: created.json["secret"]?.text)
                let fine = #"{"name":"reader","permissions":["customers:read"]}"#
                #expect(try await manager.post("/api/v1/api-keys", fine).status == 201)
                let beyond = try await manager.post("/api/v1/api-keys", #"{"name":"x","permissions":["audit:view"]}"#)
                #expect(beyond.problem == "beyond-own-rights")
                #expect(beyond.json["missingPermission"] == "audit:view")
                let admin = try await manager.post("/api/v1/api-keys", #"{"name":"x","role":"admin"}"#)
                #expect(admin.problem == "beyond-own-rights")
                let first = try await client.get("/api/v1/api-keys").json["data"]?.elements.first?["id"]?.text
                let path = "/api/v1/api-keys/\(try #require(first))"
                #expect(try await manager.post(path + "/rotate").problem == "beyond-own-rights")
                #expect(try await manager.delete(path).problem == "beyond-own-rights")
                let role = #"{"name":"r","permissions":["orders:read"]}"#
                #expect(try await manager.post("/api/v1/roles", role).problem == "beyond-own-rights")
            }
    }

    @Test func `settings change with If-Match, and who changed them is in the log`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let path = "/api/v1/organization"
                let tag = try #require(try await client.get(path).headers[.eTag])
                let body = #"{"displayName":"Corner Shop"}"#
                let changed = try await client.patch(path, body, [.ifMatch: tag])
                #expect(changed.json["displayName"] == "Corner Shop")
                #expect(try await client.patch(path, #"{"timeZone":"UTC"}"#, [.ifMatch: tag]).status == 412)
                #expect(try await client.patch(path, #"{"displayName":null}"#).json["displayName"] == .null)
                #expect(try await client.get(path).headers[.eTag] == tag)
                let manager = try await client.post(
                    "/api/v1/api-keys",
                    #"{"name":"m","permissions":["organization:manage"]}"#
                )
                let desk = client.with(secret: manager.json["secret"]?.text)
                #expect(try await desk.patch(path, body).status == 200)
                let events = try await client.get("/api/v1/events?type=OrganizationConfigured")
                let found = events.json["data"]?.elements ?? []
                #expect(found.count == 3)
                #expect(found.last?["actor"] == manager.json["id"])
                #expect(found.last?["data"]?["displayName"] == "Corner Shop")
            }
    }
}
