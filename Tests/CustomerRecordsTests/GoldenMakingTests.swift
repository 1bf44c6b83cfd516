import CustomerRecords
import Foundation
import Testing

/// Makes golden records of samples that have none; see `Golden/README.md`.
@Suite struct GoldenMakingTests {
    @Test(.enabled(if: ProcessInfo.processInfo.environment["MAKE_GOLDEN"] != nil))
    func `missing golden records are made`() throws {
        for sample in SampleEvents.all {
            let recorded = SampleEvents.record(sample.event)
            let version = Int(EventType(of: sample.event).schemaVersion)
            let file = GoldenRecord.folder(version: version).appending(path: sample.name)
            guard !FileManager.default.fileExists(atPath: file.path + ".hex") else { continue }
            let digits = Array(GoldenRecord.hex(RecordCodec().body(recorded)))
            let lines = stride(from: 0, to: digits.count, by: 64)
                .map { String(digits[$0..<min($0 + 64, digits.count)]) }
            let files = [("hex", lines.joined(separator: "\n") + "\n"), ("txt", GoldenRecord.text(of: recorded))]
            for (ending, text) in files {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try text.write(toFile: file.path + "." + ending, atomically: true, encoding: .utf8)
            }
        }
    }
}
