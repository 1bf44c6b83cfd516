import Foundation
import Testing

/// Plants a text of its own in every personal field of every request, erases the person, and looks for them everywhere.
@Suite struct ForgottenPersonTests {
    private let patronctl = Program.patronctl

    @Test(arguments: [1, 2] as [UInt64])
    func `of what was told of a person nothing is left, anywhere`(seed: UInt64) throws {
        let scratch = try Scratch()
        let (data, backup) = (scratch.appending("data"), scratch.appending("backup"))
        let server = try Server(data: data)
        let shop = try PlantedShop(server, seed: seed)
        let (person, merged, kept) = (try shop.tell(), try shop.tellByAliases(), try shop.tell())
        try shop.requireEveryPersonalFieldWasTold()
        // Merged with chosen fields, taken apart, and merged again.
        let fields = #""fields":{"email":"merged","lastName":"merged","metadata":"merged"}"#
        for (verb, body) in [("merge", ",\(fields)"), ("unmerge", ""), ("merge", ",\(fields)")] {
            let path = "/api/v1/customers/\(person.id)/\(verb)"
            #expect(try shop.connection.post(path, #"{"from":"\#(merged.id)"\#(body)}"#).status == 200)
        }
        let forgotten = person.texts + merged.texts

        // Sealing signs a checkpoint, which the proofs lead to.
        for verb in ["seal", "snapshot"] { try run([verb, "--data", data.path]) }
        let proofs = try (1...3).map { try bundle("before-\($0)", $0 * 7, data, scratch) }
        try run(["backup", "--data", data.path, backup.path])
        // Everything can be found before, so that finding nothing afterwards means something.
        let told = try run(["replay", "--data", data.path, "--json"])
        #expect((forgotten + kept.texts).filter { !told.contains($0) } == [])
        #expect(try shop.found(forgotten, [person, merged, kept]).count > 20)

        // By both doors.
        if seed == 1 {
            #expect(try shop.connection.request("DELETE", "/api/v1/customers/\(person.id)").status == 204)
        } else {
            try shop.eraseByRequest(person)
        }
        // As they are once the request is answered, before a restart could make up for anything.
        let keys = scratch.appending("keys")
        try FileManager.default.createDirectory(
            at: keys.appendingPathComponent("organizations/default"),
            withIntermediateDirectories: true
        )
        try copyKeys(of: data, to: keys)
        #expect(try shop.found(forgotten, [person, merged, kept]) == [])
        try requireNoneInFiles(forgotten + kept.texts, [data, backup])
        for verb in ["snapshot", "compact"] { try run([verb, "--data", data.path]) }
        #expect(try shop.found(forgotten, [person, merged, kept]) == [])
        #expect(try shop.found(kept.texts, [person, merged, kept]).count > 10)
        #expect(server.stop().status == 0)
        try requireNone(
            of: forgotten + kept.texts,
            in: server.program.errors + server.program.output,
            "the server's log"
        )

        let again = try Server(data: data)
        let reopened = try PlantedShop(again, seed: seed + 100)
        #expect(try reopened.found(forgotten, [person, merged, kept]) == [])
        #expect(try reopened.found(kept.texts, [person, merged, kept]).count > 10)
        #expect(again.stop().status == 0)
        try requireNoneInFiles(forgotten + kept.texts, [data, backup])
        try requireNone(of: forgotten, in: try run(["replay", "--data", data.path, "--json"]), "the tool's replay")
        for proof in proofs { try run(["check-proof", "--public-key", try key(data), proof.path]) }
        try run(["verify", "--data", data.path])

        // A backup from before the erasure, with the vault from after it.
        let restored = scratch.appending("restored")
        try run(["restore", "--data", restored.path, backup.path])
        try copyKeys(of: keys, to: restored)
        let old = try run(["replay", "--data", restored.path, "--json"])
        try requireNone(of: forgotten, in: old, "the restored log")
        #expect(kept.texts.allSatisfy { old.contains($0) })
        try requireNoneInFiles(forgotten + kept.texts, [restored])
    }

    @Test func `of somebody who was merged and taken apart nothing is left, and the other stays`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        let first = try Server(data: data)
        let teller = try PlantedShop(first, seed: 7)
        let (person, merged) = (try teller.tell(), try teller.tell())
        let path = "/api/v1/customers/\(person.id)"
        let body = #"{"from":"\#(merged.id)","fields":{"email":"merged","metadata":"merged","phone":"merged"}}"#
        #expect(try teller.connection.post("\(path)/merge", body).status == 200)
        for verb in ["seal", "snapshot"] { try run([verb, "--data", data.path]) }
        #expect(first.stop().status == 0)
        let kept = scratch.appending("kept")
        try FileManager.default.copyItem(at: data, to: kept)

        let server = try Server(data: data)
        let shop = try PlantedShop(server, seed: 8)
        #expect(try shop.connection.post("\(path)/unmerge", #"{"from":"\#(merged.id)"}"#).status == 200)
        #expect(try shop.found(person.texts, [person]).count > 10)
        #expect(try shop.connection.request("DELETE", "/api/v1/customers/\(merged.id)").status == 204)
        #expect(try shop.found(merged.texts, [person, merged]) == [])
        #expect(try shop.found(person.texts, [person, merged]).count > 10)
        for verb in ["snapshot", "compact"] { try run([verb, "--data", data.path]) }
        #expect(server.stop().status == 0)

        let again = try Server(data: data)
        let reopened = try PlantedShop(again, seed: 9)
        #expect(try reopened.found(merged.texts, [person, merged]) == [])
        #expect(try reopened.found(person.texts, [person, merged]).count > 10)
        #expect(again.stop().status == 0)
        let told = try run(["replay", "--data", data.path, "--json"])
        try requireNone(of: merged.texts, in: told, "the replay")
        #expect(person.texts.filter { !told.contains($0) } == [])

        // Log and snapshot of the time when both were one, with the vault of now: the survivor's key opens its own alone.
        try copyKeys(of: data, to: kept)
        let old = try Server(data: kept)
        let merger = try PlantedShop(old, seed: 10)
        #expect(try merger.found(merged.texts, [person, merged]) == [])
        #expect(old.stop().status == 0)
    }

    @discardableResult
    private func run(_ arguments: [String]) throws -> String {
        let outcome = try patronctl.run(arguments)
        #expect(outcome.status == 0, "\(arguments): \(outcome.errors.prefix(500))")
        return outcome.output
    }

    /// A proof bundle of a record, made now.
    private func bundle(_ name: String, _ sequence: Int, _ data: URL, _ scratch: Scratch) throws -> URL {
        let file = scratch.appending(name)
        try Data(run(["prove", "--data", data.path, "--sequence", "\(sequence)"]).utf8).write(to: file)
        return file
    }

    private func key(_ data: URL) throws -> String {
        try run(["public-key", "--data", data.path]).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// None of the texts is in any byte of any file below these directories.
    private func requireNoneInFiles(_ texts: [String], _ roots: [URL]) throws {
        for root in roots {
            let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
            var count = 0
            for case let file as URL in files {
                guard let content = try? Data(contentsOf: file) else { continue }
                count += 1
                try requireNone(of: texts, in: String(decoding: content, as: Unicode.ASCII.self), file.path)
            }
            #expect(count > 3)
        }
    }

    private func requireNone(of texts: [String], in content: String, _ what: String) throws {
        for text in texts where content.contains(text) { Issue.record("“\(text)” is in \(what)") }
    }
}
