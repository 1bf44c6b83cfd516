import CustomerDomain
import EventSourcing
import Testing

struct AccessTests {
    private let day = Timestamp.seconds(1_700_000_000).startOfDay

    private func key(
        _ number: UInt64,
        _ role: Role = .staff,
        _ permissions: Set<Permission> = [],
        template: RoleID? = nil,
        expiresAt: Timestamp? = nil
    ) -> APIKey {
        APIKey(
            id: .number(number),
            name: "Key",
            secretDigest: Array(repeating: UInt8(truncatingIfNeeded: number), count: 32),
            role: role,
            permissions: permissions,
            template: template,
            expiresAt: expiresAt
        )
    }

    private let support = RoleTemplate(id: .number(9), name: "Support", permissions: [.readCustomers, .readNotes])

    private func shop() throws -> Specification {
        try Sample.shop().given(.createAPIKey(key(1, .admin)), .defineRole(support))
    }

    private func decide(
        _ command: Command,
        _ shop: Specification,
        may permissions: Set<Permission>
    ) throws(Rejection) -> [Decided] {
        try CustomerDomain.decide(
            command,
            facts: shop.model,
            by: Actor(id: "key_staff", isAdmin: false, permissions: permissions)
        )
    }

    // MARK: Keys

    @Test func `a key may have a role of the organization, and only staff may`() throws {
        let shop = try shop()
        let desk = key(2, template: support.id)
        #expect(shop.when(.createAPIKey(desk)) == .events(nil, .apiKeyCreated(desk)))
        #expect(shop.when(.createAPIKey(key(2, template: .number(8)))).invalidField == "roleId")
        #expect(shop.when(.createAPIKey(key(2, .auditor, template: support.id))).invalidField == "roleId")
    }

    @Test func `a rotation changes the secret and cuts the grace at the key's end`() throws {
        let (soon, end, late) = (day.advanced(byDays: 1), day.advanced(byDays: 2), day.advanced(byDays: 3))
        let shop = try shop().given(.createAPIKey(key(2, expiresAt: end)))
        func rotation(_ until: Timestamp?) -> APIKeyRotated {
            let digest = [UInt8](repeating: 7, count: 32)
            return APIKeyRotated(id: .number(2), secretDigest: digest, previousUntil: until, expiresAt: late)
        }
        for until in [nil, soon] {
            #expect(shop.when(.rotateAPIKey(rotation(until))) == .events(nil, .apiKeyRotated(rotation(until))))
        }
        #expect(shop.when(.rotateAPIKey(rotation(late))) == .events(nil, .apiKeyRotated(rotation(end))))
        var short = rotation(nil)
        short.secretDigest.removeLast()
        #expect(shop.when(.rotateAPIKey(short)).invalidField == "secretDigest")
        var unknown = rotation(nil)
        unknown.id = .number(5)
        #expect(shop.when(.rotateAPIKey(unknown)) == .rejected(.apiKeyNotFound(.number(5))))
    }

    @Test func `one admin key that never expires stays`() throws {
        let shop = try shop().given(.createAPIKey(key(2, .admin, expiresAt: day.advanced(byDays: 99))))
        #expect(shop.when(.revokeAPIKey(.number(1))) == .rejected(.lastAdminKey))
        #expect(shop.when(.revokeAPIKey(.number(2))) == .events(nil, .apiKeyRevoked(.number(2))))
        let expiring = APIKeyRotated(
            id: .number(1),
            secretDigest: Array(repeating: 7, count: 32),
            previousUntil: nil,
            expiresAt: day.advanced(byDays: 99)
        )
        #expect(shop.when(.rotateAPIKey(expiring)) == .rejected(.lastAdminKey))
    }

    @Test func `a use is recorded once a day, and never for a key that is gone`() throws {
        let shop = try shop()
        let noon = Timestamp(microseconds: day.microseconds + 43_200_000_000)
        let used = Event.apiKeyUsed(APIKeyUsed(id: .number(1), at: day))
        #expect(shop.when(.recordKeyUse(.number(1), at: noon)) == .events(nil, used))
        let again = try shop.given(.recordKeyUse(.number(1), at: noon))
        #expect(again.when(.recordKeyUse(.number(1), at: noon)) == .nothing)
        #expect(again.when(.recordKeyUse(.number(1), at: day.advanced(byDays: -1))) == .nothing)
        #expect(again.when(.recordKeyUse(.number(1), at: day.advanced(byDays: 1))) != .nothing)
        #expect(shop.when(.recordKeyUse(.number(3), at: noon)) == .nothing)
        #expect(Timestamp(microseconds: -1).startOfDay == Timestamp(microseconds: -86_400_000_000))
    }

    @Test func `there are at most so many keys and roles`() throws {
        var shop = try shop()
        for number in 2...UInt64(Limits.apiKeysPerOrganization) { try shop.carryOut(.createAPIKey(key(number))) }
        #expect(shop.when(.createAPIKey(key(5_000))) == .rejected(.limitReached("API keys", limit: 1_000)))
        for number in 10..<UInt64(Limits.rolesPerOrganization + 9) {
            try shop.carryOut(.defineRole(RoleTemplate(id: .number(number), name: "\(number)", permissions: [])))
        }
        let more = RoleTemplate(id: .number(500), name: "More", permissions: [])
        #expect(shop.when(.defineRole(more)) == .rejected(.limitReached("roles", limit: 100)))
    }

