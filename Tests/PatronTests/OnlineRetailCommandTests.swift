import Foundation
import Testing

/// The main job on real input: a year of a real shop's orders (UCI Online Retail, CC BY 4.0), read beside the package.
@Suite(.serialized) struct OnlineRetailCommandTests {
    @Test func `the whole file comes in, and a second run adds nothing`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        let file = scratch.appending("online-retail.csv")
        try unpack(to: file)
        let first = try Program.patronctl.run(arguments(data, file, scratch))
        #expect(first.status == 0, "\(first.errors)")
        let info = try events(in: data)
        #expect(info == 30_936)
        let report = try String(contentsOf: scratch.appending("report.csv"), encoding: .utf8)
        #expect(report.contains("no customer"))
        let second = try Program.patronctl.run(arguments(data, file, scratch))
        #expect(second.status == 0, "\(second.errors)")
        #expect(try events(in: data) == info)
    }

    private func arguments(_ data: URL, _ file: URL, _ scratch: Scratch) -> [String] {
        let mapping = Program.packageRoot.appendingPathComponent("tools/mappings/online-retail.json").path
        return [
            "import", "orders", "--data", data.path, "--mapping", mapping,
            "--report", scratch.appending("report.csv").path, file.path,
        ]
    }

    private func events(in data: URL) throws -> Int? {
        let info = try Program.patronctl.run(["info", "--data", data.path, "--json"])
        let object = try JSONSerialization.jsonObject(with: Data(info.output.utf8)) as? [String: Any]
        return object?["events"] as? Int
    }

    private func unpack(to file: URL) throws {
        let packed = Program.packageRoot
            .appendingPathComponent("../shared/data/online-retail.csv.xz").standardizedFileURL
        try #require(
            FileManager.default.fileExists(atPath: packed.path),
            "docs/IMPORT.md says where to get the data; put it to \(packed.path)"
        )
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["xz", "-dc", packed.path]
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        process.standardOutput = try FileHandle(forWritingTo: file)
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
