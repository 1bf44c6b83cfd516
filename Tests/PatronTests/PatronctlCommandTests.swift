import Foundation
import Testing

/// The maintenance tool as its user runs it: arguments in, text and exit status out.
@Suite struct PatronctlCommandTests {
    private let patronctl = Program.patronctl

    private func object(_ text: some StringProtocol) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test(arguments: [
        ["info"], ["info", "--data"], ["frobnicate"], ["import", "orders", "--data", "x"],
        ["import", "customers", "file.csv"], ["generate", "--customers", "0", "--seed", "1"],
        ["info", "--data", "x", "--organization", "../y"], ["replay", "--data", "x", "--until", "yesterday"],
    ])
    func `wrong usage ends with 2 and says why`(arguments: [String]) throws {
        let outcome = try patronctl.run(arguments)
        #expect(outcome.status == 2)
        #expect(!outcome.errors.isEmpty)
        #expect(outcome.output.isEmpty)
    }

    @Test(arguments: [["--help"], ["help", "verify"], ["import", "orders", "--help"]])
    func `help ends with 0`(arguments: [String]) throws {
        let outcome = try patronctl.run(arguments)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("USAGE"))
    }

    @Test(arguments: ["info", "verify", "replay"])
    func `a log that is not there ends with 4, and nothing is made`(verb: String) throws {
        let scratch = try Scratch()
        let outcome = try patronctl.run([verb, "--data", scratch.appending("none").path])
        #expect(outcome.status == 4)
        #expect(!FileManager.default.fileExists(atPath: scratch.appending("none").path))
    }

    @Test func `a sample is the same for its seed, clean, and told by info and replay`() throws {
        let scratch = try Scratch()
        var infos: [[String: Any]] = []
        for name in ["a", "b"] {
            let data = scratch.appending(name).path
            let made = try patronctl.run(["generate", "--customers", "60", "--seed", "5", "--data", data])
            #expect(made.status == 0, "\(made.errors)")
            let info = try patronctl.run(["info", "--data", data, "--json"])
            #expect(info.status == 0)
            infos.append(try object(info.output))
        }
        #expect(
            Set(infos[0].keys) == [
                "format", "head", "events", "segments", "storedBytes", "rawBytes", "firstAt", "lastAt", "stateHash",
                "rootHash", "checkpointSize", "checkpointRootHash", "checkpointStanding", "snapshot", "snapshotAt",
            ]
        )
        #expect(infos[0]["stateHash"] as? String == infos[1]["stateHash"] as? String)
        #expect(infos[0]["head"] as? Int == infos[1]["head"] as? Int)

        let data = scratch.appending("a").path
        let verified = try patronctl.run(["verify", "--data", data, "--json"])
        #expect(verified.status == 0)
        #expect(try object(verified.output)["clean"] as? Bool == true)

        let again = try patronctl.run(["generate", "--customers", "1", "--seed", "5", "--data", data])
        #expect(again.status == 2)

        let events = try replay(data)
        #expect(events.count == infos[0]["events"] as? Int)
        #expect(events.map { $0["sequence"] as? Int } == (1...events.count).map { $0 })
        let keys: Set<String> = ["sequence", "recordedAt", "occurredAt", "type", "actor", "customer", "data"]
        #expect(events.allSatisfy { Set($0.keys) == keys })
        #expect(events.allSatisfy { $0["actor"] as? String == "patronctl" })
    }

    private func replay(_ data: String, _ filters: String...) throws -> [[String: Any]] {
        let outcome = try patronctl.run(["replay", "--data", data, "--json"] + filters)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try outcome.output.split(separator: "\n").map { try object($0) }
    }

    @Test func `bench puts every rate beside its limit, and leaves nothing behind`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data").path
        let arguments = ["bench", "--data", data, "--seconds", "0.2", "--customers", "50"]
        // With no log of its own, and what an interrupted run left.
        try FileManager.default.createDirectory(
            atPath: data + "/bench.tmp/organizations/default/log",
            withIntermediateDirectories: true
        )
        for _ in 0..<2 {
            let outcome = try patronctl.run(arguments + ["--json"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let figures = try #require(try object(outcome.output)["figures"] as? [[String: Any]])
            #expect(
                figures.compactMap { $0["name"] as? String } == [
                    "append1", "append64", "append256", "replay", "verify", "open",
                ]
            )
            for figure in figures {
                for name in ["value", "limit", "ratio"] { #expect(figure[name] as? Double ?? 0 > 0, "\(figure)") }
            }
            #expect(!FileManager.default.fileExists(atPath: data + "/bench.tmp"))
            _ = try patronctl.run(["generate", "--customers", "30", "--seed", "2", "--data", data])
        }
        #expect(try patronctl.run(arguments).output.split(separator: "\n").count == 6)
        #expect(try patronctl.run(["verify", "--data", data]).status == 0)
    }

    @Test func `replay shows what its filters let through`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data").path
        _ = try patronctl.run(["generate", "--customers", "30", "--seed", "2", "--data", data])
        let all = try replay(data)
        let middle = all[all.count / 2]
        let time = try #require(middle["recordedAt"] as? String)
        let customer = try #require(all.lazy.compactMap { $0["customer"] as? String }.first)

        #expect(try replay(data, "--from", "5", "--to", "9").compactMap { $0["sequence"] as? Int } == [5, 6, 7, 8, 9])
        #expect(try replay(data, "--until", time).allSatisfy { ($0["recordedAt"] as? String ?? "~") <= time })
        #expect(try replay(data, "--type", "CustomerCreated").count == 30)
        #expect(try replay(data, "--actor", "nobody").isEmpty)
        let theirs = try replay(data, "--customer", customer)
        #expect(theirs.count == all.count { $0["customer"] as? String == customer })
        #expect(!theirs.isEmpty)
    }

    @Test func `orders come in from a pipe, rows that cannot be taken are listed, and a second run adds nothing`()
        throws
    {
        let scratch = try Scratch()
        let data = scratch.appending("data").path
        let file = scratch.appending("orders.csv")
        let report = scratch.appending("report.csv")
        try Data(
            """
            InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
            536365,85123A,"HEART, WHITE",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
            536365,71053,LANTERN,6,2010-12-01 08:27:00,3.39,17850.0,United Kingdom
            536366,22633,HAND WARMER,1,2010-12-01 08:28:00,1.85,,United Kingdom
            C536379,D,Discount,-1,2010-12-01 09:41:00,27.50,17850.0,EIRE

            """
            .utf8
        )
        .write(to: file)
        let mapping = Program.packageRoot.appendingPathComponent("tools/mappings/online-retail.json").path
        let arguments = [
            "import", "orders", "--data", data, "--mapping", mapping, "--report", report.path, "--json", "-",
        ]

        let dry = try patronctl.run(arguments + ["--dry-run"], input: file)
        #expect(dry.status == 0, "\(dry.errors)")
        #expect(try object(dry.output)["orders"] as? Int == 1)
        #expect(!FileManager.default.fileExists(atPath: data))

        let first = try patronctl.run(arguments, input: file)
        #expect(first.status == 0, "\(first.errors)")
        let summary = try object(first.output)
        #expect(summary["orders"] as? Int == 1)
        #expect(summary["refunds"] as? Int == 1)
        #expect(summary["rowsReported"] as? Int == 1)
        #expect(first.errors.contains("no customer"))
        #expect(
            try String(contentsOf: report, encoding: .utf8)
                == "line,column,reason,detail\r\n4,CustomerID,no customer,\r\n"
        )

        let events = try replay(data)
        #expect(
            events.first { $0["type"] as? String == "OrderPlaced" }?["occurredAt"] as? String == "2010-12-01T08:26:00Z"
        )

        let second = try patronctl.run(arguments, input: file)
        #expect(try object(second.output)["events"] as? Int == 0)
        #expect(try object(second.output)["ordersKnown"] as? Int == 1)
    }

    @Test func `customers come in by the template`() throws {
        let scratch = try Scratch()
        let template = try patronctl.run(["import", "customers", "--template"])
        #expect(template.status == 0)
        #expect(template.output == "First Name,Last Name,Email,Phone,Customer Group,Tags,External ID\r\n")
        let file = scratch.appending("customers.csv")
        try Data((template.output + "Ada,Lovelace,ada@example.com,,Retail,vip,C-1\r\n").utf8).write(to: file)
        let data = scratch.appending("data").path
        let outcome = try patronctl.run(["import", "customers", "--data", data, "--json", file.path])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try object(outcome.output)["customers"] as? Int == 1)
        #expect(try replay(data, "--customer", "C-1").count >= 1)
    }

    @Test func `a mapping that cannot be is wrong usage, an input that is not there cannot be read`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data").path
        let mapping = scratch.appending("mapping.json")
        try Data("{\"columns\": {}}".utf8).write(to: mapping)
        let broken = try patronctl.run(["import", "orders", "--data", data, "--mapping", mapping.path, "-"])
        #expect(broken.status == 2)
        #expect(broken.errors.contains("columns/order"))
        let missing = try patronctl.run(["import", "customers", "--data", data, scratch.appending("none.csv").path])
        #expect(missing.status == 4)
    }

    @Test func `a directory in use is refused by name, but can be looked at`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        let server = try Server(data: data)
        defer { server.kill() }
        let outcome = try patronctl.run(["import", "customers", "--data", data.path, "-"])
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("patron"))
        #expect(try patronctl.run(["verify", "--data", data.path]).status == 0)
        #expect(try patronctl.run(["info", "--data", data.path]).status == 0)
    }

    @Test func `a flipped byte is found`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        _ = try patronctl.run(["generate", "--customers", "20", "--seed", "3", "--data", data.path])
        let log = data.appendingPathComponent("organizations/default/log")
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: log.path).first { $0.hasSuffix(".seg") }
        )
        let segment = log.appendingPathComponent(name)
        var bytes = try Data(contentsOf: segment)
        bytes[bytes.startIndex + 5_000] ^= 1
        try bytes.write(to: segment)
        let outcome = try patronctl.run(["verify", "--data", data.path, "--json"])
        #expect(outcome.status == 1)
        let finding = try #require((try object(outcome.output)["findings"] as? [[String: Any]])?.first)
        #expect(finding["segment"] as? String == name)
        #expect(finding["offset"] is Int)
        #expect(finding["firstSequence"] is Int)
        #expect((finding["meaning"] as? String)?.isEmpty == false)
    }
}
