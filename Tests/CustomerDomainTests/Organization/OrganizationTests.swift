import CustomerDomain
import Testing

struct OrganizationTests {
    private func key(_ number: UInt64, _ role: Role = .admin, _ permissions: Set<Permission> = []) -> APIKey {
        APIKey(
            id: .number(number),
            name: "Key",
            secretDigest: Array(repeating: 1, count: 32),
            role: role,
            permissions: permissions
        )
    }

    @Test func `settings change once`() throws {
        let shop = try Sample.shop()
        let settings = OrganizationSettings(currency: Sample.eur, timeZone: "Europe/London", activityWindowDays: 30)
        #expect(shop.when(.configureOrganization(settings)) == .events(nil, .organizationConfigured(settings)))
        #expect(try shop.given(.configureOrganization(settings)).when(.configureOrganization(settings)) == .nothing)
        #expect(shop.when(.configureOrganization(OrganizationSettings())) == .nothing)
    }

    @Test(arguments: [
        (OrganizationSettings(timeZone: ""), "timeZone"),
        (OrganizationSettings(activityWindowDays: 0), "activityWindowDays"),
        (OrganizationSettings(activityWindowDays: 3_651), "activityWindowDays"),
    ])
    func `settings are checked field by field`(_ settings: OrganizationSettings, _ field: String) throws {
        #expect(try Sample.shop().when(.configureOrganization(settings)).invalidField == field)
    }

    @Test func `the first order fixes the currency`() throws {
        let chosen = try Sample.shop().given(.configureOrganization(OrganizationSettings(currency: Sample.eur)))
        #expect(chosen.when(.configureOrganization(OrganizationSettings(currency: Sample.gbp))) != .nothing)
        let shop = try Sample.shop().given(.placeOrder(Sample.ana, Sample.order()))
        #expect(shop.model.settings.currency == Sample.gbp)
        let euro = Command.configureOrganization(OrganizationSettings(currency: Sample.eur))
        #expect(shop.when(euro) == .rejected(.currencyFixed(Sample.gbp)))
        #expect(shop.when(.configureOrganization(OrganizationSettings())) == .nothing)
        let window = OrganizationSettings(activityWindowDays: 30)
        var kept = window
        kept.currency = Sample.gbp
        #expect(shop.when(.configureOrganization(window)) == .events(nil, .organizationConfigured(kept)))
    }

    @Test func `keys are made and revoked, but not the last admin's`() throws {
        let staff = key(2, .staff, [.readCustomers])
        let shop = try Sample.shop().given(.createAPIKey(key(1)))
        #expect(shop.when(.createAPIKey(staff)) == .events(nil, .apiKeyCreated(staff)))
        #expect(shop.when(.revokeAPIKey(.number(1))) == .rejected(.lastAdminKey))
        #expect(shop.when(.revokeAPIKey(.number(2))) == .rejected(.apiKeyNotFound(.number(2))))
        let two = try shop.given(.createAPIKey(key(3)), .createAPIKey(staff))
        #expect(two.when(.revokeAPIKey(.number(1))) == .events(nil, .apiKeyRevoked(.number(1))))
        let revoked = try two.given(.revokeAPIKey(.number(1)), .revokeAPIKey(.number(2)))
        #expect(revoked.when(.revokeAPIKey(.number(1))) == .rejected(.apiKeyNotFound(.number(1))))
        #expect(revoked.when(.revokeAPIKey(.number(3))) == .rejected(.lastAdminKey))
    }

    @Test func `a key is checked field by field`() throws {
        let shop = try Sample.shop().given(.createAPIKey(key(1)))
        #expect(shop.when(.createAPIKey(key(1))).invalidField == "id")
        #expect(shop.when(.createAPIKey(key(2, .admin, [.readNotes]))).invalidField == "permissions")
        var short = key(2)
        short.secretDigest.removeLast()
        #expect(shop.when(.createAPIKey(short)).invalidField == "secretDigest")
        var nameless = key(2)
        nameless.name = ""
        #expect(shop.when(.createAPIKey(nameless)).invalidField == "name")
    }

    @Test func `permissions are known by their names`() {
        for permission in Permission.allCases { #expect(Permission(name: permission.name) == permission) }
        #expect(Permission(name: "customers:fly") == nil)
    }
}
