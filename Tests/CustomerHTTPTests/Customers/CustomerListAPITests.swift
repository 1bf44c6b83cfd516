@testable import CustomerHTTP
import HTTPTypes
import TestSupport
import Testing

struct CustomerListAPITests {
    private func names(_ reply: Reply) -> [String] {
        (reply.json["data"]?.elements ?? []).compactMap { $0["firstName"]?.text }
    }

    /// Ann with two orders, Bob with one, Cid with none; registered a day apart.
    private func fill(_ shop: Shop, _ client: Client) async throws {
        for (name, orderCount, tag) in [("Ann", 2, "vip"), ("Bob", 1, "vip"), ("Cid", 0, "new")] {
            let body =
                #"{"firstName":"\#(name)","email":"\#(name)@e.de","phone":"+1-555-0\#(name.utf8.count)23","tags":["\#(tag)"]}"#
            let id = try await client.newCustomer(body)
            for number in 0..<orderCount {
                _ = try await client.post("/api/v1/customers/\(id)/orders", OrdersAPITests.order("\(name)-\(number)"))
            }
            shop.clock.advance(by: .seconds(86_400))
        }
    }

    @Test func `filters and orders select`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            try await fill(shop, client)
            let expected: KeyValuePairs<String, [String]> = [
                "sort=createdAt": ["Ann", "Bob", "Cid"], "sort=-createdAt": ["Cid", "Bob", "Ann"],
                "sort=totalSpent:desc": ["Ann", "Bob", "Cid"], "sort=-orderCount,name": ["Ann", "Bob", "Cid"],
                "q=ann": ["Ann"], "tag=vip&sort=name": ["Ann", "Bob"], "tag=vip&tag=new": [],
                "ordersMin=1&sort=name": ["Ann", "Bob"], "ordersMin=1&ordersMax=1": ["Bob"], "ordersMax=0": ["Cid"],
                "spentMin=2500&sort=name": ["Ann", "Bob"], "spentMin=2501": ["Ann"], "status=disabled": [],
                "accountType=guest": [], "type=registered&sort=name": ["Ann", "Bob", "Cid"],
                "since=2025-06-17": ["Cid"], "registeredTo=2025-06-15": ["Ann"],
                "registeredFrom=2025-06-16&registeredTo=2025-06-16": ["Bob"],
                "lastOrderFrom=2025-06-16T00:00:00Z": ["Bob"], "inactiveDays=3": ["Ann"],
                "activity=active&sort=name": ["Ann", "Bob"],
                "preset=new&sort=name": ["Ann", "Bob", "Cid"], "filter=vip": [], "group=Nobody": [], "country=US": [],
                "updatedSince=2025-06-17": ["Cid"],
            ]
            for (query, names) in expected {
                let reply = try await client.get("/api/v1/customers?\(query)")
                #expect(self.names(reply) == names, "\(query)")
                #expect(reply.json.whole("count") == Int64(names.count), "\(query)")
            }
        }
    }

    @Test func `a page that is asked for again shows what changed, as one that is made anew`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            try await fill(shop, client)
            let group = try await client.post("/api/v1/groups", #"{"name":"Friends"}"#).json.text("id") ?? ""
            let ids = try await client.get("/api/v1/customers?sort=createdAt").json["data"]?.elements
                .compactMap {
                    $0.text("id")
                }
            let ann = try #require(ids?.first)
            let changes: [(Client) async throws -> Reply] = [
                { try await $0.patch("/api/v1/customers/\(ann)", #"{"firstName":"Anna"}"#) },
                { try await $0.post("/api/v1/customers/\(ann)/tags", #"{"tags":["kind"]}"#) },
                { try await $0.post("/api/v1/groups/\(group)/members", #"{"customerIds":["\#(ann)"]}"#) },
                { try await $0.patch("/api/v1/groups/\(group)", #"{"name":"Good friends"}"#) },
                { try await $0.post("/api/v1/customers/\(ann)/disable") },
                { try await $0.delete("/api/v1/groups/\(group)") },
            ]
            var pages: Set<String> = []
            for change in changes {
                _ = try await client.get("/api/v1/customers?sort=createdAt")
                #expect(try await change(client).status < 300)
                let again = try await client.get("/api/v1/customers?sort=createdAt")
                let head = try await client.get("/api/v1/events?limit=1&order=desc").json["data"]?.elements.first
                let sequence = head?.whole("sequence") ?? 0
                let anew = try await client.get("/api/v1/customers?sort=createdAt&asOf=\(sequence)")
                #expect(again.json["data"] == anew.json["data"])
                pages.insert(again.text)
            }
            #expect(pages.count == changes.count)
        }
    }

    @Test func `a page that is asked for again is the same until time alone changes it`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            try await fill(shop, client)
            for query in ["sort=createdAt", "sort=createdAt&activity=active", "sort=createdAt&inactiveDays=5"] {
                let target = "/api/v1/customers?\(query)"
                let (first, second) = (try await client.get(target), try await client.get(target))
                #expect(first.bytes == second.bytes && first.headers[.link] == second.headers[.link])
                shop.clock.advance(by: .seconds(86_400 * 500))
                let later = try await client.get(target)
                #expect(later.bytes != first.bytes, "\(query)")
                #expect(!later.text.contains(#""activity":"active""#))
                shop.clock.advance(by: .seconds(-86_400 * 500))
                #expect(try await client.get(target).bytes == first.bytes, "\(query)")
            }
        }
    }

    @Test func `the three ways to page give the same rows, with links`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            for number in 0..<7 { _ = try await client.newCustomer(#"{"firstName":"N\#(number)"}"#) }
            var byCursor: [String] = []
            var target: String? = "/api/v1/customers?limit=3&sort=name"
            while let path = target {
                let reply = try await client.get(path)
                byCursor += names(reply)
                #expect(reply.json.whole("count") == 7)
                #expect((reply.json["nextCursor"] != .null) == (reply.json.flag("hasMore") == true))
                target = next(reply)
            }
            #expect(byCursor == (0..<7).map { "N\($0)" })
            var byPage: [String] = []
            target = "/api/v1/customers?page=1&display=3&sort=name"
            while let path = target {
                let reply = try await client.get(path)
                byPage += names(reply)
                target = next(reply)
            }
            #expect(byPage == byCursor)
            let middle = try await client.get("/api/v1/customers?limit=3&offset=3&sort=name")
            #expect(names(middle) == ["N3", "N4", "N5"])
            #expect(middle.headers[.link]?.contains("rel=\"prev\"") == true)
        }
    }

    private func next(_ reply: Reply) -> String? {
        guard let link = reply.headers[.link],
            let part = link.split(separator: ", ").first(where: { $0.hasSuffix("rel=\"next\"") })
        else { return nil }
        return String(part.dropFirst().prefix { $0 != ">" })
    }

    @Test(arguments: [
        "page=1&limit=2", "display=5&offset=1", "page=1&cursor=abc", "limit=101", "display=101", "limit=0", "page=0",
        "limit=1&limit=2", "limit=x", "limit=1.0", "limit=", "sort=nobody", "sort=createdAt:up", "status=gone",
        "nonsense=1",
        "since=yesterday", "cursor=abc", "cursor=!!", "q=%zz", "q=%ff", "ordersMin=-1",
        "type=guest&accountType=registered",
        "limit=%2B5", "country=XX", String(repeating: "tag=a&", count: 21),
    ])
    func `what cannot be taken is refused by name`(_ query: String) async throws {
        try await Shop()
            .serve { (client) async throws in
                let reply = try await client.get("/api/v1/customers?\(query)")
                #expect(reply.status == 400)
                #expect(reply.problem == "invalid-parameter")
            }
    }

    @Test func `an unknown sort field is answered with those that are known`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let reply = try await client.get("/api/v1/customers?sort=nobody")
                #expect(reply.text.contains("totalSpent"))
                #expect(reply.text.contains("nobody"))
            }
    }
}
