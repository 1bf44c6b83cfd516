import Foundation
import Testing

/// Snapshots with the built programs.
@Suite struct SnapshotCommandTests {
    private let patronctl = Program.patronctl

    private func object(_ arguments: [String], status: Int32 = 0) throws -> [String: Any] {
        let outcome = try patronctl.run(arguments + ["--json"])
        #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    @Test func `a snapshot is written once, named by info, checked by verify, and used by the server`() throws {
        let scratch = try Scratch()
        let directory = scratch.appending("data")
        let data = directory.path
        _ = try patronctl.run(["generate", "--customers", "50", "--seed", "4", "--data", data])
        let plan = try object(["snapshot", "--data", data, "--dry-run"])
        #expect(plan["isNew"] as? Bool == true)
        let taken = try object(["snapshot", "--data", data])
        let info = try object(["info", "--data", data])
        #expect(taken["sequence"] as? Int == info["head"] as? Int)
        #expect(taken["stateHash"] as? String == info["stateHash"] as? String)
        #expect(info["snapshot"] as? Int == info["head"] as? Int)
        #expect(try object(["snapshot", "--data", data])["isNew"] as? Bool == false)
        let verified = try object(["verify", "--data", data])
        let listed = try #require((verified["snapshots"] as? [[String: Any]])?.first)
        #expect(listed["misfit"] is NSNull && listed["sequence"] as? Int == info["head"] as? Int)
    }

    @Test func `a running server is asked, and goes on meanwhile`() throws {
        let scratch = try Scratch()
        let directory = scratch.appending("data")
        let data = directory.path
        let server = try Server(data: directory)
        let connection = try server.connect()
        #expect(try connection.post("/api/v1/customers", #"{"firstName":"Ann"}"#).status == 201)
        while !FileManager.default.fileExists(atPath: data + "/control.sock") { usleep(5_000) }
        let taken = try object(["snapshot", "--data", data])
        #expect(taken["isNew"] as? Bool == true && taken["dryRun"] as? Bool == false)
        let path = try #require(taken["path"] as? String)
        #expect(FileManager.default.fileExists(atPath: path))
        #expect(try object(["snapshot", "--data", data])["isNew"] as? Bool == false)
        #expect(try patronctl.run(["snapshot", "--data", data]).output.contains("already"))
        #expect(try patronctl.run(["snapshot", "--data", data, "--organization", "other"]).status == 2)
        #expect(try connection.post("/api/v1/customers", #"{"firstName":"Bob"}"#).status == 201)
        #expect(server.stop().status == 0)
        #expect(try object(["info", "--data", data])["snapshot"] as? Int == taken["sequence"] as? Int)
        #expect(try patronctl.run(["verify", "--data", data]).status == 0)
    }

    @Test func `a damaged snapshot is found by verify, and changes no answer`() throws {
        let scratch = try Scratch()
        let directory = scratch.appending("data")
        let data = directory.path
        _ = try patronctl.run(["generate", "--customers", "50", "--seed", "4", "--data", data])
        let taken = try object(["snapshot", "--data", data])
        let path = try #require(taken["path"] as? String)
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[bytes.startIndex + 2_000] ^= 1
        try bytes.write(to: URL(filePath: path))
        let verified = try object(["verify", "--data", data], status: 1)
        let listed = try #require((verified["snapshots"] as? [[String: Any]])?.first)
        #expect(listed["misfit"] as? String == "damaged")
        #expect(verified["clean"] as? Bool == false && (verified["findings"] as? [Any])?.isEmpty == true)
        #expect(try object(["info", "--data", data])["stateHash"] as? String == taken["stateHash"] as? String)
        let server = try Server(data: directory)
        let stopped = server.stop()
        #expect(stopped.errors.contains("ignored the snapshot at event"))
        #expect(stopped.errors.contains(try #require(taken["stateHash"] as? String)))
    }
}
