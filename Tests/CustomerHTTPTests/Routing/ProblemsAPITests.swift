@testable import CustomerHTTP
import HTTPTypes
import Testing

struct ProblemsAPITests {
    @Test func `an unknown path and a wrong method are problems, too`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let lost = try await client.get("/nowhere")
                #expect(lost.problem == "not-found")
                #expect(lost.headers[.contentType] == "application/problem+json")
                let wrong = try await client.put("/api/v1/customers", "{}")
                #expect(wrong.status == 405)
                #expect(wrong.problem == "method-not-allowed")
                #expect(wrong.headers[.allow] == "GET, HEAD, POST")
                // Not what /customers/{id} takes.
                let spelt = try await client.put("/api/v1/customers/lookup", "{}")
                #expect(spelt.status == 405)
                #expect(spelt.headers[.allow] == "GET, HEAD")
            }
    }

    @Test(arguments: ["", "{", "nonsense", #"{"email":"a@b.cd","email":"b@c.de"}"#, "{} {}"])
    func `a body that is not JSON is refused with the place`(_ body: String) async throws {
        try await Shop()
            .serve { (client) async throws in
                let reply = try await client.post("/api/v1/customers", body)
                #expect(reply.status == 400)
                #expect(reply.problem == "malformed-body")
                #expect(reply.json["detail"]?.text?.hasPrefix("At byte ") == true)
            }
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"])
    func `another media type is refused`(_ type: String) async throws {
        try await Shop()
            .serve { (client) async throws in
                let reply = try await client.post("/api/v1/customers", #"{"email":"a@b.cd"}"#, [.contentType: type])
                #expect(reply.status == 415)
            }
    }

    @Test func `a charset does not matter`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let type: HTTPFields = [.contentType: "Application/JSON; charset=utf-8"]
                #expect(try await client.post("/api/v1/customers", #"{"email":"a@b.cd"}"#, type).status == 201)
            }
    }

    @Test func `a body that is too large is refused`() async throws {
        let shop = try await Shop(limits: ServerLimits(bodyByteCount: 100))
        try await shop.serve { (client) async throws in
            let long = String(repeating: "x", count: 101)
            let reply = try await client.post("/api/v1/customers", #"{"firstName":"\#(long)"}"#)
            #expect(reply.status == 413)
            #expect(reply.problem == "body-too-large")
        }
    }

    @Test func `more requests than the limit at once are told to come again`() async throws {
        let shop = try await Shop(limits: ServerLimits(concurrentRequestCount: 0))
        try await shop.serve { (client) async throws in
            let reply = try await client.get("/healthz")
            #expect(reply.status == 503)
            #expect(reply.problem == "overloaded")
            #expect(reply.headers[.retryAfter] == "1")
        }
    }

    @Test func `a request is known by its own identifier, unless that could do harm`() async throws {
        try await Shop()
            .serve { (client) async throws in
                #expect(try await client.get("/healthz", [.requestID: "abc-1"]).headers[.requestID] == "abc-1")
                let long = String(repeating: "a", count: 129)
                for bad in [long, "a b", "<x>"] {
                    let answer = try await client.get("/healthz", [.requestID: bad]).headers[.requestID]
                    #expect(answer?.hasPrefix("req_") == true)
                }
                let problem = try await client.get("/api/v1/customers?limit=0", [.requestID: "abc-2"])
                #expect(problem.json["instance"] == "urn:request:abc-2")
            }
    }

    @Test func `slugs are unique, and refusals have those of their codes`() {
        let types = RouteTable.all.flatMap(\.allProblems)
        for type in types {
            #expect(types.filter { $0.slug == type.slug }.allSatisfy { $0 == type }, "\(type.slug)")
        }
    }
}
