public import EventSourcing

/// A credential as the log keeps it: never the secret, only its digest.
public struct APIKey: Hashable, Sendable {
    /// Its identifier, which is also the actor of what is done with it.
    public var id: APIKeyID
    /// What it is for.
    public var name: String
    /// SHA-256 of the secret, 32 bytes.
    public var secretDigest: [UInt8]
    /// What its holder is.
    public var role: Role
    /// What staff may do with it; empty for other roles, which say it themselves.
    public var permissions: Set<Permission>
    /// The role template that adds its permissions, as they are at the time of asking; only for staff.
    public var template: RoleID?
    /// From when on it opens nothing; `nil` for never.
    public var expiresAt: Timestamp?

    /// A key of these parts.
    public init(
        id: APIKeyID,
        name: String,
        secretDigest: [UInt8],
        role: Role,
        permissions: Set<Permission> = [],
        template: RoleID? = nil,
        expiresAt: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.secretDigest = secretDigest
        self.role = role
        self.permissions = permissions
        self.template = template
        self.expiresAt = expiresAt
    }

    /// Whether it is an admin's for good, so that somebody can always administer the organization.
    public var isLastingAdmin: Bool { role == .admin && expiresAt == nil }
}

/// A key has a new secret.
public struct APIKeyRotated: Hashable, Sendable {
    /// The key.
    public var id: APIKeyID
    /// SHA-256 of the new secret, 32 bytes.
    public var secretDigest: [UInt8]
    /// Until when the secret before stands, too; `nil` when it went at once.
    ///
    /// An older one went in any case.
    public var previousUntil: Timestamp?
    /// From when on the key opens nothing; `nil` for never.
    public var expiresAt: Timestamp?

    /// A rotation of these parts.
    public init(id: APIKeyID, secretDigest: [UInt8], previousUntil: Timestamp?, expiresAt: Timestamp?) {
        self.id = id
        self.secretDigest = secretDigest
        self.previousUntil = previousUntil
        self.expiresAt = expiresAt
    }
}

/// A key was used on a day.
public struct APIKeyUsed: Hashable, Sendable {
    /// The key.
    public var id: APIKeyID
    /// The beginning of the day, in UTC.
    public var day: Timestamp

    /// A use on the day that `time` is in.
    public init(id: APIKeyID, at time: Timestamp) {
        self.id = id
        day = time.startOfDay
    }
}

extension Timestamp {
    /// The beginning of the day in UTC.
    public var startOfDay: Timestamp {
        let day: Int64 = 86_400_000_000
        let rest = microseconds % day
        return Timestamp(microseconds: microseconds - (rest < 0 ? rest + day : rest))
    }
}
