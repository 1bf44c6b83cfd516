@testable import CustomerHTTP
import HTTPTypes
import Testing

struct MergesAPITests {
    private let one = #"{"email":"one@e.de","firstName":"Ann","metadata":{"size":"M"},"tags":["a"]}"#
    private let two = """
        {"email":"two@e.de","firstName":"Anna","lastName":"Smith","metadata":{"size":"L"},"tags":["a","b"],
         "addresses":[{"line1":"1 Road"}]}
        """

    @Test func `a preview says what the merge does, and changes nothing`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let (one, two) = (try await client.newCustomer(one), try await client.newCustomer(two))
                _ = try await client.post("/api/v1/customers/\(two)/orders", OrdersAPITests.order("T-1"))
                let before = try await client.get("/api/v1/customers/\(one)").json
                let body = #"{"from":"\#(two)","fields":{"email":"merged","metadata":"merged"}}"#
                let preview = try await client.post("/api/v1/customers/\(one)/merge/preview", body)
                #expect(preview.status == 200)
                #expect(preview.json["mergeable"] == true)
                let fields = preview.json["fields"]?.elements ?? []
                let email = try #require(fields.first { $0["field"] == "email" })
                #expect(email["survivor"] == "one@e.de" && email["merged"] == "two@e.de")
                #expect(email["default"] == "survivor" && email["chosen"] == "merged")
                #expect(fields.first { $0["field"] == "lastName" }?["chosen"] == "merged")
                #expect(fields.first { $0["field"] == "phone" }?["survivor"] == .null)
                #expect(preview.json["metadata"]?["conflicts"]?.elements.map(\.text) == ["size"])
                let moves = try #require(preview.json["moves"])
                #expect(moves.whole("orders") == 1 && moves.whole("addresses") == 1 && moves.texts("tags") == ["b"])
                #expect(try await client.get("/api/v1/customers/\(one)").json == before)

