@testable import CustomerHTTP
import CustomerDomain
import HTTPTypes
import Testing

struct DataRequestsAPITests {
    private static let register = "/api/v1/data-requests"

    /// The path of a new request.
    private static func open(_ client: Client, _ kind: String, of customer: String) async throws -> String {
        let opened = try await client.post(register, #"{"customerId":"\#(customer)","kind":"\#(kind)"}"#)
        #expect(opened.status == 201)
        return try #require(opened.headers[.location])
    }

    @Test func `an erasure is opened, checked, approved and executed, and its row stays`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let opened = try await client.post(
                    Self.register,
                    #"{"customerId":"\#(id)","kind":"erasure","channel":"letter","details":"Forget me."}"#
                )
                #expect(opened.status == 201)
                #expect(opened.json["status"]?.text == "opened")
                #expect(opened.json["overdue"]?.flag == false)
                let path = try #require(opened.headers[.location])
                #expect(try await client.post("\(path)/approve").problem == "data-request-status")
                let checked = try await client.post(
                    "\(path)/identity-check",
                    #"{"method":"document","note":"Passport"}"#
                )
                #expect(checked.json["status"]?.text == "identity_confirmed")
                #expect(try await client.post("\(path)/approve", #"{"reason":"Fine."}"#).status == 200)
                let executed = try await client.post("\(path)/execute")
                #expect(executed.status == 200)
                #expect(executed.json["status"]?.text == "executed")
                let steps = try await client.get(path).json["steps"]?.elements ?? []
                #expect(
                    steps.compactMap { $0["step"]?.text } == ["opened", "identity_checked", "approved", "executed"]
                )
                #expect(steps.allSatisfy { $0["text"]?.isNull == true }, "the texts were personal")
                #expect(steps[1]["method"]?.text == "document")
                #expect(try await client.get("/api/v1/customers/\(id)").status == 410)
                let row = try await client.get("\(Self.register)?customer=\(id)").json["data"]?.elements.first
                #expect(row?["customerId"]?.text == id)
                #expect(row?["status"]?.text == "executed")
            }
    }

    @Test func `the register is sorted by due date, filtered and paged`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let first = try await client.newCustomer()
            let second = try await client.newCustomer(#"{"email":"bob@example.com"}"#)
            let late = try await Self.open(client, "access", of: second)
            let early = try await client.post(
                Self.register,
                #"{"customerId":"\#(first)","kind":"objection","occurredAt":"2020-01-02T03:04:05Z"}"#
            )
            #expect(early.json["dueAt"]?.text == "2020-02-01T03:04:05Z")
            let all = try await client.get(Self.register).json["data"]?.elements ?? []
            #expect(all.map { $0["customerId"]?.text } == [first, second])
            let page = try await client.get("\(Self.register)?limit=1")
            let cursor = try #require(page.json["nextCursor"]?.text)
            let next = try await client.get("\(Self.register)?limit=1&cursor=\(cursor)").json["data"]?.elements
            #expect(next?.map { $0["customerId"]?.text } == [second])
            func count(_ filter: String) async throws -> Int64? {
                try await client.get("\(Self.register)?\(filter)").json["count"]?.whole
            }
            #expect(try await count("overdue=true") == 1)
            #expect(try await count("kind=objection") == 1)
            #expect(try await count("customer=\(second)") == 1)
            let refused = try await client.post("\(late)/refuse", #"{"category":"no_data","reason":"Nothing."}"#)
            #expect(refused.json["steps"]?.elements.last?["category"]?.text == "no_data")
            #expect(try await count("open=true") == 1)
            #expect(try await count("status=refused") == 1)
            let cards = try await client.get("/api/v1/metrics").json
            #expect(cards["openDataRequests"]?.whole == 1)
            #expect(cards["overdueDataRequests"]?.whole == 1)
            #expect(try await client.get("/metrics").text.contains("patron_data_requests_overdue 1\n"))
        }
    }

    @Test func `an objection ends marketing, a rectification names a version`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let consents = "/api/v1/customers/\(id)/consents"
                _ = try await client.patch(consents, #"{"consents":[{"kind":"sms","state":"granted"}]}"#)
                for kind in ["objection", "rectification"] {
                    let path = try await Self.open(client, kind, of: id)
                    _ = try await client.post("\(path)/identity-check", #"{"method":"login"}"#)
                    _ = try await client.post("\(path)/approve")
                    guard kind == "rectification" else {
                        #expect(try await client.post("\(path)/execute").status == 200)
                        continue
                    }
                    #expect(try await client.post("\(path)/execute").pointers == ["/version"])
                    let done = try await client.post("\(path)/execute", #"{"version":2}"#)
                    #expect(done.json["steps"]?.elements.last?["version"]?.whole == 2)
                }
                let states = try await client.get(consents).json["data"]?.elements.map { $0["state"]?.text }
                #expect(states == ["withdrawn", "withdrawn", "not_asked", "not_asked"])
            }
    }

    @Test func `staff cancel what they opened, and erase nothing alone`() async throws {
        try await Shop()
            .serve { (admin) async throws in
                let id = try await admin.newCustomer()
                let made = try await admin.post(
                    "/api/v1/api-keys",
                    #"""
                    {"name":"desk","role":"staff","permissions":["requests:read","requests:manage","customers:erase"]}
                    """#
                )
                let staff = admin.with(secret: try #require(made.json["secret"]?.text))
                let others = try await Self.open(admin, "access", of: id)
                #expect(try await staff.post("\(others)/cancel").problem == "data-request-of-another")
                let own = try await Self.open(staff, "erasure", of: id)
                let other = try await Self.open(staff, "access", of: id)
                #expect(try await staff.post("\(other)/cancel").json["status"]?.text == "cancelled")
                _ = try await staff.post("\(own)/identity-check", #"{"method":"login"}"#)
                _ = try await staff.post("\(own)/approve")
                #expect(try await staff.post("\(own)/execute").problem == "four-eyes")
                _ = try await staff.post("\(others)/identity-check", #"{"method":"login"}"#)
                _ = try await staff.post("\(others)/approve")
                #expect(try await staff.post("\(others)/execute").problem == "forbidden", "it exports customers")
                #expect(try await admin.post("\(own)/execute").status == 200)
                #expect(try await admin.get(others).json["status"]?.text == "lapsed")
                #expect(try await admin.get(others).json["steps"]?.elements.last?["step"]?.text == "lapsed")
            }
    }

    @Test func `a merge takes requests along, and a merged customer opens none`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let merged = try await client.newCustomer()
                let survivor = try await client.newCustomer(#"{"email":"bob@example.com"}"#)
                let path = try await Self.open(client, "access", of: merged)
                _ = try await client.post("/api/v1/customers/\(survivor)/merge", #"{"from":"\#(merged)"}"#)
                #expect(try await client.get(path).json["customerId"]?.text == survivor)
                let again = try await client.post(Self.register, #"{"customerId":"\#(merged)","kind":"access"}"#)
                #expect(again.problem == "customer-merged")
                #expect(again.headers[.location] == "/api/v1/customers/\(survivor)")
                #expect(try await client.get("\(Self.register)?customer=\(merged)").json["count"]?.whole == 1)
            }
    }

    @Test func `what is not there is a problem`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let unknown = "\(Self.register)/dsr_01h455vb4pex5vsknk084sn02q"
                #expect(try await client.get(unknown).problem == "data-request-not-found")
                #expect(try await client.post("\(unknown)/cancel").problem == "data-request-not-found")
                #expect(try await client.get("\(Self.register)/x").problem == "not-found")
            }
    }
}
