public import CustomerDomain
public import EventSourcing

/// An API key that was not revoked.
public struct StandingKey: Hashable, Sendable {
    /// The key, with the digest of its newest secret.
    public var key: APIKey
    /// When it was made.
    public var createdAt: Timestamp
    /// When it got its newest secret, if not when it was made.
    public var rotatedAt: Timestamp?
    /// The day on which it was last used, as far as it was recorded.
    public var lastUsedOn: Timestamp?
    /// The secret before, which may still stand.
    public var previous: Previous?

    /// A secret that another one took the place of.
    public struct Previous: Hashable, Sendable {
        /// SHA-256 of it.
        public var digest: [UInt8]
        /// From when on it opens nothing.
        public var until: Timestamp
    }

    init(key: APIKey, createdAt: Timestamp) {
        self.key = key
        self.createdAt = createdAt
    }

    /// Whether it opens nothing any more.
    public func isExpired(at time: Timestamp) -> Bool { key.expiresAt.map { time >= $0 } ?? false }

    /// Whether a secret with this digest opens something.
    func opens(_ digest: [UInt8], at time: Timestamp) -> Bool {
        guard !isExpired(at: time) else { return false }
        if key.secretDigest == digest { return true }
        guard let previous else { return false }
        return previous.digest == digest && time < previous.until
    }
}
