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

    /// From when on a secret with this digest opens nothing: the newest one, or else the one before; `nil` for never.
    func end(of digest: [UInt8]) -> Timestamp? {
        guard key.secretDigest != digest, let previous else { return key.expiresAt }
        return min(previous.until, key.expiresAt ?? previous.until)
    }
}
