import Foundation
import Testing

/// Proofs as an auditor meets them: from the server and from the tool, checked by the tool and by the verifier in Python.
@Suite struct ProofCommandTests {
    private let patronctl = Program.patronctl

    /// Whether tool and Python accept a proof; they must be of one mind.
    private func isAccepted(
        _ document: String,
        _ key: String,
        _ scratch: Scratch,
        _ verifier: String = "verify.py"
    ) throws -> Bool {
        let file = scratch.appending("proof")
        try Data(document.utf8).write(to: file)
        let ours = try patronctl.run(["check-proof", "--public-key", key, file.path])
        #expect([0, 1].contains(ours.status), "\(ours.errors)")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let script = Program.packageRoot.appending(path: "Tests/Proof/\(verifier)")
        process.arguments = ["python3", "-B", script.path(), key, file.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == ours.status)
        return ours.status == 0
    }

    @Test func `the server and the tool prove what both checkers accept`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        let server = try Server(data: data)
        let connection = try server.connect()
        for index in 0..<30 {
            #expect(try connection.post("/api/v1/customers", #"{"externalId":"c\#(index)"}"#).status == 201)
        }
        let head = try connection.get("/api/v1/audit/checkpoint").object
        let size = try #require(head["size"] as? Int)
        #expect(size > 30)
        let key = try #require(head["key"] as? String)
        for path in [
            "inclusion", "inclusion?sequence=3", "inclusion?sequence=3&size=20", "consistency", "consistency?from=7",
            "consistency?from=7&to=20", "consistency?from=\(size)",
        ] {
            let answer = try connection.get("/api/v1/audit/proofs/\(path)")
            let document = try #require(answer.object["document"] as? String, "\(path)")
            #expect(try isAccepted(document, key, scratch), "\(path)")
            #expect(try !isAccepted(document.replacing("index 2\n", with: "index 3\n") + "x", key, scratch))
        }
        for path in [
            "inclusion?sequence=0", "inclusion?sequence=21&size=20", "inclusion?size=\(size + 1)",
            "consistency?from=21&to=20", "consistency?to=\(size + 1)",
        ] {
            #expect(try connection.get("/api/v1/audit/proofs/\(path)").status == 400, "\(path)")
        }
        #expect(server.stop().status == 0)
        let keyFile = data.appending(path: "keys/checkpoint.key").path
        let mode = try FileManager.default.attributesOfItem(atPath: keyFile)[.posixPermissions] as? Int
        #expect(mode == 0o600)

