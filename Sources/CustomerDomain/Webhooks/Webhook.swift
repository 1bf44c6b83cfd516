public import EventSourcing

/// What the owner of an endpoint says about it; nothing personal, and no secret.
public struct WebhookSettings: Hashable, Sendable {
    /// Where messages are sent.
    public var url: String
    /// What it is for; empty for nothing said.
    public var description: String
    /// The names of the events that are sent, in order; empty for all.
    public var eventTypes: [String]

    /// Settings of these parts.
    public init(url: String, description: String = "", eventTypes: [String] = []) {
        self.url = url
        self.description = description
        self.eventTypes = eventTypes
    }
}

/// Why nothing is sent to an endpoint.
public enum WebhookStop: UInt8, Hashable, Sendable, Named {
    /// Somebody asked for it.
    case manual = 1
    /// It answered 410 Gone.
    case gone = 2
    /// For days nothing arrived.
    case failing = 3

    /// The reason as it is written.
    public var name: String {
        switch self {
        case .manual: "manual"
        case .gone: "gone"
        case .failing: "failing"
        }
    }
}

/// An endpoint that events are sent to, as the register has it.
public struct Webhook: Hashable, Sendable {
    /// Its identifier.
    public var id: WebhookID
    /// What its owner says.
    public var settings: WebhookSettings
    /// Which of its secrets signs; the secret itself is in a sealed file of this number.
    public var secret: UInt64
    /// The secret before, which signs as well for a day.
    public var previousSecret: UInt64?
    /// When the secret was changed, the last time.
    public var rotatedAt: Timestamp?
    /// Who made it.
    public var createdBy: String
    /// When.
    public var createdAt: Timestamp
    /// The event that made it: those behind are sent.
    public var createdAtSequence: UInt64
    /// Why nothing is sent; `nil` while it is at work.
    public var stop: WebhookStop?
    /// Since when nothing is sent.
    public var stoppedAt: Timestamp?

    /// An endpoint at work.
    public init(_ created: WebhookCreated, createdBy: String, createdAt: Timestamp, sequence: UInt64) {
        id = created.id
        settings = created.settings
        secret = created.secret
        self.createdBy = createdBy
        self.createdAt = createdAt
        createdAtSequence = sequence
    }

    /// The secrets that sign now, the newest first.
    ///
    /// - Parameter time: Now.
    /// - Returns: Their numbers.
    public func signingSecrets(at time: Timestamp) -> [UInt64] {
        guard let previousSecret, let rotatedAt,
            time.microseconds - rotatedAt.microseconds < Limits.webhookSecretOverlap * 1_000_000
        else { return [secret] }
        return [secret, previousSecret]
    }
}
