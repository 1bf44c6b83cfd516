import Foundation
import Testing

/// The vault's verbs with the built programs.
@Suite struct VaultCommandTests {
    private let patronctl = Program.patronctl

    private func object(
        _ arguments: [String],
        status: Int32 = 0,
        environment: [String: String] = [:]
    ) throws -> [String: Any] {
        let outcome = try patronctl.run(["vault"] + arguments + ["--json"], environment: environment)
        #expect(outcome.status == status, "\(arguments): \(outcome.output)\(outcome.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    /// A data directory with some customers.
    private func data(
        in scratch: Scratch,
        named name: String = "data",
        environment: [String: String] = [:]
    ) throws -> URL {
        let data = scratch.appending(name)
        let made = try patronctl.run(
            ["generate", "--customers", "20", "--seed", "4", "--data", data.path],
            environment: environment
        )
        #expect(made.status == 0, "\(made.errors)")
        return data
    }

    private func vault(_ data: URL) -> URL { data.appending(path: "organizations/default/vault/keys.vault") }

    private func mode(_ file: URL) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    }

    private func names(_ data: URL) throws -> Set<String> {
        let exported = data.appendingPathExtension("jsonl")
        let outcome = try patronctl.run(["export", "--data", data.path, "--output", exported.path])
        #expect(outcome.status == 0, "\(outcome.errors)")
        defer { try? FileManager.default.removeItem(at: exported) }
        let text = try String(contentsOf: exported, encoding: .utf8)
        return Set(text.matches(of: /"firstName":"([^"]+)"/).map { String($0.1) })
    }

