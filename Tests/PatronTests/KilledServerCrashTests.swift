import Foundation
import Testing

/// A server under write load is killed again and again; what it acknowledged must be there after each start.
@Suite(.serialized) struct KilledServerCrashTests {
    @Test func `no acknowledged event is lost, whenever the server is killed`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        var ever = WriteLoad.Acknowledged()
        for round in 0..<killCount {
            let server = try Server(data: data)
            #expect(try ever.missing(on: server, limit: 50) == [])
            let load = WriteLoad(server, name: "r\(round)")
            usleep(UInt32.random(in: 20_000...250_000))
            server.kill()
            let acknowledged = load.waitForEnd()
            let after = try Server(data: data)
            #expect(try acknowledged.missing(on: after) == [], "lost in round \(round): \(after.program.errors)")
            ever += acknowledged
            #expect(after.stop().status == 0)
            // Read once the process is gone, so that all it said is there.
            #expect(after.program.errors.contains("recover") || after.program.errors.contains("opened"))
        }
        #expect(ever.customers.count > killCount)
        try checkAtRest(data, least: ever.customers.count)
    }

    /// The tool finds the log clean, and comes to the same state as the server.
    private func checkAtRest(_ data: URL, least: Int) throws {
        let verified = try Program.patronctl.run(["verify", "--data", data.path])
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        let server = try Server(data: data)
        let state = try server.connect().get("/api/v1/audit/state").object
        #expect(server.stop().status == 0)
        let info = try Program.patronctl.run(["info", "--data", data.path, "--json"])
        let object = try JSONSerialization.jsonObject(with: Data(info.output.utf8)) as? [String: Any]
        #expect(object?["stateHash"] as? String == state["stateHash"] as? String)
        #expect(object?["events"] as? Int ?? 0 > least)
    }
}
