extension Decision {
    /// Once there are orders the currency stays; settings without a currency then mean the one there is.
    func configureOrganization(_ settings: OrganizationSettings) throws(Rejection) -> [Decided] {
        try check(settings.timeZone, "timeZone", Limits.timeZone)
        try check(settings.activityWindowDays, "activityWindowDays", Limits.activityWindowDays)
        var settings = settings
        if facts.hasOrders, let fixed = facts.settings.currency {
            settings.currency = settings.currency ?? fixed
            if settings.currency != fixed { throw .currencyFixed(fixed) }
        }
        if settings == facts.settings { return [] }
        return [Decided(customer: nil, event: .organizationConfigured(settings))]
    }

    func createAPIKey(_ key: APIKey) throws(Rejection) -> [Decided] {
        guard facts.apiKey(key.id) == nil else { throw .invalid(field: "id", reason: "is already in use") }
        try check(key.name, "name", Limits.name)
        if key.secretDigest.count != Limits.secretDigestByteCount {
            throw .invalid(field: "secretDigest", reason: "must have \(Limits.secretDigestByteCount) bytes")
        }
        if key.role != .staff, !key.permissions.isEmpty {
            throw .invalid(field: "permissions", reason: "must be empty but for staff: other roles have theirs")
        }
        return [Decided(customer: nil, event: .apiKeyCreated(key))]
    }

    func revokeAPIKey(_ id: APIKeyID) throws(Rejection) -> [Decided] {
        guard let key = facts.apiKey(id) else { throw .apiKeyNotFound(id) }
        if key.role == .admin, facts.adminKeyCount <= 1 { throw .lastAdminKey }
        return [Decided(customer: nil, event: .apiKeyRevoked(id))]
    }
}
