import CustomerDomain
import EventSourcing

extension SampleEvents {
    private static let keyID = APIKeyID(high: 0x0190_6DF0_8C05_7A3B, low: 0x8C1F_22E0_9D4B_5A66)
    private static let roleID = RoleID(high: 0x0190_6DF0_8C0A_7A3B, low: 0x8C1F_22E0_9D4B_5A6B)

    static let access: [(String, Event)] = [
        (
            "APIKeyCreated-role",
            .apiKeyCreated(
                APIKey(
                    id: keyID,
                    name: "Support desk",
                    secretDigest: (0..<32).map { $0 * 5 },
                    role: .staff,
                    permissions: [.readNotes],
                    template: roleID,
                    expiresAt: .seconds(1_790_000_000)
                )
            )
        ),
        (
            "APIKeyRotated",
            .apiKeyRotated(
                APIKeyRotated(
                    id: keyID,
                    secretDigest: (0..<32).map { $0 * 3 },
                    previousUntil: .seconds(1_782_993_600),
                    expiresAt: .seconds(1_790_000_000)
                )
            )
        ),
        ("APIKeyUsed", .apiKeyUsed(APIKeyUsed(id: keyID, at: .seconds(1_782_950_000)))),
        (
            "RoleTemplateDefined",
            .roleTemplateDefined(
                RoleTemplate(id: roleID, name: "Support", permissions: [.readCustomers, .updateCustomers])
            )
        ),
        (
            "RoleTemplateChanged",
            .roleTemplateChanged(
                RoleTemplate(id: roleID, name: "Support desk", permissions: [.readCustomers, .manageKeys])
            )
        ),
        ("RoleTemplateRemoved", .roleTemplateRemoved(roleID)),
        (
            "OrganizationConfigured-displayName",
            .organizationConfigured(OrganizationSettings(displayName: "The Corner Shop"))
        ),
    ]
}
