import CustomerDomain
import EventSourcing

// Settings, keys and roles.
extension RandomCommands {
    mutating func organizationCommand() -> Command {
        // Roles come first, so that something happens to them.
        if random.chance(roles.isEmpty ? 40 : 30) { return roleCommand() }
        switch random.below(6) {
        case 0:
            return .configureOrganization(
                OrganizationSettings(
                    currency: random.pick([nil, CurrencyCode("GBP"), CurrencyCode("EUR")]),
                    timeZone: random.pick(["UTC", "Europe/London", ""]),
                    activityWindowDays: random.pick([0, 30, 90, 365]),
                    displayName: random.chance(50) ? name() : nil
                )
            )
        case 1:
            return .rotateAPIKey(
                APIKeyRotated(
                    id: key(),
                    secretDigest: digest(),
                    previousUntil: random.chance(50) ? time.advanced(byDays: 1) : nil,
                    expiresAt: random.chance(30) ? time.advanced(byDays: random.below(9)) : nil
                )
            )
        case 2: return .recordKeyUse(key(), at: time.advanced(byDays: random.below(3)))
        case 3, 4:
            let id: APIKeyID = identifier()
            keys.append(id)
            let isAdmin = random.chance(40)
            let permissions: Set<Permission> = isAdmin ? [] : [random.pick(Permission.allCases)]
            let role: Role = isAdmin ? .admin : .staff
            return .createAPIKey(
                APIKey(
                    id: id,
                    name: name(),
                    secretDigest: digest(),
                    role: role,
                    permissions: permissions,
                    template: random.chance(20) ? roleID() : nil,
                    expiresAt: random.chance(20) ? time.advanced(byDays: random.below(9)) : nil
                )
            )
        default: return .revokeAPIKey(key())
        }
    }

    private mutating func roleCommand() -> Command {
        var role = RoleTemplate(
            id: roleID(),
            name: random.chance(20) ? random.pick(["Desk", "Admin", ""]) : "Role \(random.below(20))",
            permissions: []
        )
        for permission in Permission.allCases where random.chance(30) { role.permissions.insert(permission) }
        switch random.below(4) {
        case 0, 1:
            role.id = identifier()
            roles.append(role.id)
            return .defineRole(role)
        case 2: return .changeRole(role)
        default: return .removeRole(role.id)
        }
    }

    private mutating func digest() -> [UInt8] {
        (0..<(random.chance(95) ? 32 : 31)).map { _ in UInt8(random.below(256)) }
    }

    private mutating func key() -> APIKeyID {
        keys.isEmpty || random.chance(10) ? identifier() : random.pick(keys)
    }

    private mutating func roleID() -> RoleID {
        roles.isEmpty || random.chance(10) ? identifier() : random.pick(roles)
    }
}
