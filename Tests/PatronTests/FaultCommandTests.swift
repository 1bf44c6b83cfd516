import Foundation
import Testing

/// Faults that an operator meets, with the built programs: each has its message, and a next step.
@Suite(.serialized) struct FaultCommandTests {
    private let body = #"{"firstName":"Ann"}"#

    private func makeCustomer(_ server: Server) throws -> String {
        let answer = try server.connect().post("/api/v1/customers", body)
        return try #require(answer.object["id"] as? String)
    }

    @Test func `a data directory removed under a server: nothing more is acknowledged, reads go on`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        let server = try Server(data: data)
        defer { server.kill() }
        let id = try makeCustomer(server)
        try FileManager.default.removeItem(at: data)
        let connection = try server.connect()
        #expect(try connection.post("/api/v1/customers", body).status == 503)
        #expect(try connection.post("/api/v1/customers", body).status == 503)
        #expect(try connection.get("/api/v1/customers/\(id)").status == 200)
        let ready = try connection.get("/readyz")
        #expect(ready.status == 503)
        #expect(ready.object["status"] as? String == "failed")
        try wait(for: "put the file back", in: server)
    }

    @Test(.enabled(if: SmallDisk.canMount, SmallDisk.skipReason))
    func `a data directory that may only be read is served to read`() throws {
        let disk = try SmallDisk(megabytes: 64)
        let data = disk.url.appendingPathComponent("data")
        let server = try Server(data: data)
        let id = try makeCustomer(server)
        #expect(server.stop().status == 0)
        // A data directory of an earlier version, which has no such key, and there is no place for one now.
        try FileManager.default.removeItem(at: data.appendingPathComponent("keys/checkpoint.key"))
        try SmallDisk.run("/bin/mount", ["-o", "remount,ro", disk.url.path])
        let again = try Server(data: data)
        defer { again.kill() }
        let connection = try again.connect()
        #expect(try connection.get("/api/v1/customers/\(id)").status == 200)
        #expect(try connection.post("/api/v1/customers", body).status == 503)
        #expect(try connection.get("/readyz").object["status"] as? String == "read-only")
        #expect(again.program.errors.contains("remount,rw"))
        #expect(try Program.patronctl.run(["info", "--data", data.path]).status == 0)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can start a program as somebody else"))
    func `without permission nothing starts, and the message says what to give`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        #expect(try Server(data: data).stop().status == 0)
        let outcome = try Program(path: "/usr/bin/setpriv")
            .run([
                "--reuid=65534", "--regid=65534", "--clear-groups",
                Program.patron.url.path, "serve", "--data", data.path, "--port", "0",
            ])
        #expect(outcome.status == 4, "\(outcome.errors)")
        #expect(outcome.errors.contains("Permission denied"))
        #expect(outcome.errors.contains("chown"))
    }

    @Test func `a lock file of a dead server holds nobody up, and one of a living server names it`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        try Server(data: data).kill()
        #expect(FileManager.default.fileExists(atPath: data.appendingPathComponent("LOCK").path))
        let server = try Server(data: data)
        defer { server.kill() }
        let second = try Program.patron.run(["serve", "--data", data.path, "--port", "0"])
        #expect(second.status == 3)
        #expect(second.errors.contains("patron serve"))
    }

    @Test func `a clock behind the last event is reported, and times do not go back`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        let made = try Program.patronctl.run([
            "generate", "--customers", "20", "--seed", "1", "--until", "2099-01-01T00:00:00Z", "--data", data.path,
        ])
        #expect(made.status == 0, "\(made.errors)")
        let server = try Server(data: data)
        defer { server.kill() }
        #expect(server.program.errors.contains("behind the last event"))
        #expect(server.program.errors.contains("timedatectl"))
        _ = try makeCustomer(server)
        let replay = try Program.patronctl.run(["replay", "--data", data.path, "--json"])
        let times = replay.output.split(separator: "\n")
            .compactMap { line in
                (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["recordedAt"] as? String
            }
        #expect(times.count > 20)
        #expect(times == times.sorted())
        let lag = try server.connect().get("/metrics")
        #expect(!String(decoding: lag.body, as: UTF8.self).contains("patron_clock_lag_seconds 0\n"))
    }

    private func wait(for text: String, in server: Server) throws {
        let deadline = Date().addingTimeInterval(30)
        while !server.program.errors.contains(text) {
            guard Date() < deadline else { throw ServerError(text: "never said \(text): \(server.program.errors)") }
            usleep(10_000)
        }
    }
}
