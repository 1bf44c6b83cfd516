public import CustomerDomain
public import EventSourcing

extension OrganizationState {
    /// The API keys that were not revoked, in the order in which they were made.
    public var apiKeys: [StandingKey] { keys.rows }

    /// The roles that the organization defined, in the order in which it did.
    public var roleTemplates: [RoleTemplate] { keys.roles }

    /// The key of this identifier, with all that is known of it; costs time as there are keys.
    public func standingKey(_ id: APIKeyID) -> StandingKey? { keys.row(id) }

    /// Who holds the secret with this digest at this time; what the role template allows then is among its permissions.
    ///
    /// - Returns: The key, or `nil` when none stands with this secret.
    public func apiKey(withDigest digest: [UInt8], at time: Timestamp) -> (key: APIKey, until: Timestamp?)? {
        keys.key(withDigest: digest, at: time).map { (withRole($0.key), $0.until) }
    }

    /// The key of this identifier, with what its role template allows; `nil` when it does not stand at this time.
    public func holder(of id: APIKeyID, at time: Timestamp) -> APIKey? {
        keys.row(id).flatMap { $0.isExpired(at: time) ? nil : withRole($0.key) }
    }

    private func withRole(_ key: APIKey) -> APIKey {
        var key = key
        if let role = key.template.flatMap({ keys.role($0) }) { key.permissions.formUnion(role.permissions) }
        return key
    }
}
