import Foundation
import Testing

/// Looking back with the tool.
@Suite struct ShowCommandTests {
    private let patronctl = Program.patronctl

    @Test func `a customer and the metrics are shown as of a moment, and what changed since`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        let server = try Server(data: data)
        let connection = try server.connect()
        let created = try connection.post("/api/v1/customers", #"{"firstName":"Jane","externalId":"C-1"}"#).object
        let id = try #require(created["id"] as? String)
        let patch = try connection.request("PATCH", "/api/v1/customers/\(id)", body: #"{"firstName":"Janet"}"#)
        #expect(patch.status == 200)
        #expect(server.stop().status == 0)

        func output(_ arguments: String...) throws -> String {
            let outcome = try patronctl.run(["show", "--data", data.path] + arguments)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return outcome.output
        }
        #expect(try output("C-1").contains("firstName  Janet\n"))
        #expect(try output(id, "--as-of", "2").contains("firstName  Jane\n"))
        #expect(try output(id, "--as-of", "1") == "nobody was there\n")
        #expect(try output(id, "--since", "2") == "firstName  Jane  →  Janet\n")
        #expect(try output(id, "--since", "3") == "nothing changed\n")
        #expect(try output("--as-of", "1").contains("totalCustomers  0\n"))
        #expect(try output(id, "--as-of-business-time", "2020-01-01T00:00:00Z") == "nobody was there\n")
        let json = try JSONSerialization.jsonObject(with: Data(try output(id, "--json").utf8)) as? [String: Any]
        #expect((json?["fields"] as? [String: Any])?["firstName"] as? String == "Janet")
        for arguments in [
            ["C-2"], ["C-1", "--as-of", "99"], ["C-1", "--as-of", "x"], ["--as-of", "2999-01-01T00:00:00Z"],
        ] {
            #expect(try patronctl.run(["show", "--data", data.path] + arguments).status == 2, "\(arguments)")
        }
        let changes = try patronctl.run(["replay", "--data", data.path, "--changes", "--type", "CustomerUpdated"])
        #expect(changes.output.contains("\n    firstName  Jane  →  Janet\n"))
    }
}
