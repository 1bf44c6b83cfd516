import Foundation
import Testing

/// `patronctl export` and `patronctl tail` as their user runs them.
@Suite struct ExportCommandTests {
    private let patronctl = Program.patronctl

    private func makeSample(_ scratch: Scratch) throws -> String {
        let data = scratch.appending("data").path
        let made = try patronctl.run(["generate", "--customers", "40", "--seed", "3", "--data", data])
        #expect(made.status == 0, "\(made.errors)")
        return data
    }

    @Test func `an export has the lines of replay, to a file or to the output`() throws {
        let scratch = try Scratch()
        let data = try makeSample(scratch)
        let file = scratch.appending("events.jsonl")
        let replayed = try patronctl.run(["replay", "--data", data, "--json"]).output
        #expect(try patronctl.run(["export", "--data", data]).output == replayed)
        #expect(try patronctl.run(["export", "--data", data, "--output", file.path]).status == 0)
        #expect(try String(contentsOf: file, encoding: .utf8) == replayed)
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
        let range = try patronctl.run(["export", "--data", data, "--from", "5", "--to", "7"]).output
        #expect(range == replayed.split(separator: "\n")[4..<7].joined(separator: "\n") + "\n")
    }

    @Test func `without personal data an export needs neither key nor vault, and names nobody`() throws {
        let scratch = try Scratch()
        let data = try makeSample(scratch)
        let whole = try patronctl.run(["export", "--data", data]).output
        for path in ["keys", "organizations/default/vault"] {
            try FileManager.default.removeItem(atPath: data + "/" + path)
        }
        #expect(try patronctl.run(["export", "--data", data]).status != 0)
        for verb in [["export"], ["replay", "--json"]] {
            let outcome = try patronctl.run(verb + ["--data", data, "--without-personal-data"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.split(separator: "\n").count == whole.split(separator: "\n").count)
            // A merge tells of which side each field was taken, and not what it holds.
            let lines = outcome.output.split(separator: "\n").filter { !$0.contains(#""type":"CustomersMerged""#) }
            for name in ["\"email\":", "\"firstName\":", "\"line1\":", "@"] {
                #expect(whole.contains(name) && !lines.contains { $0.contains(name) }, "\(name)")
            }
            #expect(!outcome.output.contains("@"))
        }
    }

    @Test func `an interrupted export goes on where its last whole line ends, wherever it was cut`() throws {
        let scratch = try Scratch()
        let data = try makeSample(scratch)
        let file = scratch.appending("events.jsonl")
        let arguments = ["export", "--data", data, "--output", file.path]
        #expect(try patronctl.run(arguments).status == 0)
        let whole = try Data(contentsOf: file)
        for count in [0, 1, 11, 12, 300, whole.count / 2, whole.count - 1, whole.count] {
            try whole.prefix(count).write(to: file)
            let refused = try patronctl.run(arguments)
            #expect(refused.status == 2)
            #expect(refused.errors.contains("--resume"))
            #expect(try Data(contentsOf: file).count == count)
            #expect(try patronctl.run(arguments + ["--resume"]).status == 0)
            #expect(try Data(contentsOf: file) == whole, "cut after \(count) bytes")
        }
    }

    @Test(arguments: ["a letter", "a letter\n", "{\"sequence\":1}\nand more", "{\"name\":\"x\"}\n{\"seq"])
    func `a file that is no export is left alone`(text: String) throws {
        let scratch = try Scratch()
        let data = try makeSample(scratch)
        let file = scratch.appending("letter.txt")
        try Data(text.utf8).write(to: file)
        let outcome = try patronctl.run(["export", "--data", data, "--output", file.path, "--resume"])
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("no export"))
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }

    @Test func `tail tells what a running server records, and ends with it`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        let server = try Server(data: data)
        let connection = try server.connect()
        let tail = try patronctl.start(["tail", "--data", data.path, "--from", "1", "--json"])
        let typed = try patronctl.start([
            "tail", "--data", data.path, "--from", "1", "--type", "CustomerCreated",
        ])
        for name in ["ann", "bob"] {
            let body = #"{"externalId":"\#(name)","firstName":"\#(name)"}"#
            #expect(try connection.post("/api/v1/customers", body).status == 201)
        }
        let deadline = Date().addingTimeInterval(60)
        while tail.output.split(separator: "\n").count < 3 || typed.output.split(separator: "\n").count < 2 {
            try #require(Date() < deadline, "\(tail.output)\(tail.errors)\(typed.output)\(typed.errors)")
            usleep(5_000)
        }
        #expect(try patronctl.run(["export", "--data", data.path]).output == tail.output)
        #expect(typed.output.contains("ann") && typed.output.contains("bob"))
        typed.signal(SIGINT)
        _ = typed.waitForEnd()
        #expect(server.stop().status == 0)
        let ended = tail.waitForEnd()
        #expect(ended.status == 5, "\(ended.errors)")
        let without = try patronctl.run(["tail", "--data", data.path])
        #expect(without.status == 5)
        #expect(without.errors.contains("patron serve --data"))
    }
}
