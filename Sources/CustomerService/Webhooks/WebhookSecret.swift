import CustomerDomain
import Crypto
import EventSourcing
import LogStorage

/// What messages to an endpoint are signed with (Standard Webhooks 1.0); told once, kept in a sealed file.
public struct WebhookSecret: Hashable, Sendable {
    /// What stands before the base 64.
    static let prefix = "whsec_"
    /// How many bytes a secret may have.
    static let byteCounts = 24...64

    let bytes: [UInt8]

    /// A new one, of the system's randomness.
    static func random() -> WebhookSecret {
        WebhookSecret(bytes: KeyVault.randomBytes(Limits.webhookSecretByteCount))
    }

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// The secret that a text tells; `nil` when it is none.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let bytes = Base64.decode(text.dropFirst(Self.prefix.count)),
            Self.byteCounts.contains(bytes.count)
        else { return nil }
        self.bytes = bytes
    }

    /// What its owner is told; not to be logged.
    public var text: String { Self.prefix + Base64.encode(bytes) }

    /// One signature of a message: `v1,` and the base 64 of HMAC-SHA256 over `id.timestamp.body`.
    ///
    /// - Parameters:
    ///   - id: The message's identifier.
    ///   - timestamp: When it is sent, in seconds since 1970.
    ///   - body: What is sent.
    /// - Returns: The signature.
    public func signature(id: String, timestamp: Int64, body: [UInt8]) -> String {
        var code = HMAC<SHA256>(key: SymmetricKey(data: bytes))
        code.update(data: Array("\(id).\(timestamp).".utf8))
        code.update(data: body)
        return "v1," + Base64.encode(Array(code.finalize()))
    }
}

extension WebhookSecret: CustomStringConvertible {
    /// Never the secret.
    public var description: String { "<secret>" }
}
