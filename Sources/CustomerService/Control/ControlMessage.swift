import Foundation

/// One line of the protocol on the control socket, version 1: a JSON object and a line feed.
///
/// The client sends one request and reads lines until a result or an error; then either side closes.
enum ControlMessage: Hashable, Sendable {
    case progress(ControlProgress)
    case result(ControlResult)
    case failure(ControlFailure)

    /// The version of the protocol.
    static let version = 1
    /// The longest request, in bytes.
    static let requestByteLimit = 1 << 20
    /// The longest answer: what the largest event is as JSON, quoted once more, and room.
    static let answerByteLimit = 64 << 20

    private struct Line: Codable {
        var progress: ControlProgress?
        var result: ControlResult?
        var error: ControlFailure?
    }

    /// The line, with its end.
    var line: [UInt8] {
        switch self {
        case .progress(let progress): Self.encode(Line(progress: progress))
        case .result(let result): Self.encode(Line(result: result))
        case .failure(let failure): Self.encode(Line(error: failure))
        }
    }

    /// The message of a line without its end; `nil` when it is none.
    init?(line: [UInt8]) {
        guard let line = try? JSONDecoder().decode(Line.self, from: Data(line)) else { return nil }
        if let result = line.result {
            self = .result(result)
        } else if let failure = line.error {
            self = .failure(failure)
        } else if let progress = line.progress {
            self = .progress(progress)
        } else {
            return nil
        }
    }

    /// A value as a line; empty for what cannot be encoded, which is nothing of this protocol.
    static func encode(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return [] }
        return Array(data) + [0x0A]
    }
}