    // MARK: Roles

    @Test func `a role is defined, changed and removed`() throws {
        let shop = try shop()
        var changed = support
        changed.name = "Front desk"
        changed.permissions = [.readOrders]
        #expect(shop.when(.changeRole(changed)) == .events(nil, .roleTemplateChanged(changed)))
        #expect(shop.when(.changeRole(support)) == .nothing)
        #expect(shop.when(.changeRole(changed, expecting: changed)) == .rejected(.changedMeanwhile))
        #expect(shop.when(.changeRole(changed, expecting: support)) != .nothing)
        #expect(shop.when(.removeRole(support.id)) == .events(nil, .roleTemplateRemoved(support.id)))
        let held = try shop.given(.createAPIKey(key(2, template: support.id)))
        #expect(held.when(.removeRole(support.id)) == .rejected(.roleInUse(support.id, keys: 1)))
        let gone = try held.given(.revokeAPIKey(.number(2)), .removeRole(support.id))
        #expect(gone.when(.removeRole(support.id)) == .rejected(.roleNotFound(support.id)))
        #expect(gone.when(.changeRole(support)) == .rejected(.roleNotFound(support.id)))
    }

    @Test func `names of roles are unique whatever their case, and none is built in`() throws {
        let shop = try shop()
        func role(_ name: String) -> Command {
            .defineRole(RoleTemplate(id: .number(3), name: name, permissions: []))
        }
        #expect(shop.when(role("sUPPORT")) == .rejected(.roleNameTaken("sUPPORT")))
        for name in ["", "Admin", "auditor", "STAFF"] { #expect(shop.when(role(name)).invalidField == "name") }
        #expect(shop.when(.changeRole(RoleTemplate(id: support.id, name: "SUPPORT", permissions: []))) != .nothing)
    }

    @Test(arguments: RolePreset.allCases)
    func `a preset can be defined as it is`(preset: RolePreset) throws {
        let role = RoleTemplate(id: .number(4), name: preset.name, permissions: preset.permissions)
        #expect(try Sample.shop().when(.defineRole(role)) == .events(nil, .roleTemplateDefined(role)))
        #expect(!preset.permissions.contains(.manageKeys))
    }

    // MARK: Nobody gives what they have not

    @Test func `who manages keys gives away no more than they may`() throws {
        let shop = try shop().given(.createAPIKey(key(2, .staff, [.eraseCustomers])))
        let own: Set<Permission> = [.manageKeys, .readCustomers, .readNotes]
        #expect(try decide(.createAPIKey(key(3, .staff, [.readNotes])), shop, may: own).count == 1)
        #expect(try decide(.createAPIKey(key(3, template: support.id)), shop, may: own).count == 1)
        let beyond: [(Command, Permission?)] = [
            (.createAPIKey(key(3, .staff, [.eraseCustomers])), .eraseCustomers),
            (.createAPIKey(key(3, .admin)), nil),
            (.createAPIKey(key(3, .auditor)), nil),
            (.revokeAPIKey(.number(1)), nil),
            (.revokeAPIKey(.number(2)), .eraseCustomers),
            (.defineRole(RoleTemplate(id: .number(3), name: "More", permissions: [.viewAudit])), .viewAudit),
            (
                .changeRole(
                    RoleTemplate(id: support.id, name: "Support", permissions: support.permissions.union([.viewAudit]))
                ),
                .viewAudit
            ),
        ]
        for (command, permission) in beyond {
            #expect(throws: Rejection.beyondOwnRights(permission), "\(command)") {
                try decide(command, shop, may: own)
            }
        }
        for id in [APIKeyID.number(1), .number(2)] {
            let rotation = APIKeyRotated(
                id: id,
                secretDigest: Array(repeating: 7, count: 32),
                previousUntil: nil,
                expiresAt: nil
            )
            #expect(throws: Rejection.self) { try decide(.rotateAPIKey(rotation), shop, may: own) }
        }
        // What a role allows counts as what its holder may do: a key with it cannot be taken over by who may less.
        let held = try shop.given(.createAPIKey(key(3, template: support.id)))
        #expect(throws: Rejection.beyondOwnRights(.readCustomers)) {
            try decide(.revokeAPIKey(.number(3)), held, may: [.manageKeys, .readNotes])
        }
        #expect(throws: Rejection.beyondOwnRights(.readCustomers)) {
            try decide(.removeRole(support.id), shop, may: [.manageKeys, .readNotes])
        }
    }

    @Test func `settings change only from what was expected`() throws {
        let shop = try shop()
        let (old, new) = (OrganizationSettings(), OrganizationSettings(displayName: "Corner Shop"))
        #expect(
            shop.when(.configureOrganization(new, expecting: old)) == .events(nil, .organizationConfigured(new))
        )
        #expect(shop.when(.configureOrganization(new, expecting: new)) == .rejected(.changedMeanwhile))
        let empty = OrganizationSettings(displayName: "")
        #expect(shop.when(.configureOrganization(empty)).invalidField == "displayName")
    }
}
