public import CustomerDomain
import EventSourcing
import LogStorage

/// A message on its way: one attempt.
public struct WebhookMessage: Hashable, Sendable {
    /// Its identifier, the same at each attempt.
    public var id: String
    /// When it is sent, in seconds since 1970.
    public var timestamp: Int64
    /// One signature for each secret that signs, separated by blanks.
    public var signature: String
    /// What is sent.
    public var body: [UInt8]
}

/// Sends messages, and knows nothing else.
public protocol WebhookSender: Sendable {
    /// Sends a message once; follows no redirection, and gives up after ``WebhookPost/timeLimit``.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - address: Where to.
    ///   - host: The one address to connect to: the host is not looked up again.
    /// - Returns: What it came to.
    func send(_ message: WebhookMessage, to address: WebhookAddress, at host: IPAddress) async -> WebhookOutcome
}

/// All that sending needs from outside.
public struct WebhookPost: Sendable {
    /// How long an attempt may take.
    public static let timeLimit = Duration.seconds(20)
    /// How many bytes of an answer are read.
    public static let answerByteLimit = 16 << 10
    /// How many bytes a message may have; of a larger one what the event says is left out.
    public static let bodyByteLimit = 20_000

    var addressGuard: WebhookGuard
    var sender: (any WebhookSender)?
    var compose: @Sendable (RecordedEvent, Organization, _ isThin: Bool) -> [UInt8]
    var random: @Sendable () -> UInt64

    /// A post that refuses all that is not public and sends nothing.
    init() {
        self.init(addressGuard: WebhookGuard(), sender: nil, compose: { _, _, _ in [] })
    }

    /// A post.
    ///
    /// - Parameters:
    ///   - addressGuard: Where messages may be sent.
    ///   - sender: Sends them.
    ///   - compose: Writes the body of an event's message, whole or without what the event says.
    ///   - random: Spreads attempts.
    public init(
        addressGuard: WebhookGuard,
        sender: (any WebhookSender)?,
        compose: @escaping @Sendable (RecordedEvent, Organization, _ isThin: Bool) -> [UInt8],
        random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
    ) {
        self.addressGuard = addressGuard
        self.sender = sender
        self.compose = compose
        self.random = random
    }

    func body(of event: RecordedEvent, _ organization: Organization) -> [UInt8] {
        let whole = compose(event, organization, false)
        return whole.count <= Self.bodyByteLimit ? whole : compose(event, organization, true)
    }
}
