import CustomerDomain
import CustomerRecords
import EventSourcing
import Foundation
import Testing

/// A record as an earlier day wrote it, and what it says: two files under `Golden/`.
///
/// `NAME.hex` is the body; `NAME.txt` is ``text(of:)``.
struct GoldenRecord: CustomTestStringConvertible {
    /// `OrderPlaced-bare`: the type's name, and what is special.
    let name: String
    private let folder: URL

    static func folder(version: Int) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Golden/v\(version)")
    }

    static func all(version: Int) -> [GoldenRecord] {
        let folder = folder(version: version)
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".hex") }.sorted()
            .map { GoldenRecord(name: String($0.dropLast(4)), folder: folder) }
    }

    var testDescription: String { name }

    var typeName: String { String(name.prefix { $0 != "-" }) }

    func body() throws -> [UInt8] {
        let digits = try read("hex").compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    func text() throws -> String { try read("txt") }

    private func read(_ ending: String) throws -> String {
        try String(contentsOf: folder.appending(path: "\(name).\(ending)"), encoding: .utf8)
    }

    /// All that an event says, a line for each particular.
    static func text(of recorded: RecordedEvent) -> String {
        var lines = [
            "type: \(recorded.event.name)",
            "recordedAt: \(recorded.recordedAt.rfc3339)",
            "occurredAt: \(recorded.occurredAt.rfc3339)",
            "actor: \(recorded.actor)",
            "requestId: \(recorded.requestID ?? "none")",
            "customer: \(recorded.customer.map { String($0.value) } ?? "none")",
            "customerVersion: \(recorded.customerVersion)",
        ]
        if let idempotency = recorded.idempotency {
            lines.append("idempotency: \(idempotency.key) \(String(idempotency.fingerprint, radix: 16))")
        }
        lines.append("data: \(recorded.event.json)")
        // The description leaves it out.
        if case .apiKeyCreated(let key) = recorded.event { lines.append("secretDigest: \(hex(key.secretDigest))") }
        return lines.joined(separator: "\n") + "\n"
    }

    static func hex(_ bytes: some Collection<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