    @Test func `a vault is described, copied and restored, and people can be read again`() throws {
        let scratch = try Scratch()
        let data = try data(in: scratch)
        let names = try names(data)
        #expect(names.count > 5)
        let info = try object(["info", "--data", data.path])
        #expect(info["hasMasterKey"] as? Bool == true && info["damaged"] as? Int == 0)
        #expect(try #require(info["live"] as? Int) >= 20)
        let copy = scratch.appending("default.vault")
        let plan = try object(["backup", "--data", data.path, copy.path, "--dry-run"])
        #expect(plan["dryRun"] as? Bool == true && !FileManager.default.fileExists(atPath: copy.path))
        #expect(try object(["backup", "--data", data.path, copy.path])["vault"] as? String == info["vault"] as? String)
        #expect(try mode(copy) == 0o600)
        #expect(try object(["backup", "--data", data.path, copy.path])["live"] as? Int == info["live"] as? Int)
        try Data("mine".utf8).write(to: scratch.appending("other"))
        let refused = try patronctl.run(["vault", "backup", "--data", data.path, scratch.appending("other").path])
        #expect(refused.status == 2 && refused.errors.contains("not replaced"))

        try FileManager.default.removeItem(at: vault(data))
        let lost = try patronctl.run(["vault", "info", "--data", data.path])
        #expect(lost.status == 4 && lost.errors.contains("patronctl vault restore"))
        #expect(try object(["restore", "--data", data.path, copy.path, "--dry-run"])["dryRun"] as? Bool == true)
        #expect(!FileManager.default.fileExists(atPath: vault(data).path))
        #expect(
            try object(["restore", "--data", data.path, copy.path])["vault"] as? String == info["vault"] as? String
        )
        #expect(try mode(vault(data)) == 0o600)
        #expect(try self.names(data) == names)
    }

    @Test func `damage is named, and a copy mends it`() throws {
        let scratch = try Scratch()
        let data = try data(in: scratch)
        let names = try names(data)
        let copy = scratch.appending("default.vault")
        _ = try object(["backup", "--data", data.path, copy.path])
        var bytes = try Data(contentsOf: vault(data))
        bytes[512 + 3 * 64 + 20] ^= 1
        try bytes.write(to: vault(data))
        #expect(try object(["info", "--data", data.path], status: 1)["damagedSlots"] as? [Int] == [3])
        let refused = try patronctl.run(["vault", "backup", "--data", data.path, copy.path])
        #expect(refused.status == 2)
        let mended = try object(["restore", "--data", data.path, copy.path])
        #expect(mended["damaged"] as? Int == 0)
        #expect(try self.names(data) == names)
        bytes[20] ^= 1
        try bytes.write(to: vault(data))
        #expect(try patronctl.run(["vault", "info", "--data", data.path]).status == 1)
    }

    @Test func `a vault of another log and a wrong master key are refused`() throws {
        let scratch = try Scratch()
        let data = try data(in: scratch)
        let other = try self.data(in: scratch, named: "other")
        let copy = scratch.appending("default.vault")
        _ = try object(["backup", "--data", other.path, copy.path])
        let key = other.appending(path: "keys/master.key").path
        let refused = try patronctl.run(
            ["vault", "restore", "--data", data.path, copy.path, "--master-key-file", key]
        )
        #expect(refused.status == 4 && refused.errors.contains("belongs to log"))
        let wrong = try patronctl.run(["vault", "restore", "--data", data.path, copy.path])
        #expect(wrong.status == 4)
        let info = try object(["info", "--data", data.path, "--master-key-file", key])
        #expect(info["hasMasterKey"] as? Bool == false)
    }

    @Test func `a new master key keeps everybody readable, and the old one opens nothing`() throws {
        let scratch = try Scratch()
        let data = try data(in: scratch)
        let names = try names(data)
        let key = data.appending(path: "keys/master.key")
        let old = try Data(contentsOf: key)
        let plan = try object(["rotate", "--data", data.path, "--dry-run"])
        #expect(plan["dryRun"] as? Bool == true && plan["organizations"] as? String == "default")
        #expect(try Data(contentsOf: key) == old)
        let before = try object(["info", "--data", data.path])
        let rotated = try object(["rotate", "--data", data.path])
        let after = try object(["info", "--data", data.path])
        #expect(rotated["newMasterKey"] as? String == after["masterKey"] as? String)
        #expect(rotated["oldMasterKeys"] as? String == before["masterKey"] as? String)
        #expect(
            after["live"] as? Int == before["live"] as? Int && after["vault"] as? String == before["vault"] as? String
        )
        #expect(try self.names(data) == names)
        #expect(try mode(key) == 0o600 && Data(contentsOf: key) != old)
        try old.write(to: key)
        #expect(try object(["info", "--data", data.path])["hasMasterKey"] as? Bool == false)
    }

    @Test func `a running server is asked to rotate, and goes on`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        let server = try Server(data: data)
        let connection = try server.connect()
        #expect(try connection.post("/api/v1/customers", #"{"firstName":"Ann"}"#).status == 201)
        while !FileManager.default.fileExists(atPath: data.path + "/control.sock") { usleep(5_000) }
        let before = try object(["info", "--data", data.path])
        let rotated = try object(["rotate", "--data", data.path])
        #expect(try connection.post("/api/v1/customers", #"{"firstName":"Bob"}"#).status == 201)
        let after = try object(["info", "--data", data.path])
        #expect(after["masterKey"] as? String == rotated["newMasterKey"] as? String)
        #expect(after["masterKey"] as? String != before["masterKey"] as? String)
        let copy = scratch.appending("default.vault")
        _ = try object(["backup", "--data", data.path, copy.path])
        #expect(try patronctl.run(["vault", "restore", "--data", data.path, copy.path]).status == 3)
        #expect(server.stop().status == 0)
        #expect(try names(data) == ["Ann", "Bob"])
    }

    @Test func `the master key may come from elsewhere, and then lies nowhere in the data`() throws {
        let scratch = try Scratch()
        let (first, second) = (Data(repeating: 7, count: 32), Data(repeating: 8, count: 32))
        let environment = ["PATRON_MASTER_KEY": first.base64EncodedString()]
        let data = try data(in: scratch, environment: environment)
        #expect(!FileManager.default.fileExists(atPath: data.path + "/keys/master.key"))
        let none = try patronctl.run(["vault", "info", "--data", data.path])
        #expect(none.status == 0 && none.output.contains("not at hand") && none.errors.contains("master.key"))
        let command = "echo \(second.base64EncodedString())"
        let undecided = try patronctl.run(["vault", "rotate", "--data", data.path], environment: environment)
        #expect(undecided.status == 2 && undecided.errors.contains("--new-master-key-file"))
        _ = try object(["rotate", "--data", data.path, "--new-master-key-command", command], environment: environment)
        #expect(try object(["info", "--data", data.path], environment: environment)["hasMasterKey"] as? Bool == false)
        let info = try object(["info", "--data", data.path, "--master-key-command", command], environment: environment)
        #expect(info["hasMasterKey"] as? Bool == true)
        let export = ["export", "--data", data.path]
        let wrong = try patronctl.run(export, environment: environment)
        #expect(wrong.status == 4 && wrong.errors.contains("needs master key"))
        #expect(try patronctl.run(export + ["--master-key-command", command]).status == 0)
        #expect(!FileManager.default.fileExists(atPath: data.path + "/keys/master.key"))
    }

    @Test func `a backup of the log has no key and no vault`() throws {
        let scratch = try Scratch()
        let data = try data(in: scratch)
        let target = scratch.appending("backup")
        #expect(try patronctl.run(["backup", "--data", data.path, target.path]).status == 0)
        let secrets = try ["keys/master.key", "keys/checkpoint.key"]
            .map { try Data(contentsOf: data.appending(path: $0)) }
        let slot = try Data(contentsOf: vault(data))[516..<576]
        let files = try #require(FileManager.default.enumerator(at: target, includingPropertiesForKeys: nil))
        var count = 0
        for case let file as URL in files where !file.hasDirectoryPath {
            let bytes = try Data(contentsOf: file)
            count += 1
            for secret in secrets + [Data("PTRNVLT".utf8), slot] {
                #expect(bytes.range(of: secret) == nil, "\(file.lastPathComponent)")
            }
        }
        #expect(count >= 2)
    }
}