        #expect(try patronctl.run(["public-key", "--data", data.path]).output == key + "\n")
        let proof = try patronctl.run(["prove", "--data", data.path, "--sequence", "5"])
        #expect(proof.status == 0, "\(proof.errors)")
        #expect(try isAccepted(proof.output, key, scratch))
        #expect(try !isAccepted(proof.output.replacing("index 4\n", with: "index 5\n"), key, scratch))
        let names = try FileManager.default.contentsOfDirectory(
            atPath: data.appending(path: "organizations/default/checkpoints").path
        )
        let sizes = names.compactMap { Int($0.prefix(20)) }.sorted()
        #expect(sizes.last == size)
        let growth = try patronctl.run([
            "prove", "--data", data.path, "--from", "\(sizes[0])", "--to", "\(size)",
        ])
        #expect(growth.status == 0, "\(growth.errors)")
        #expect(try isAccepted(growth.output, key, scratch))
        #expect(try patronctl.run(["prove", "--data", data.path, "--sequence", "\(size + 1)"]).status == 2)
        #expect(try patronctl.run(["prove", "--data", data.path]).status == 2)
        let between = try patronctl.run([
            "prove", "--data", data.path, "--sequence", "1", "--checkpoint", "\(size - 1)",
        ])
        #expect(between.status == 2 && between.errors.contains("the next one has size \(size)"), "\(between.errors)")
        let other = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        #expect(try !isAccepted(proof.output, other, scratch))
    }

    @Test func `both checkers accept the receipt of an erasure, and no changed one`() throws {
        let scratch = try Scratch()
        let server = try Server(data: scratch.appending("data"))
        let connection = try server.connect()
        let id = try #require(
            try connection.post("/api/v1/customers", #"{"firstName":"Zaphodia"}"#).object["id"] as? String
        )
        #expect(try connection.request("DELETE", "/api/v1/customers/\(id)").status == 204)
        let answer = try connection.get("/api/v1/customers/\(id)/erasure-receipt").object
        let receipt = try #require(answer["document"] as? String)
        let key = try #require(try connection.get("/api/v1/audit/checkpoint").object["key"] as? String)
        #expect(server.stop().status == 0)
        #expect(try isAccepted(receipt, key, scratch, "verify_records.py"))
        #expect(!receipt.contains("Zaphodia"))
        for (old, new) in [
            ("slots 0", "slots 1"), ("request -", "request x"), (id, String(id.dropLast()) + "0"),
            ("erased ", "erased 1"), ("@v1", "@v2"), ("\nslots 0", ""), ("origin patron", "origin Patron"),
        ] {
            #expect(receipt.contains(old))
            #expect(try !isAccepted(receipt.replacing(old, with: new), key, scratch, "verify_records.py"), "\(old)")
        }
        let other = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        #expect(try !isAccepted(receipt, other, scratch, "verify_records.py"))
        let file = scratch.appending("receipt")
        try Data(receipt.utf8).write(to: file)
        let said = try object("check-proof", "--json", "--public-key", key, file.path)
        #expect(said.status == 0)
        #expect(said.members["proves"] as? String == "erasure")
        #expect(said.members["customer"] as? String == id)
    }

    private func object(_ arguments: String...) throws -> (status: Int32, members: [String: Any]) {
        let outcome = try patronctl.run(arguments)
        let members = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        return (outcome.status, try #require(members))
    }

    @Test func `info and verify show the root and the newest checkpoint`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        #expect(try patronctl.run(["generate", "--customers", "5", "--seed", "1", "--data", data.path]).status == 0)
        let info = try object("info", "--data", data.path, "--json")
        let verified = try object("verify", "--data", data.path, "--json")
        #expect(info.status == 0 && verified.status == 0)
        let head = try #require(info.members["head"] as? Int)
        let root = try #require(info.members["rootHash"] as? String)
        #expect(root.count == 64)
        for members in [info.members, verified.members] {
            #expect(members["rootHash"] as? String == root)
            #expect(members["checkpointSize"] as? Int == head)
            #expect(members["checkpointRootHash"] as? String == root)
        }
        #expect(info.members["checkpointStanding"] as? String == "agrees")
        #expect(verified.members["signaturesChecked"] as? Bool == true)
        #expect(try patronctl.run(["info", "--data", data.path]).output.contains("signed here, agrees"))
        #expect(try patronctl.run(["verify", "--data", data.path]).output.contains(root))

        // Without the key the log still says what it says; with another one the checkpoint is a stranger's.
        let key = data.appending(path: "keys/checkpoint.key")
        let line = try String(contentsOf: key, encoding: .utf8)
        try FileManager.default.removeItem(at: key)
        #expect(
            try object("info", "--data", data.path, "--json").members["checkpointStanding"] as? String == "unchecked"
        )
        #expect(try object("verify", "--data", data.path, "--json").members["signaturesChecked"] as? Bool == false)
        try Data((String(repeating: "BwcH", count: 10) + "Bwc=\n").utf8).write(to: key)
        let foreign = try object("info", "--data", data.path, "--json")
        #expect(foreign.status == 1 && foreign.members["checkpointStanding"] as? String == "foreign")
        try Data(line.utf8).write(to: key)

        // Another history under the same checkpoints.
        let other = scratch.appending("other")
        #expect(try patronctl.run(["generate", "--customers", "5", "--seed", "2", "--data", other.path]).status == 0)
        let log = data.appending(path: "organizations/default/log")
        try FileManager.default.removeItem(at: log)
        try FileManager.default.copyItem(at: other.appending(path: "organizations/default/log"), to: log)
        let contradicted = try object("info", "--data", data.path, "--json")
        #expect(contradicted.status == 1)
        #expect(contradicted.members["checkpointStanding"] as? String == "contradicts")
        let tampered = try object("verify", "--data", data.path, "--json")
        #expect(tampered.status == 1)
        let findings = try #require(tampered.members["findings"] as? [[String: Any]])
        #expect(findings.allSatisfy { $0["kind"] as? String == "tampered" } && !findings.isEmpty)
    }

    @Test func `a range and a customer's history are proven with their words, by the server and the tool`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        let server = try Server(data: data)
        let connection = try server.connect()
        var ids: [String] = []
        for index in 0..<6 {
            let answer = try connection.post("/api/v1/customers", #"{"firstName":"Planted\#(index)"}"#)
            ids.append(try #require(answer.object["id"] as? String))
        }
        for id in ids {
            #expect(try connection.post("/api/v1/customers/\(id)/tags", #"{"tags":["vip"]}"#).status == 200)
        }
        let key = try #require(try connection.get("/api/v1/audit/checkpoint").object["key"] as? String)
        func document(_ path: String) throws -> String {
            let answer = try connection.get("/api/v1/audit/proofs/" + path)
            return try #require(answer.object["document"] as? String, "\(path): \(answer.status)")
        }
        let history = try document("history?customer=\(ids[2])")
        #expect(history.contains("Planted2") && !history.contains("Planted3"))
        #expect(try isAccepted(history, key, scratch, "verify_records.py"))
        #expect(try !isAccepted(history.replacing("Planted2", with: "Planted9"), key, scratch, "verify_records.py"))
        #expect(try connection.request("DELETE", "/api/v1/customers/\(ids[1])").status == 204)
        let range = try document("range?from=2&to=9")
        #expect(range.contains("Planted2") && !range.contains("Planted1") && range.contains("\nleaf 3 "))
        #expect(try isAccepted(range, key, scratch, "verify_records.py"))
        for path in ["range?from=0", "range?from=5&to=4", "range?to=1000000", "history", "history?customer=x"] {
            #expect(try connection.get("/api/v1/audit/proofs/\(path)").status == 400, "\(path)")
        }
        #expect(try connection.get("/api/v1/audit/proofs/history?customer=\(ids[1])").status == 404)
        #expect(server.stop().status == 0)
        for arguments in [["--first", "2", "--last", "9"], ["--customer", ids[2]]] {
            let proof = try patronctl.run(["prove", "--data", data.path] + arguments)
            #expect(proof.status == 0, "\(proof.errors)")
            #expect(!proof.output.contains("Planted"))
            #expect(try isAccepted(proof.output, key, scratch, "verify_records.py"))
        }
        #expect(try patronctl.run(["prove", "--data", data.path, "--first", "2"]).status == 2)
        #expect(try patronctl.run(["prove", "--data", data.path, "--customer", "x"]).status == 2)
    }

    @Test func `the verifier in Python is short`() throws {
        let script = Program.packageRoot.appending(path: "Tests/Proof/verify.py")
        let lines = try String(contentsOf: script, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 200)
        let imports = lines.filter { $0.contains("import ") && !$0.contains("\"") }
        #expect(imports == ["import base64, hashlib, json, sys"])
    }

    @Test func `verify finds a checkpoint that was changed`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data").path
        #expect(try patronctl.run(["generate", "--customers", "5", "--seed", "1", "--data", data]).status == 0)
        let clean = try patronctl.run(["verify", "--data", data])
        #expect(clean.status == 0)
        let folder = URL(filePath: data).appending(path: "organizations/default/checkpoints")
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).max())
        let file = folder.appending(path: name)
        var note = try Data(contentsOf: file)
        note[note.count - 9] ^= 1
        try note.write(to: file)
        let found = try patronctl.run(["verify", "--data", data])
        #expect(found.status == 1)
        #expect(found.output.contains("checkpoint"))
    }
}
