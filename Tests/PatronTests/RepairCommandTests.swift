import Foundation
import Testing

/// Repair with the built tool, on the log of the golden files.
@Suite struct RepairCommandTests {
    private let patronctl = Program.patronctl
    private let scratch: Scratch

    private var data: URL { scratch.appending("data") }
    private var log: URL { data.appending(path: "organizations/golden/log") }
    private var segment: URL { log.appending(path: "00000000000000000010.seg") }
    private var parity: URL { log.appending(path: "00000000000000000010.seg.parity") }

    init() throws {
        scratch = try Scratch()
        try FileManager.default.createDirectory(at: log.deletingLastPathComponent(), withIntermediateDirectories: true)
        let golden = Program.packageRoot.appending(path: "Tests/LogStorageTests/Golden/v2")
        try FileManager.default.copyItem(at: golden, to: log)
    }

    private func repair(_ arguments: String..., status: Int32) throws -> [String: Any] {
        let outcome = try patronctl.run(
            ["repair", "--data", data.path, "--organization", "golden", "--json"] + arguments
        )
        #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
        return (try? JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]) ?? [:]
    }

    private func flip(_ range: Range<Int>) throws {
        var bytes = try Data(contentsOf: segment)
        for index in range { bytes[index] ^= 0x55 }
        try bytes.write(to: segment)
    }

    @Test func `a damaged segment is rebuilt from its parity, and the repair is undone`() throws {
        let whole = try Data(contentsOf: segment)
        let first = try repair(status: 0)
        #expect((first["parityWritten"] as? [String])?.count == 3)
        #expect(first["clean"] as? Bool == true)
        // Three of the smallest shards and a byte.
        try flip(5000..<6537)
        let damaged = try Data(contentsOf: segment)
        let plan = try repair("--dry-run", status: 1)
        #expect((plan["segments"] as? [[String: Any]])?.first?["verdict"] as? String == "rebuildable")
        #expect((plan["lost"] as? [Any])?.isEmpty == true)
        #expect(try Data(contentsOf: segment) == damaged)

        let done = try repair(status: 0)
        #expect(done["repaired"] as? [String] == [segment.lastPathComponent])
        #expect(done["root"] as? String == first["root"] as? String)
        #expect(try Data(contentsOf: segment) == whole)
        let kept = try #require((done["quarantine"] as? [String])?.first)
        #expect(try Data(contentsOf: URL(filePath: kept)) == damaged)

        let undone = try repair("--undo", status: 0)
        #expect(undone["undone"] as? [String] == [segment.lastPathComponent])
        #expect(try Data(contentsOf: segment) == damaged)
        _ = try repair("--undo", status: 4)
        _ = try repair("--dry-run", "--undo", status: 2)
    }

    @Test func `what is lost and what is doubtful is named`() throws {
        try flip(4096..<7000)
        let report = try repair(status: 1)
        let lost = try #require(report["lost"] as? [[String: Any]])
        #expect(lost.first?["firstSequence"] as? Int == 10)
        #expect((report["doubtful"] as? [[String: Any]])?.isEmpty == false)
        #expect(report["repaired"] as? [String] == [])
        let text = try patronctl.run(["repair", "--data", data.path, "--organization", "golden", "--dry-run"])
        #expect(text.status == 1)
        #expect(text.output.contains("lost: records 10"))
        #expect(text.output.contains("doubtful: records"))
        #expect(text.output.contains("it has no parity file"))
    }

    @Test func `beside a server only a dry run works, and another organization is not there`() throws {
        let server = try Server(data: data, options: ["--organization", "default"])
        defer { server.kill() }
        _ = try repair(status: 3)
        _ = try repair("--undo", status: 3)
        #expect(try repair("--dry-run", status: 0)["dryRun"] as? Bool == true)
        let other = try patronctl.run(["repair", "--data", data.path, "--organization", "other"])
        #expect(other.status == 4)
        let nowhere = scratch.appending("none")
        #expect(try patronctl.run(["repair", "--data", nowhere.path]).status == 4)
        #expect(!FileManager.default.fileExists(atPath: nowhere.path))
    }
}
