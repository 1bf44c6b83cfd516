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
    public func apiKey(withDigest digest: [UInt8], at time: Timestamp) -> APIKey? {
        guard var key = keys.key(withDigest: digest, at: time) else { return nil }
        if let role = key.template.flatMap({ keys.role($0) }) { key.permissions.formUnion(role.permissions) }
        return key
    }
}
