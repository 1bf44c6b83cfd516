import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing

/// What is said of API keys, and what is asked for.
enum APIKeySchemas {
    private static let properties: [Property] = [
        .required("id", .identifier(APIKeyKind.self)),
        .required("name", .anyText),
        .required("role", .choice(of: Role.self)),
        .required("permissions", .list(of: AccessSchemas.permission), "Its own, besides those of its role."),
        .required("roleId", .nullable(.identifier(RoleKind.self)), "The role whose permissions it has, too."),
        .required("status", .choice(["active", "expired"])),
        .required("createdAt", .dateTime),
        .required("expiresAt", .nullable(.dateTime)),
        .required("rotatedAt", .nullable(.dateTime), "When it got the secret that it has."),
        .required("previousSecretUntil", .nullable(.dateTime), "Until when the secret before stands, where it does."),
        .required("lastUsedOn", .nullable(.date), "The last day (UTC) on which something was asked with it."),
    ]

    static let key = Schema.component(
        Component(name: "APIKey", schema: .object(ObjectRule(properties: properties)))
    )

    static let newKey = Schema.component(
        Component(
            name: "NewAPIKey",
            schema: .object(
                ObjectRule(
                    properties: properties + [
                        .required("secret", .nullable(.anyText), "Shown this once; null when the request was a retry.")
                    ]
                )
            )
        )
    )

    static let creation = Schema.named(
        "APIKeyCreate",
        .required("name", .line(Limits.name), "What it is for."),
        .optional(
            "role",
            .choice(of: Role.self),
            "staff when absent. An auditor sees everything that was ever recorded, and changes nothing."
        ),
        .optional(
            "permissions",
            .array(AccessSchemas.permission, 0...Permission.allCases.count),
            "What staff may do; other roles have theirs, whatever is here."
        ),
        .optional(
            "roleId",
            .identifier(RoleKind.self),
            "A role of the organization: what it allows, now or later, staff with this key may do, too."
        ),
        .optional("expiresAt", .dateTime, "From when on it opens nothing; never when absent.")
    )

    static let rotation = Schema.named(
        "APIKeyRotation",
        .optional(
            "graceHours",
            .integer(Int64(Limits.rotationGraceHours.lowerBound)...Int64(Limits.rotationGraceHours.upperBound)),
            "For how long the secret before stands, too: 24 when absent, 0 for not at all."
        ),
        .optional("expiresAt", .nullable(.dateTime), "As it was when absent; null for never.")
    )
}

extension JSONWriter {
    /// Writes a key; its secret only where there is one to be told of, or a retry that gets none.
    mutating func value(
        _ row: StandingKey,
        _ lastUse: Timestamp?,
        at time: Timestamp,
        secret: Secret?? = .none
    ) {
        beginObject()
        field("id", row.key.id)
        field("name", row.key.name)
        field("role", row.key.role.name)
        field("permissions", row.key.permissions.map(\.name).sorted())
        field("roleId", row.key.template)
        field("status", row.isExpired(at: time) ? "expired" : "active")
        field("createdAt", row.createdAt)
        field("expiresAt", row.key.expiresAt)
        field("rotatedAt", row.rotatedAt)
        field("previousSecretUntil", row.previous.flatMap { $0.until > time ? $0.until : nil })
        field("lastUsedOn", lastUse.map { String($0.rfc3339.prefix { $0 != "T" }) })
        if let secret { field("secret", secret?.text) }
        endObject()
    }
}
