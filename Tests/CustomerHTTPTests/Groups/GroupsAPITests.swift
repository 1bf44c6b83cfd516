@testable import CustomerHTTP
import Testing

struct GroupsAPITests {
    @Test func `a group is made, filled, listed and emptied`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let made = try await client.post(
                    "/api/v1/groups",
                    #"{"name":"Wholesale","description":"Approved buyers"}"#
                )
                #expect(made.status == 201)
                let path = "/api/v1/groups/" + (try #require(made.json["id"]?.text))
                #expect(try await client.post("/api/v1/groups", #"{"name":"WHOLESALE"}"#).problem == "group-name-taken")
                let one = try await client.newCustomer(#"{"email":"one@e.de"}"#)
                let two = try await client.newCustomer(#"{"email":"two@e.de"}"#)
                let added = try await client.post(path + "/members", #"{"customerIds":["\#(one)","\#(two)"]}"#)
                #expect(added.json.whole("memberCount") == 2)
                #expect(try await client.get(path + "/members?limit=1").json.whole("count") == 2)
                #expect(try await client.get("/api/v1/customers?group=wholesale").json.whole("count") == 2)
                #expect(try await client.delete(path + "/members/\(one)").status == 204)
                #expect(try await client.get(path).json.whole("memberCount") == 1)
                #expect(try await client.get("/api/v1/groups").json.whole("count") == 1)
            }
    }

    @Test func `members come all or none`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let made = try await client.post("/api/v1/groups", #"{"name":"VIP"}"#)
                let path = "/api/v1/groups/" + (try #require(made.json["id"]?.text))
                let one = try await client.newCustomer()
                let body = #"{"customerIds":["\#(one)","cust_01h455vb4pex5vsknk084sn02q"]}"#
                let refused = try await client.post(path + "/members", body)
                #expect(refused.status == 422)
                #expect(refused.pointers == ["/customerIds/1"])
                #expect(try await client.get(path).json.whole("memberCount") == 0)
                let unknown = "/api/v1/groups/group_01h455vb4pex5vsknk084sn02q"
                #expect(try await client.get(unknown).problem == "group-not-found")
                #expect(try await client.get(unknown + "/members").problem == "group-not-found")
            }
    }

    @Test func `a group has key, sort and benefits, and is changed and deleted`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let body = """
                    {"name":"Trade","key":"trade","type":"wholesale","benefits":{"discountPercent":12.5,\
                    "minimumOrder":25000,"currency":"GBP","paymentTermsDays":30,"perks":["tax_exempt"]}}
                    """
                let made = try await client.post("/api/v1/groups", body)
                #expect(made.status == 201)
                #expect(made.json["benefits"]?["discountPercent"]?.fraction == 12.5)
                let path = "/api/v1/groups/key=trade"
                #expect(try await client.get(path).json["id"] == made.json["id"])
                let patched = try await client.patch(path, #"{"name":"B2B","benefits":{"discountPercent":30}}"#)
                #expect(patched.json["benefits"]?.whole("discountPercent") == 30)
                #expect(patched.json["benefits"]?.whole("minimumOrder") == 25_000)
                #expect(patched.json.text("type") == "wholesale")
                let bad = try await client.patch(path, #"{"benefits":{"discountPercent":0.001}}"#)
                #expect(bad.pointers == ["/benefits/discountPercent"])
                let one = try await client.newCustomer(#"{"email":"one@e.de"}"#)
                _ = try await client.post(path + "/members", #"{"customerIds":["\#(one)"]}"#)
                #expect(try await client.get("/api/v1/customers?group=trade").json.whole("count") == 1)
                #expect(try await client.get("/api/v1/groups/key=none").problem == "group-not-found")
                #expect(try await client.delete(path).status == 204)
                #expect(try await client.get("/api/v1/groups").json.whole("count") == 0)
                #expect(try await client.get("/api/v1/customers?group=trade").json.whole("count") == 0)
                #expect(try await client.get("/api/v1/customers/\(one)").json["groups"]?.elements.isEmpty == true)
            }
    }

    @Test func `a customer's groups tell since when, by whom and why`() async throws {
        try await Shop()
            .serve { (client) async throws in
                for name in ["VIP", "Trade"] { _ = try await client.post("/api/v1/groups", #"{"name":"\#(name)"}"#) }
                let groups = try await client.get("/api/v1/groups").json["data"]?.elements.compactMap { $0.text("id") }
                let (vip, trade) = try #require(groups.map { ($0[0], $0[1]) })
                let one = try await client.newCustomer(#"{"email":"one@e.de","groups":["\#(vip)"]}"#)
                let two = try await client.newCustomer(#"{"email":"two@e.de"}"#)
                let reason = #"{"customerIds":["\#(two)"],"reason":"Bought for 9,000"}"#
                _ = try await client.post("/api/v1/groups/\(trade)/members", reason)
                _ = try await client.post("/api/v1/customers/\(one)/merge", #"{"from":"\#(two)"}"#)
                let memberships = try await client.get("/api/v1/customers/\(one)/groups").json["data"]?.elements ?? []
                #expect(memberships.map { $0["group"]?.text("name") } == ["VIP", "Trade"])
                #expect(memberships.map { $0.text("reason") } == [nil, "Bought for 9,000"])
                #expect(memberships.allSatisfy { $0.text("since") != nil && $0.text("by")?.hasPrefix("key_") == true })
                _ = try await client.delete("/api/v1/groups/\(trade)/members/\(one)?reason=No%20longer")
                let left = try await client.get("/api/v1/customers/\(one)/groups").json["data"]?.elements
                #expect(left?.count == 1)
            }
    }

    @Test func `the usual groups are made once`() async throws {
        try await Shop()
            .serve { (client) async throws in
                #expect(try await client.post("/api/v1/groups/defaults", "{}").pointers == ["/currency"])
                let made = try await client.post("/api/v1/groups/defaults", #"{"currency":"USD"}"#)
                #expect(made.json["data"]?.elements.map { $0.text("name") } == ["Retail", "Wholesale", "VIP"])
                let again = try await client.post("/api/v1/groups/defaults", #"{"currency":"USD"}"#)
                #expect(again.json["data"]?.elements.isEmpty == true)
            }
    }
}
