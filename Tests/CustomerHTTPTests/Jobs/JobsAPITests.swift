import CustomerDomain
import CustomerService
import EventSourcing
import Foundation
import HTTPTypes
import LogStorage
import TestSupport
import Testing

@testable import CustomerHTTP

@Suite struct JobsAPITests {
    /// Runs requests against a server of files, whose jobs run when `run` is called.
    private func withShop(
        _ body: @Sendable @escaping (Client, _ run: @Sendable () async -> Void, ManualClock) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { directory in
            let clock = ManualClock()
            let data = try DataDirectory.open(directory, program: "test")
            defer { data.close() }
            let organization = try Organization.open(in: data, now: { clock.now })
            defer { organization.close() }
            _ = try await organization.createFirstAdminKey(secret: Secret(Shop.adminSecret))
            let shop = Shop(organization: organization, clock: clock)
            try await shop.serve { client in
                try await body(client, { await organization.runJobs() }, clock)
            }
        }
    }

    private func customers(_ client: Client) async throws -> [String] {
        var ids: [String] = []
        for (name, tags) in [("Ann", #"["vip"]"#), ("Bob", "[]"), ("Cid", #"["vip","x"]"#)] {
            let body = #"{"email":"\#(name.lowercased())@example.com","firstName":"\#(name)","tags":\#(tags)}"#
            ids.append(try await client.newCustomer(body))
        }
        return ids
    }

    @Test func `an export is asked for, watched, fetched and forgotten`() async throws {
        try await withShop { client, run, clock in
            let ids = try await customers(client)
            let reply = try await client.post(
                "/api/v1/exports?tag=vip&registeredFrom=2020-01-01",
                #"{"fields":["id","loyalty","email"],"expectedCount":2}"#
            )
            #expect(reply.status == 202)
            let path = try #require(reply.headers[.location])
            #expect(reply.json["status"]?.text == "created")
            #expect(reply.json["total"]?.whole == 2)
            #expect(reply.json["warning"]?.text?.contains("personal data") == true)
            #expect(try await client.get(path + "/result").problem == "job-status")
            await run()
            let job = try await client.get(path)
            #expect(job.json["status"]?.text == "completed")
            let result = try await client.get(try #require(job.json["result"]?.text))
            #expect(result.headers[.contentType] == "text/csv; charset=utf-8; header=present")
            #expect(result.headers[.contentDisposition]?.hasSuffix(".csv\"") == true)
            let lines = result.text.components(separatedBy: "\r\n")
            #expect(lines[0] == "id,loyaltyCard,points,lifetimePoints,tier,memberSince,email")
            #expect(lines[1] == "\(ids[0]),,,,,,ann@example.com")
            #expect(lines[2] == "\(ids[2]),,,,,,cid@example.com")
            let events = try await client.get("/api/v1/events?type=JobCreated&type=JobResultFetched")
            #expect(events.json["data"]?.elements.count == 2)
            clock.advance(by: .seconds(8 * 86_400))
            await run()
            #expect(try await client.get(path + "/result").problem == "job-expired")
            #expect(try await client.get(path).json["status"]?.text == "expired")
            #expect(try await client.get("/api/v1/jobs").json["count"]?.whole == 1)
        }
    }

    @Test func `selected customers come in the order in which they were named`() async throws {
        try await withShop { client, run, _ in
            let ids = try await customers(client)
            let body = #"{"ids":["\#(ids[2])","\#(ids[0])","\#(ids[2])"],"format":"jsonl","fields":["firstName"]}"#
            let job = try await client.post("/api/v1/exports", body)
            await run()
            let path = try #require(job.headers[.location]) + "/result"
            #expect(try await client.get(path).text == "{\"firstName\":\"Cid\"}\n{\"firstName\":\"Ann\"}\n")
            #expect(try await client.get(path).headers[.contentType] == "application/jsonl")
        }
    }

    @Test func `what cannot be taken names its field`() async throws {
        try await withShop { client, _, _ in
            let ids = try await customers(client)
            for (path, body, pointer) in [
                ("exports", #"{"fields":["number"]}"#, "/fields/0"),
                ("exports", #"{"records":"orders","fields":["number","tags"]}"#, "/fields/1"),
                ("exports", #"{"fields":["shoes"]}"#, "/fields/0"),
                ("exports", #"{"format":"pdf"}"#, "/format"),
                ("exports", #"{"expectedCount":7}"#, "/expectedCount"),
                ("exports?tag=vip", #"{"ids":["\#(ids[0])"]}"#, "/ids"),
                ("exports", #"{"ids":["cust_01jzzzzzzzzzzzzzzzzzzzzzzz"]}"#, "/ids/0"),
                ("bulk", #"{"action":"addTags","tags":["x"]}"#, "/all"),
                ("bulk", #"{"action":"addTags","all":true}"#, "/tags"),
                ("bulk", #"{"action":"joinGroup","all":true}"#, "/groupId"),
                ("bulk", #"{"action":"explode","all":true}"#, "/action"),
            ] {
                let reply = try await client.post("/api/v1/" + path, body)
                #expect(reply.status == 422, "\(path) \(body) \(reply.text)")
                #expect(reply.pointers == [pointer], "\(path) \(body) \(reply.text)")
            }
            #expect(try await client.post("/api/v1/exports?sort=email", "{}").status == 400)
            #expect(try await client.get("/api/v1/jobs").json["count"]?.whole == 0)
            #expect(try await client.get("/api/v1/jobs/job_01jzzzzzzzzzzzzzzzzzzzzzzz").problem == "job-not-found")
        }
    }

    @Test func `a bulk change of all that match tells what it could not do`() async throws {
        try await withShop { client, run, _ in
            let ids = try await customers(client)
            let body = #"{"action":"addTags","tags":["late"],"expectedCount":2}"#
            let headers: HTTPFields = [.idempotencyKey: "k1"]
            let job = try await client.post("/api/v1/bulk?tag=vip", body, headers)
            #expect(job.status == 202)
            #expect(try await client.post("/api/v1/bulk?tag=vip", body, headers).json["id"] == job.json["id"])
            #expect(try await client.post("/api/v1/bulk?tag=x", body, headers).problem == "idempotency-key-reused")
            _ = try await client.delete("/api/v1/customers/\(ids[2])")
            // A retry is one, whatever matches now.
            #expect(try await client.post("/api/v1/bulk?tag=vip", body, headers).json["id"] == job.json["id"])
            await run()
            let path = try #require(job.headers[.location])
            let done = try await client.get(path)
            #expect(done.json["status"]?.text == "completed")
            #expect(done.json["done"]?.whole == 1 && done.json["failed"]?.whole == 1)
            #expect(try await client.get("/api/v1/customers?tag=late").json["count"]?.whole == 1)
            let errors = try await client.get(path + "/errors").text.components(separatedBy: "\r\n")
            #expect(errors[0] == "line,customerId,column,code,text")
            #expect(errors[1].hasPrefix(",\(ids[2]),,customer_erased,"))
            let lines = try await client.get(path + "/errors?format=jsonl")
            #expect(
                lines.text.hasPrefix(#"{"line":null,"customerId":"\#(ids[2])","column":null,"code":"customer_erased""#)
            )
            #expect(try await client.get(path + "/result").problem == "job-status")
        }
    }

    @Test func `a job can be stopped, once`() async throws {
        try await withShop { client, run, _ in
            _ = try await customers(client)
            let job = try await client.post("/api/v1/bulk", #"{"action":"disable","all":true}"#)
            let path = try #require(job.headers[.location])
            #expect(try await client.post(path + "/cancel").json["status"]?.text == "canceling")
            await run()
            #expect(try await client.get(path).json["status"]?.text == "canceled")
            #expect(try await client.post(path + "/cancel").problem == "job-status")
            #expect(try await client.get("/api/v1/customers?status=disabled").json["count"]?.whole == 0)
        }
    }

    @Test func `exports need their permission, bulk changes that of the change`() async throws {
        try await withShop { client, run, _ in
            _ = try await customers(client)
            let body = #"{"name":"staff","permissions":["customers:read","groups:manage"]}"#
            let secret = try await client.post("/api/v1/api-keys", body).json["secret"]?.text
            let staff = client.with(secret: secret)
            let refused = try await staff.post("/api/v1/exports", "{}")
            #expect(refused.status == 403 && refused.text.contains("customers:export"))
            let bulk = try await staff.post("/api/v1/bulk", #"{"action":"enable","all":true}"#)
            #expect(bulk.status == 403 && bulk.text.contains("customers:update"))
            let group = try await client.post("/api/v1/groups", #"{"name":"Wave"}"#).json["id"]?.text ?? ""
            let join = try await staff.post("/api/v1/bulk", #"{"action":"joinGroup","all":true,"groupId":"\#(group)"}"#)
            #expect(join.status == 202)
            await run()
            #expect(try await client.get("/api/v1/customers?group=Wave").json["count"]?.whole == 3)
            let export = try await client.post("/api/v1/exports", "{}")
            let path = try #require(export.headers[.location])
            await run()
            #expect(try await staff.get(path + "/result").status == 403)
            #expect(try await staff.post(path + "/cancel").status == 403)
            #expect(try await staff.get(path + "/errors").status == 403)
            #expect(try await staff.get(path).status == 200)
        }
    }

    @Test func `the fields that can be chosen are listed, with the warning`() async throws {
        try await withShop { client, _, _ in
            let fields = try await client.get("/api/v1/exports/fields")
            #expect((fields.json["data"]?.elements.count ?? 0) > 60)
            #expect(fields.json["warning"]?.text?.contains("law") == true)
        }
    }

    @Test func `a file of customers is sent, previewed, committed, and its errors fetched`() async throws {
        try await withShop { client, run, _ in
            let template = try await client.get("/api/v1/imports/template?example=true")
            #expect(template.text.hasPrefix("First Name,Last Name,Email,Phone,Customer Group,Tags,External ID\r\nJane,"))
            let csv: HTTPFields = [.contentType: "text/csv"]
            let text = "Mail;First Name\njane@example.com;Jane\nnobody;X\njane@example.com;Y\n"
            let path = "/api/v1/imports?map=Mail:email&delimiter=semicolon&tag=wave"
            let retried: HTTPFields = [.contentType: "text/csv", .idempotencyKey: "k"]
            let created = try await client.post(path, text, retried)
            #expect(created.status == 201, "\(created.text)")
            #expect(created.json["preview"]?["create"]?.whole == 1)
            #expect(created.json["preview"]?["error"]?.whole == 2)
            #expect(try await client.post(path, text, retried).json["job"]?["id"] == created.json["job"]?["id"])
            #expect(try await client.post(path, text + "x@example.com;Z\n", retried).problem == "idempotency-key-reused")
            let place = try #require(created.headers[.location])
            #expect(try await client.get("/api/v1/customers").json["count"]?.whole == 0)
            #expect(try await client.post(place + "/commit").status == 202)
            await run()
            #expect(try await client.get("/api/v1/customers?tag=wave").json["count"]?.whole == 1)
            let done = try await client.get(place)
            #expect(done.json["job"]?["status"]?.text == "completed" && done.json["preview"] == .null)
            let id = created.json["job"]?["id"]?.text ?? ""
            let errors = try await client.get("/api/v1/jobs/\(id)/errors").text.components(separatedBy: "\r\n")
            #expect(errors[1].hasPrefix("3,,Mail,invalid_email,"))
            #expect(errors[2].hasPrefix("4,,Mail,repeated_in_file,Line 2 has the same"))
            #expect(try await client.post(place + "/commit").problem == "job-status")
            let bad = try await client.post("/api/v1/imports", "name\nx\n", csv)
            #expect(bad.status == 422 && bad.text.contains("no column is email"))
            let wrong = try await client.post("/api/v1/imports?map=Mail:shoe", text, csv)
            #expect(wrong.status == 400, "\(wrong.text)")
            #expect(try await client.post("/api/v1/imports", "{}").status == 415)
            let body = #"{"name":"staff","permissions":["customers:read","customers:import"]}"#
            let secret = try await client.post("/api/v1/api-keys", body).json["secret"]?.text
            let refused = try await client.with(secret: secret).post(path, text, csv)
            #expect(refused.status == 403 && refused.text.contains("customers:update"))
        }
    }

    @Test func `a file that is too large is refused, and nothing of it is kept`() async throws {
        try await withTemporaryDirectory { directory in
            let data = try DataDirectory.open(directory, program: "test")
            defer { data.close() }
            let organization = try Organization.open(in: data)
            defer { organization.close() }
            _ = try await organization.createFirstAdminKey(secret: Secret(Shop.adminSecret))
            organization.setJobLimits(JobLimits(importByteCount: 100))
            try await Shop(organization: organization).serve { client in
                let text = "email\n" + String(repeating: "ann@example.com\n", count: 20)
                let reply = try await client.post("/api/v1/imports", text, [.contentType: "text/csv"])
                #expect(reply.status == 413)
            }
            let jobs = directory + "/organizations/default/jobs"
            #expect((try? FileManager.default.contentsOfDirectory(atPath: jobs)) ?? [] == [])
        }
    }

    @Test func `an organization without files has no jobs`() async throws {
        try await Shop()
            .serve { client in
                let reply = try await client.post("/api/v1/exports", "{}")
                #expect(reply.status == 503)
            }
    }
}
