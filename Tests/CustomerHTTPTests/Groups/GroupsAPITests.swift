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
}
