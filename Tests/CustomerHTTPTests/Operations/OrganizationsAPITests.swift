@testable import CustomerHTTP
import CustomerService
import EventSourcing
import Foundation
import HTTPTypes
import LogStorage
import TestSupport
import Testing

/// Several organizations behind one server.
struct OrganizationsAPITests {
    @Test func `a credential opens its organization, and never sees anything of another`() async throws {
        let (one, two) = (try await Shop(name: "one"), try await Shop(name: "two"))
        try await one.serve(beside: two) { (client) async throws in
            let (first, second) = (
                client.with(secret: Shop.adminSecret(of: "one")), client.with(secret: Shop.adminSecret(of: "two"))
            )
            let jane = try await first.newCustomer()
            // The same address and external id are free in the other organization.
            let other = try await second.newCustomer()
            for (mine, own, foreign) in [(first, jane, other), (second, other, jane)] {
                #expect(try await mine.get("/api/v1/customers/\(own)").status == 200)
                for path in ["", "/timeline", "/notes", "/orders", "/credit", "/duplicates"] {
                    #expect(try await mine.get("/api/v1/customers/\(foreign)\(path)").status == 404, "\(path)")
                }
                #expect(try await mine.delete("/api/v1/customers/\(foreign)").status == 404)
                let list = try await mine.get("/api/v1/customers")
                #expect(list.json.whole("count") == 1)
                #expect(!list.text.contains(foreign))
                #expect(try await !mine.get("/api/v1/events").text.contains(foreign))
            }
            #expect(try await first.get("/api/v1/me").json["organization"] == "one")
            #expect(try await second.get("/api/v1/organization").json["name"] == "two")
            // An idempotency key belongs to who sent it, there too.
            let retry: HTTPFields = [.idempotencyKey: "k"]
            let made = try await first.post("/api/v1/customers", #"{"firstName":"A"}"#, retry)
            let same = try await second.post("/api/v1/customers", #"{"firstName":"A"}"#, retry)
            #expect(made.json["id"] != same.json["id"])
        }
        #expect(one.organization.head.appended == two.organization.head.appended)
    }

    @Test func `readiness and metrics are told of each`() async throws {
        let (one, two) = (try await Shop(name: "one"), try await Shop(name: "two"))
        try await one.serve(beside: two, unavailable: ["three"]) { (client) async throws in
            let ready = try await client.get("/readyz")
            #expect(ready.status == 200)
            #expect(ready.json["status"] == "degraded")
            let names = ready.json["organizations"]?.elements.compactMap { $0["name"]?.text }
            #expect(names == ["one", "two", "three"])
            #expect(try await client.get("/readyz/two").status == 200)
            #expect(try await client.get("/readyz/three").status == 503)
            #expect(try await client.get("/readyz/three").json["status"] == "unavailable")
            #expect(try await client.get("/readyz/four").status == 404)
            let metrics = try await client.get("/metrics").text.split(separator: "\n")
            for line in [
                #"patron_log_durable_sequence{organization="one"} 1"#,
                #"patron_log_durable_sequence{organization="two"} 1"#,
                #"patron_organization_open{organization="two"} 1"#,
                #"patron_organization_open{organization="three"} 0"#,
            ] {
                #expect(metrics.contains(Substring(line)), "\(line)")
            }
            #expect(metrics.count { $0.hasPrefix("# TYPE patron_log_durable_sequence ") } == 1)
        }
    }

    @Test func `one that cannot be opened stops none of the others`() async throws {
        try await withTemporaryDirectory { path in
            let data = try DataDirectory.open(path, program: "test")
            defer { data.close() }
            for name in ["a", "b", "c"] {
                let organization = try Organization.open(name, in: data)
                _ = try await organization.createFirstAdminKey(secret: Secret("secret-of-\(name)"))
                organization.close()
            }
            try corruptVault(of: "b", in: data)
            let opened = try OpenOrganizations([], in: data)
            defer { opened.close() }
            #expect(opened.open.map(\.name) == ["a", "c"])
            #expect(opened.failures.map(\.name) == ["b"])
            #expect(throws: (any Error).self) { try OpenOrganizations(["b"], in: data) }
        }
    }

    @Test func `a new directory has the usual organization`() throws {
        try withTemporaryDirectory { path in
            let data = try DataDirectory.open(path, program: "test")
            defer { data.close() }
            let opened = try OpenOrganizations([], in: data)
            defer { opened.close() }
            #expect(opened.open.map(\.name) == ["default"])
        }
    }

    @Test(arguments: [("shop-2", true), ("a.b_C", true), ("", false), (".a", false), ("a/b", false), ("ä", false)])
    func `names of organizations are those of directories`(name: String, isName: Bool) {
        #expect(OpenOrganizations.isName(name) == isName)
    }

    /// Overwrites the head of an organization's vault, which nothing repairs.
    private func corruptVault(of name: String, in data: DataDirectory) throws {
        let path = data.organizationDirectory(name) + "/vault/keys.vault"
        var bytes = try Data(contentsOf: URL(filePath: path))
        for index in 0..<64 { bytes[index] = 0x55 }
        try bytes.write(to: URL(filePath: path))
    }
}
