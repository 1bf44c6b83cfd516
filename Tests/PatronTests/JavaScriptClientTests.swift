import Foundation
import Testing

/// The JavaScript client as a shop uses it: the module that the server serves, run by Node.
@Suite struct JavaScriptClientTests {
    @Test func `both shapes of the client do what the sources' examples do`() throws {
        let scratch = try Scratch()
        let server = try Server(data: scratch.appending("data"))
        defer { server.kill() }
        let script = Program.packageRoot.appendingPathComponent("Tests/SDK/sdk.test.mjs").path
        let node = Program(path: "/usr/bin/env")
        let outcome = try node.run(["node", script, "http://127.0.0.1:\(server.port)", Server.key])
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("# pass 5"), "\(outcome.output)")
    }
}
