import Foundation
import Synchronization
import Testing

/// Backup, verification and restore with the built tool, beside a server that goes on working.
@Suite struct BackupCommandTests {
    private let patronctl = Program.patronctl

    /// The organizations that the tool reports on.
    private func report(_ arguments: [String], status: Int32 = 0) throws -> [[String: Any]] {
        let outcome = try patronctl.run(arguments + ["--json"])
        #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        return try #require(object?["organizations"] as? [[String: Any]])
    }

    private func info(_ data: URL) throws -> [String: Any] {
        let outcome = try patronctl.run(["info", "--data", data.path, "--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    /// Makes a customer, and returns the id that the server gave.
    @discardableResult
    private func create(_ id: String, on connection: HTTPConnection) throws -> String {
        let body = #"{"externalId":"\#(id)","firstName":"Ann","lastName":"Kept","email":"\#(id)@example.com"}"#
        let answer = try connection.post("/api/v1/customers", body)
        #expect(answer.status == 201)
        return try #require(answer.object["id"] as? String)
    }

    @Test func `backups beside a server that writes are whole, and the restored server goes on`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        let target = scratch.appending("backup")
        let server = try Server(data: data)
        let isDone = Atomic(false)
        let writer = DispatchGroup()
        writer.enter()
        Thread.detachNewThread {
            defer { writer.leave() }
            guard let connection = try? server.connect() else { return }
            for index in 0... {
                guard !isDone.load(ordering: .relaxed), (try? create("busy-\(index)", on: connection)) != nil else {
                    return
                }
            }
        }
        let connection = try server.connect()
        var heads: [Int] = []
        var customers: [String] = []
        for round in 0..<4 {
            customers.append(try create("before-\(round)", on: connection))
            let backup = try #require(try report(["backup", "--data", data.path, target.path]).first)
            heads.append(try #require(backup["head"] as? Int))
            #expect(backup["organization"] as? String == "default")
        }
        isDone.store(true, ordering: .relaxed)
        writer.wait()
        #expect(heads == heads.sorted())
        let verified = try #require(try report(["backup", "--verify", target.path]).first)
        #expect(verified["clean"] as? Bool == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: target.path) == ["default"])
        #expect(server.stop().status == 0)

        let new = scratch.appending("new")
        let restored = try #require(try report(["restore", "--data", new.path, target.path]).first)
        #expect(restored["restoredHead"] as? Int == heads.last)
        #expect(try info(new)["stateHash"] as? String == restored["stateHash"] as? String)
        try copyKeys(of: data, to: new)
        let again = try Server(data: new)
        let after = try again.connect()
        // What was acknowledged before a backup began is in it.
        for customer in customers { #expect(try after.get("/api/v1/customers/\(customer)").status == 200) }
        try create("after", on: after)
        #expect(again.stop().status == 0)
        #expect(try patronctl.run(["verify", "--data", new.path]).status == 0)
    }

    @Test func `a log is restored to a record and to a time, and never over another one`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        let target = scratch.appending("backup").path
        _ = try patronctl.run(["generate", "--customers", "40", "--seed", "8", "--data", data.path])
        let dry = try #require(try report(["backup", "--data", data.path, target, "--dry-run"]).first)
        #expect(!FileManager.default.fileExists(atPath: target))
        let backup = try #require(try report(["backup", "--data", data.path, target]).first)
        #expect(dry["copiedBytes"] as? Int == backup["copiedBytes"] as? Int)
        #expect(try report(["backup", "--data", data.path, target]).first?["copiedFiles"] as? Int == 0)

        let replay = try patronctl.run(["replay", "--data", data.path, "--json"]).output.split(separator: "\n")
        let events = try replay.map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        let middle = events[events.count / 2]
        let time = try #require(middle["recordedAt"] as? String)
        let sequence = try #require(middle["sequence"] as? Int)
        let expected = events.count { ($0["recordedAt"] as? String ?? "~") <= time }

        let byTime = scratch.appending("byTime")
        let cut = try #require(try report(["restore", "--data", byTime.path, target, "--to-time", time]).first)
        #expect(cut["restoredHead"] as? Int == expected)
        let bySequence = scratch.appending("bySequence")
        #expect(
            try report(["restore", "--data", bySequence.path, target, "--to-sequence", "\(sequence)"])
                .first?["isCut"] as? Bool == true
        )
        #expect(try info(bySequence)["head"] as? Int == sequence)
        try copyKeys(of: data, to: bySequence)
        let prefix = try patronctl.run(["replay", "--data", bySequence.path, "--json"]).output.split(separator: "\n")
        #expect(prefix == Array(replay[..<sequence]))
        #expect(try patronctl.run(["verify", "--data", bySequence.path]).status == 0)

        #expect(try patronctl.run(["restore", "--data", data.path, target]).status == 2)
        #expect(
            try patronctl.run(["restore", "--data", scratch.appending("x").path, target, "--to-sequence", "0"]).status
                == 2
        )
    }

    @Test func `a damaged backup is found by verify, and not restored`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data").path
        let target = scratch.appending("backup")
        _ = try patronctl.run(["generate", "--customers", "10", "--seed", "8", "--data", data])
        for _ in 0..<3 { _ = try report(["backup", "--data", data, target.path]) }
        #expect(try report(["backup", "--prune", "1", target.path]).first?["removedBackups"] as? Int == 2)
        let files = target.appendingPathComponent("default/files")
        // The segment, not a signed tree head.
        let all = try FileManager.default.contentsOfDirectory(at: files, includingPropertiesForKeys: nil)
        let file = try #require(try all.first { try Data(contentsOf: $0).count > 5_000 })
        var bytes = try Data(contentsOf: file)
        bytes[bytes.startIndex + 5_000] ^= 1
        try bytes.write(to: file)
        let verified = try #require(try report(["backup", "--verify", target.path], status: 1).first)
        let finding = try #require((verified["findings"] as? [[String: Any]])?.first)
        #expect(finding["kind"] as? String == "rotten")
        #expect(finding["firstSequence"] as? Int == 1)
        let outcome = try patronctl.run(["restore", "--data", scratch.appending("new").path, target.path])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("not what was backed up"))
        #expect(try patronctl.run(["info", "--data", scratch.appending("new").path]).errors.contains("interrupted"))
    }

    @Test(arguments: [
        ["backup"], ["backup", "target"], ["backup", "--verify", "--data", "x", "target"],
        ["backup", "--prune", "0", "target"], ["backup", "--verify", "--dry-run", "target"],
        ["restore", "--data", "x"], ["restore", "--data", "x", "target", "--to-time", "yesterday"],
        ["restore", "--data", "x", "target", "--to-time", "2026-01-01T00:00:00Z", "--to-sequence", "3"],
    ])
    func `wrong usage ends with 2 and says why`(arguments: [String]) throws {
        let outcome = try patronctl.run(arguments)
        #expect(outcome.status == 2)
        #expect(!outcome.errors.isEmpty)
    }
}