                let merged = try await client.post("/api/v1/customers/\(one)/merge", body)
                #expect(merged.json["email"] == "two@e.de" && merged.json["firstName"] == "Ann")
                #expect(merged.json["lastName"] == "Smith" && merged.json["metadata"]?["size"] == "L")
                #expect(merged.json.texts("tags") == ["a", "b"] && merged.json.whole("orderCount") == 1)
            }
    }

    @Test func `a preview names everything that forbids the merge`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let one = try await client.newCustomer(#"{"firstName":"Ann"}"#)
                let two = try await client.newCustomer(#"{"email":"x@e.de","accountType":"guest"}"#)
                _ = try await client.newCustomer(#"{"email":"x@e.de"}"#)
                let path = "/api/v1/customers/\(one)/merge/preview"
                let taken = try await client.post(path, #"{"from":"\#(two)"}"#).json
                #expect(taken["mergeable"] == false)
                #expect(taken["problems"]?.elements.map { $0["type"]?.text } == ["/problems/email-taken"])
                #expect(taken["problems"]?.elements.first?["field"] == "email")
                let left = try await client.post(path, #"{"from":"\#(two)","fields":{"email":"survivor"}}"#)
                #expect(left.json["mergeable"] == true)
                let itself = try await client.post(path, #"{"from":"\#(one)"}"#).json
                #expect(itself["problems"]?.elements.map { $0["type"]?.text } == ["/problems/merge-with-itself"])
                #expect(itself["fields"]?.elements.isEmpty == true)
                let nobody = "cust_01j1pz1300f8xrr7s2w2en7qpk"
                #expect(try await client.post(path, #"{"from":"\#(nobody)"}"#).problem == "customer-not-found")
                #expect(try await client.post(path, #"{"from":"\#(two)","fields":{"email":"both"}}"#).status == 422)
            }
    }

    @Test func `an undone merge leaves both as they were`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let (one, two) = (try await client.newCustomer(one), try await client.newCustomer(two))
                _ = try await client.post("/api/v1/customers/\(two)/orders", OrdersAPITests.order("T-1"))
                let before = try await client.get("/api/v1/customers/\(two)").json
                let body = #"{"from":"\#(two)","fields":{"email":"merged"}}"#
                _ = try await client.post("/api/v1/customers/\(one)/merge", body)
                #expect(try await client.get("/api/v1/customers/\(two)").status == 308)
                let undone = try await client.post("/api/v1/customers/\(one)/unmerge", #"{"from":"\#(two)"}"#)
                #expect(undone.status == 200)
                #expect(undone.json["email"] == "one@e.de" && undone.json.whole("orderCount") == 0)
                #expect(try await client.get("/api/v1/customers/\(two)").json == before)
                #expect(try await client.get("/api/v1/orders/T-1").json["customerId"]?.text == two)
                let events = try await client.get("/api/v1/customers/\(one)/timeline").json["data"]?.elements ?? []
                #expect(events.first?["type"] == "CustomersUnmerged")
                let again = try await client.post("/api/v1/customers/\(one)/unmerge", #"{"from":"\#(two)"}"#)
                #expect(again.problem == "not-merged")
            }
    }

    @Test func `duplicates are listed with their reasons, and those of one`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let guest = #"{"email":"A@e.de","phone":"+1 555 0100","accountType":"guest"}"#
                let one = try await client.newCustomer(#"{"email":"a@e.de","phone":"1-555-0100"}"#)
                let two = try await client.newCustomer(guest)
                let three = try await client.newCustomer(#"{"firstName":"C","phone":"15550100"}"#)
                let list = try await client.get("/api/v1/duplicates").json
                let groups = list["data"]?.elements ?? []
                #expect(groups.map { $0.whole("score") } == [90, 60] && list.whole("count") == 2)
                #expect(groups.first?.texts("reasons") == ["email"])
                #expect(groups.first?["customers"]?.elements.map { $0["id"]?.text } == [one, two])
                #expect(groups.last?.whole("count") == 3)
                #expect(try await client.get("/api/v1/duplicates?minimumScore=80").json.whole("count") == 1)
                #expect(try await client.get("/api/v1/duplicates?reason=phone").json.whole("count") == 1)
                let page = try await client.get("/api/v1/duplicates?limit=1").json
                let next = try #require(page["nextCursor"]?.text)
                let second = try await client.get("/api/v1/duplicates?limit=1&cursor=\(next)").json
                #expect(second["data"]?.elements.first?.whole("score") == 60)
                #expect(try await client.get("/api/v1/duplicates?reason=email&cursor=\(next)").status == 400)
                let ofOne = try await client.get("/api/v1/customers/\(one)/duplicates").json["data"]?.elements ?? []
                #expect(ofOne.map { $0["customer"]?["id"]?.text } == [two, three])
                #expect(ofOne.first?.texts("reasons") == ["email", "phone"])
                _ = try await client.post("/api/v1/customers/\(one)/merge", #"{"from":"\#(two)"}"#)
                #expect(try await client.get("/api/v1/duplicates?reason=email").json.whole("count") == 0)
            }
    }

    @Test func `what forbids undoing is named with its event`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let (one, two) = (try await client.newCustomer(one), try await client.newCustomer(two))
                _ = try await client.post("/api/v1/customers/\(two)/orders", OrdersAPITests.order("T-1"))
                _ = try await client.post("/api/v1/customers/\(one)/merge", #"{"from":"\#(two)"}"#)
                let three = try await client.newCustomer(#"{"email":"three@e.de"}"#)
                _ = try await client.post("/api/v1/customers/\(one)/merge", #"{"from":"\#(three)"}"#)
                let path = "/api/v1/customers/\(one)/unmerge"
                let early = try await client.post(path, #"{"from":"\#(two)"}"#)
                #expect(early.problem == "merge-not-latest")
                #expect(try await client.post(path, #"{"from":"\#(three)"}"#).status == 200)
                _ = try await client.post("/api/v1/orders/T-1/cancel")
                let late = try await client.post(path, #"{"from":"\#(two)"}"#)
                #expect(late.problem == "merge-fixed")
                #expect(late.json["detail"]?.text?.contains("cancelled or paid back an order") == true)
            }
    }
}
