import Foundation
import Synchronization
import Testing

/// A server under write load is killed again and again; what it acknowledged must be there after each start.
@Suite(.serialized) struct KilledServerCrashTests {
    @Test func `no acknowledged event is lost, whenever the server is killed`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        var everAcknowledged = Set<String>()
        for round in 0..<killCount {
            let server = try Server(data: data)
            #expect(try missing(everAcknowledged.shuffled().prefix(50), on: server) == [])
            let acknowledged = load(server, round: round, milliseconds: UInt32.random(in: 20...250))
            let after = try Server(data: data)
            #expect(try missing(acknowledged[...], on: after) == [], "lost in round \(round): \(after.program.errors)")
            everAcknowledged.formUnion(acknowledged)
            #expect(after.program.errors.contains("recover") || after.program.errors.contains("opened"))
            #expect(after.stop().status == 0)
        }
        #expect(everAcknowledged.count > killCount)
        try checkAtRest(data, least: everAcknowledged.count)
    }

    /// Writes from a few connections, kills the server in the midst of it, and returns what was acknowledged.
    private func load(_ server: Server, round: Int, milliseconds: UInt32) -> [String] {
        let acknowledged = Mutex<[String]>([])
        let writers = DispatchGroup()
        for writer in 0..<4 {
            writers.enter()
            Thread.detachNewThread {
                defer { writers.leave() }
                guard let connection = try? server.connect() else { return }
                for index in 0... {
                    let id = "r\(round)-w\(writer)-\(index)"
                    let body =
                        #"{"externalId":"\#(id)","firstName":"Ann","lastName":"Killed","email":"\#(id)@example.com"}"#
                    guard let answer = try? connection.post("/api/v1/customers", body) else { return }
                    guard answer.status == 201, let customer = answer.object["id"] as? String else { continue }
                    acknowledged.withLock { $0.append(customer) }
                }
            }
        }
        usleep(milliseconds * 1_000)
        server.kill()
        writers.wait()
        return acknowledged.withLock { $0 }
    }

    private func missing(_ customers: ArraySlice<String>, on server: Server) throws -> [String] {
        let connection = try server.connect()
        return try customers.filter { try connection.get("/api/v1/customers/\($0)").status != 200 }
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
