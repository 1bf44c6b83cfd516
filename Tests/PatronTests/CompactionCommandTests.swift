import Foundation
import Testing

/// `patronctl seal` and `patronctl compact`, through the running server and on files that no server uses.
@Suite struct CompactionCommandTests {
    private let patronctl = Program.patronctl

    private func run(_ verb: String, _ data: URL, _ more: [String] = []) throws -> [String: Any] {
        let outcome = try patronctl.run([verb, "--data", data.path, "--json"] + more)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    /// Whether a text is in any byte of any segment file, or in an event as the tool prints it.
    private func holds(_ text: String, _ data: URL) throws -> Bool {
        let log = data.appendingPathComponent("organizations/default/log")
        let isInBytes = try FileManager.default.contentsOfDirectory(at: log, includingPropertiesForKeys: nil)
            .contains { try Data(contentsOf: $0).range(of: Data(text.utf8)) != nil }
        let events = try patronctl.run(["replay", "--data", data.path, "--json"])
        #expect(events.status == 0)
        return isInBytes || events.output.contains(text)
    }

    @Test func `beside a running server, nothing of an erased customer is left`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        let server = try Server(data: data)
        let connection = try server.connect()
        let body = #"{"firstName":"Qvelda","lastName":"Zwornik","email":"qvelda@example.com"}"#
        let id = try #require(try connection.post("/api/v1/customers", body).object["id"] as? String)
        let kept = #"{"firstName":"Keptname","email":"kept@example.com"}"#
        #expect(try connection.post("/api/v1/customers", kept).status == 201)
        #expect(try connection.request("DELETE", "/api/v1/customers/\(id)").status < 300)

        let dry = try run("compact", data, ["--dry-run"])
        #expect(dry["dryRun"] as? Bool == true && dry["redactedEvents"] as? Int == 1)
        #expect(try run("info", data)["segments"] as? Int == 1)
        let done = try run("compact", data)
        #expect(done["redactedEvents"] as? Int == 1)
        #expect(done["husksBefore"] as? Int == 0 && done["husksAfter"] as? Int == 1)
        #expect(try connection.post("/api/v1/customers", #"{"firstName":"Later"}"#).status == 201)
        #expect(try !holds("Qvelda", data) && !holds("Zwornik", data))
        #expect(try holds("Keptname", data))
        #expect(server.stop().status == 0)
        #expect(try patronctl.run(["verify", "--data", data.path]).status == 0)
        #expect(try Server(data: data).stop().status == 0)
    }

    @Test func `where no server runs the tool does it itself, and the state stays`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        _ = try patronctl.run(["generate", "--customers", "60", "--seed", "5", "--data", data.path])
        let before = try run("info", data)
        let count = try #require(before["events"] as? Int)
        #expect(try run("seal", data, ["--dry-run"])["sealedEvents"] as? Int == count)
        #expect(try run("info", data)["segments"] as? Int == 1)
        #expect(try run("seal", data)["sealedEvents"] as? Int == count)
        #expect(try run("seal", data)["sealedEvents"] as? Int == 0)
        let dry = try run("compact", data, ["--dry-run"])
        let done = try run("compact", data)
        #expect(dry["storedBytesBefore"] as? Int == done["storedBytesBefore"] as? Int)
        #expect(dry["storedBytesAfter"] as? Int == done["storedBytesAfter"] as? Int)
        #expect(try run("compact", data)["rewrittenSegments"] as? Int == 0)
        let after = try run("info", data)
        #expect(after["stateHash"] as? String == before["stateHash"] as? String)
        #expect(after["events"] as? Int == count)
        let text = try patronctl.run(["compact", "--data", data.path])
        #expect(text.status == 0 && text.output.contains("stored "))
        #expect(try patronctl.run(["verify", "--data", data.path]).status == 0)
    }

    @Test(arguments: ["seal", "compact"])
    func `what is not there is not made`(verb: String) throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        _ = try patronctl.run(["generate", "--customers", "3", "--seed", "5", "--data", data.path])
        #expect(try patronctl.run([verb, "--data", data.path, "--organization", "other"]).status == 4)
        #expect(!FileManager.default.fileExists(atPath: data.path + "/organizations/other"))
    }
}
