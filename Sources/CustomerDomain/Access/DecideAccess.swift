import EventSourcing

// Who is not an admin gives nobody more than what it may do itself, be it by a key, a secret or a role.
extension Decision {
    func createAPIKey(_ key: APIKey) throws(Rejection) -> [Decided] {
        guard facts.apiKey(key.id) == nil else { throw .invalid(field: "id", reason: "is already in use") }
        try check(key.name, "name", Limits.name)
        try checkDigest(key.secretDigest)
        if key.role != .staff, !key.permissions.isEmpty {
            throw .invalid(field: "permissions", reason: "must be empty but for staff: other roles have theirs")
        }
        if key.role != .staff, key.template != nil {
            throw .invalid(field: "roleId", reason: "must be absent but for staff: other roles have their permissions")
        }
        if let template = key.template, facts.roleTemplate(template) == nil {
            throw .invalid(field: "roleId", reason: "is no role of this organization")
        }
        try checkReach(of: key)
        guard facts.apiKeyCount < Limits.apiKeysPerOrganization else {
            throw .limitReached("API keys", limit: Limits.apiKeysPerOrganization)
        }
        return [Decided(customer: nil, event: .apiKeyCreated(key))]
    }

    /// The secret before stands for the grace, but never longer than the key stood before.
    ///
    /// A secret takes no place of itself.
    func rotateAPIKey(_ rotation: APIKeyRotated) throws(Rejection) -> [Decided] {
        guard let key = facts.apiKey(rotation.id) else { throw .apiKeyNotFound(rotation.id) }
        try checkDigest(rotation.secretDigest)
        try checkReach(of: key)
        if key.isLastingAdmin, rotation.expiresAt != nil, facts.adminKeyCount <= 1 { throw .lastAdminKey }
        if rotation.secretDigest == key.secretDigest { return [] }
        var rotation = rotation
        if let until = rotation.previousUntil, let end = key.expiresAt { rotation.previousUntil = min(until, end) }
        return [Decided(customer: nil, event: .apiKeyRotated(rotation))]
    }

    func revokeAPIKey(_ id: APIKeyID) throws(Rejection) -> [Decided] {
        guard let key = facts.apiKey(id) else { throw .apiKeyNotFound(id) }
        try checkReach(of: key)
        if key.isLastingAdmin, facts.adminKeyCount <= 1 { throw .lastAdminKey }
        return [Decided(customer: nil, event: .apiKeyRevoked(id))]
    }

    /// Once a day for each key, and never for one that was revoked meanwhile.
    func recordKeyUse(_ id: APIKeyID, at time: Timestamp) -> [Decided] {
        let used = APIKeyUsed(id: id, at: time)
        guard facts.apiKey(id) != nil, facts.lastUse(of: id).map({ $0 < used.day }) ?? true else { return [] }
        return [Decided(customer: nil, event: .apiKeyUsed(used))]
    }

    func defineRole(_ role: RoleTemplate) throws(Rejection) -> [Decided] {
        guard facts.roleTemplate(role.id) == nil else { throw .invalid(field: "id", reason: "is already in use") }
        try checkName(of: role)
        try checkReach(of: role.permissions)
        guard facts.roleTemplateCount < Limits.rolesPerOrganization else {
            throw .limitReached("roles", limit: Limits.rolesPerOrganization)
        }
        return [Decided(customer: nil, event: .roleTemplateDefined(role))]
    }

    func changeRole(_ role: RoleTemplate, expecting: RoleTemplate?) throws(Rejection) -> [Decided] {
        guard let old = facts.roleTemplate(role.id) else { throw .roleNotFound(role.id) }
        if let expecting, expecting != old { throw .changedMeanwhile }
        try checkName(of: role)
        try checkReach(of: role.permissions.symmetricDifference(old.permissions))
        return role == old ? [] : [Decided(customer: nil, event: .roleTemplateChanged(role))]
    }

    func removeRole(_ id: RoleID) throws(Rejection) -> [Decided] {
        guard let role = facts.roleTemplate(id) else { throw .roleNotFound(id) }
        try checkReach(of: role.permissions)
        let holders = facts.holderCount(of: id)
        guard holders == 0 else { throw .roleInUse(id, keys: holders) }
        return [Decided(customer: nil, event: .roleTemplateRemoved(id))]
    }

    private func checkDigest(_ digest: [UInt8]) throws(Rejection) {
        guard digest.count == Limits.secretDigestByteCount else {
            throw .invalid(field: "secretDigest", reason: "must have \(Limits.secretDigestByteCount) bytes")
        }
    }

    private func checkName(of role: RoleTemplate) throws(Rejection) {
        try check(role.name, "name", Limits.name)
        if Role(name: role.name.lowercased()) != nil {
            throw .invalid(field: "name", reason: "must not be that of a built-in role")
        }
        if let other = facts.roleTemplate(named: role.name), other != role.id { throw .roleNameTaken(role.name) }
    }

    private func checkReach(of key: APIKey) throws(Rejection) {
        guard !actor.isAdmin else { return }
        guard key.role == .staff else { throw .beyondOwnRights(nil) }
        let added = key.template.flatMap { facts.roleTemplate($0)?.permissions } ?? []
        try checkReach(of: key.permissions.union(added))
    }

    private func checkReach(of permissions: Set<Permission>) throws(Rejection) {
        let beyond = permissions.filter { !actor.allows($0) }
        if let first = beyond.min(by: { $0.rawValue < $1.rawValue }) { throw .beyondOwnRights(first) }
    }
}
