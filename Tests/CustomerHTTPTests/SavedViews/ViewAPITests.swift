import CustomerDomain
@testable import CustomerHTTP
import HTTPTypes
import Testing

struct ViewAPITests {
    private static let body = """
        {"name":"Gifts","where":"customer_tags CONTAINS 'gift'","filters":{"status":"active","tag":["gift"],\
        "ordersMax":3},"sort":"-createdAt","columns":["displayName","totalSpent"],"isShared":true}
        """

    private func shop(_ client: Client) async throws {
        _ = try await client.newCustomer(#"{"email":"one@e.de","tags":["gift"]}"#)
        _ = try await client.newCustomer(#"{"email":"two@e.de","tags":["gift","late"]}"#)
        _ = try await client.newCustomer(#"{"email":"three@e.de","tags":["late"]}"#)
    }

    @Test func `a view is kept, applied to the list, overridden, counted, changed and removed`() async throws {
        try await Shop()
            .serve { (client) async throws in
                try await shop(client)
                let made = try await client.post("/api/v1/views", Self.body)
                #expect(made.status == 201)
                let id = try #require(made.json["id"]?.text)
                #expect(made.headers[.location] == "/api/v1/views/\(id)")
                #expect(made.json["filters"]?["tag"]?.elements.map(\.text) == ["gift"])
                #expect(made.json["filters"]?.whole("ordersMax") == 3)
                #expect(made.json["isOwn"]?.flag == true)
                #expect(made.json["count"] == nil)
                let list = try await client.get("/api/v1/customers?view=\(id)")
                #expect(list.json["data"]?.elements.map { $0["email"]?.text } == ["two@e.de", "one@e.de"])
                // What the query says goes before what the view says.
                let late = try await client.get("/api/v1/customers?view=\(id)&tag=late&sort=createdAt")
                #expect(late.json["data"]?.elements.map { $0["email"]?.text } == ["two@e.de"])
                let all = try await client.get(
                    "/api/v1/customers?view=\(id)&tag=late&where=" + percentEncoded("number_of_orders = 0")
                )
                #expect(all.json.whole("count") == 2)
                let paged = try await client.get("/api/v1/customers?view=\(id)&limit=1")
                #expect(paged.headers[.link]?.contains("view=\(id)") == true)
                #expect(try await client.get("/api/v1/views/\(id)?count=true").json.whole("count") == 2)
                #expect(
                    try await client.get("/api/v1/views?count=true").json["data"]?.elements.first?.whole("count") == 2
                )
                let patch = #"{"where":null,"filters":{"tag":["late"]}}"#
                let changed = try await client.patch("/api/v1/views/\(id)", patch)
                #expect(changed.json["where"]?.isNull == true)
                #expect(try await client.get("/api/v1/customers?view=\(id)").json.whole("count") == 2)
                #expect(try await client.delete("/api/v1/views/\(id)").status == 204)
                #expect(try await client.get("/api/v1/views/\(id)").problem == "view-not-found")
                let gone = try await client.get("/api/v1/customers?view=\(id)")
                #expect(gone.problem == "invalid-parameter")
                #expect(gone.json["errors"]?.elements.first?["parameter"]?.text == "view")
            }
    }

    @Test func `all that the list filters by is kept under one name, but what may name a person`() async throws {
        let names = Set(CustomerFilter.parameters.map(\.name))
        #expect(names.subtracting(ViewFilter.names) == ["q", "where", "sort", "type", "filter", "since"])
        #expect(ViewFilter.names.isSubset(of: names))
        try await Shop()
            .serve { (client) async throws in
                for name in ["q", "email", "phone"] {
                    let reply = try await client.post(
                        "/api/v1/views",
                        #"{"name":"A","filters":{"\#(name)":"ana@example.com"}}"#
                    )
                    #expect(reply.status == 422)
                    #expect(reply.pointers == ["/filters/\(name)"])
                }
                let wrong = #"{"name":"A","filters":{"status":"gone"},"columns":["password"]}"#
                let refused = try await client.post("/api/v1/views", wrong)
                #expect(Set(refused.pointers) == ["/filters/status", "/columns/0"])
                #expect(try await client.post("/api/v1/views", #"{"name":"A","sort":"x"}"#).pointers == ["/sort"])
                #expect(try await client.post("/api/v1/views", #"{"name":"A","where":"x"}"#).pointers == ["/where"])
                let synonym = try await client.post("/api/v1/views", #"{"name":"B","filters":{"accountType":"guest"}}"#)
                let id = try #require(synonym.json["id"]?.text)
                _ = try await client.newCustomer(#"{"email":"one@e.de"}"#)
                #expect(try await client.get("/api/v1/customers?view=\(id)").json.whole("count") == 0)
                #expect(try await client.get("/api/v1/customers?view=\(id)&type=registered").json.whole("count") == 1)
            }
    }

    @Test func `a view that is not shared is its maker's alone, and a shared one only its maker changes`() async throws
    {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            func staff(_ name: String) async throws -> Client {
                let body = #"{"name":"\#(name)","role":"staff","permissions":["customers:read","views:manage"]}"#
                return client.with(secret: try await client.post("/api/v1/api-keys", body).json["secret"]?.text)
            }
            let (anna, bert) = (try await staff("Anna"), try await staff("Bert"))
            let made = try await anna.post("/api/v1/views", #"{"name":"Mine","filters":{"status":"active"}}"#)
            let id = try #require(made.json["id"]?.text)
            #expect(try await bert.get("/api/v1/views/\(id)").problem == "view-not-found")
            #expect(try await bert.get("/api/v1/customers?view=\(id)").problem == "invalid-parameter")
            #expect(try await bert.get("/api/v1/views").json.whole("count") == 0)
            #expect(try await bert.delete("/api/v1/views/\(id)").problem == "view-not-found")
            _ = try await anna.patch("/api/v1/views/\(id)", #"{"isShared":true}"#)
            #expect(try await bert.get("/api/v1/customers?view=\(id)").status == 200)
            #expect(try await bert.get("/api/v1/views/\(id)").json["isOwn"]?.flag == false)
            #expect(try await bert.patch("/api/v1/views/\(id)", #"{"name":"X"}"#).problem == "view-of-another")
            #expect(try await client.delete("/api/v1/views/\(id)").status == 204)
        }
    }

    @Test func `a view that names what is no more says so`() async throws {
        try await Shop()
            .serve { (client) async throws in
                _ = try await client.post("/api/v1/segments", #"{"key":"web","name":"Web","query":"source = 'web'"}"#)
                let made = try await client.post("/api/v1/views", #"{"name":"A","filters":{"segment":["web"]}}"#)
                let id = try #require(made.json["id"]?.text)
                #expect(try await client.get("/api/v1/customers?view=\(id)").status == 200)
                _ = try await client.delete("/api/v1/segments/web")
                let reply = try await client.get("/api/v1/customers?view=\(id)")
                #expect(reply.problem == "invalid-parameter")
                #expect(reply.json["errors"]?.elements.first?["parameter"]?.text == "segment")
                #expect(try await client.get("/api/v1/views/\(id)?count=true").json["count"]?.isNull == true)
            }
    }
}
