import Foundation

/// What a tool asks a running server to do.
public struct ControlRequest: Hashable, Sendable, Codable {
    /// The version of the protocol, 1.
    public var version = ControlMessage.version
    /// What to do, as `patronctl` calls it.
    public var verb: String
    /// The organization it is about.
    public var organization: String
    /// What else the verb takes, by name.
    public var arguments: [String: String]

    /// A request.
    public init(_ verb: String, organization: String, arguments: [String: String] = [:]) {
        self.verb = verb
        self.organization = organization
        self.arguments = arguments
    }

    /// The request of a line without its end.
    init(line: [UInt8]) throws(ControlFailure) {
        struct Version: Decodable { var version: Int }
        let data = Data(line)
        guard let version = try? JSONDecoder().decode(Version.self, from: data).version else {
            throw ControlFailure(.badRequest, "the request is no JSON object with a version")
        }
        guard version == ControlMessage.version else {
            throw ControlFailure(
                .badRequest,
                "the request has version \(version), this server speaks \(ControlMessage.version); use the same release"
            )
        }
        guard let request = try? JSONDecoder().decode(ControlRequest.self, from: data) else {
            throw ControlFailure(.badRequest, "the request lacks verb, organization or arguments")
        }
        self = request
    }

    /// The line, with its end.
    var line: [UInt8] { ControlMessage.encode(self) }
}

/// How far a verb has come.
public struct ControlProgress: Hashable, Sendable, Codable {
    /// How much is done, in the verb's unit.
    public var done: UInt64
    /// How much there is in all, where that is known.
    public var total: UInt64?
    /// What is counted: `bytes`, `events`.
    public var unit: String
    /// A line of the verb's output, without its end.
    public var line: String?

    /// Progress.
    public init(done: UInt64, total: UInt64?, unit: String, line: String? = nil) {
        self.done = done
        self.total = total
        self.unit = unit
        self.line = line
    }
}

/// What a verb came to: a line for people, and values for programs.
public struct ControlResult: Hashable, Sendable, Codable {
    /// One sentence.
    public var summary: String
    /// Values by name, for `--json`.
    public var values: [String: ControlValue]

    /// A result.
    public init(_ summary: String, values: [String: ControlValue] = [:]) {
        self.summary = summary
        self.values = values
    }
}

/// A value in a result.
public enum ControlValue: Hashable, Sendable, Codable {
    /// A whole number.
    case number(Int)
    /// A text.
    case text(String)
    /// True or false.
    case flag(Bool)

    /// Reads a JSON value.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    /// Writes a JSON value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .flag(let flag): try container.encode(flag)
        }
    }
}
