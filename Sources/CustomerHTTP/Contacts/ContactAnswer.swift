import CustomerDomain
import CustomerProjections
import EventSourcing

/// What the server sends of the ways to a customer.
enum ContactAnswer {
    static let channels = Schema.choice(of: ContactChannel.self)
    static let reasons = Schema.choice(of: SuppressionReason.self)

    /// One way by which nothing is to be sent.
    static let suppression = Schema.named(
        "Suppression",
        .required("channel", channels),
        .required("reason", reasons),
        .required("since", .dateTime)
    )

    /// Properties of a customer in full.
    static let properties: [Property] = [
        .required("emailVerifiedAt", .nullable(.dateTime), "Since when the e-mail address is known to be right."),
        .required("phoneVerifiedAt", .nullable(.dateTime), "Since when the phone number is known to be right."),
        .required("suppressions", .list(of: suppression), "Ways by which nothing is to be sent, and why."),
    ]

    static let code = Schema.named(
        "IssuedCode",
        .required("purpose", .choice(of: CodePurpose.self)),
        .required(
            "code",
            .nullable(.anyText),
            "The code, for an API key with mail:send and in this answer alone; null for others, and for a retry."
        ),
        .required("expiresAt", .nullable(.dateTime), "null where none was made, because the key may not get it.")
    )

    static let access = Schema.named(
        "Access",
        .required("canLogIn", .boolean, "Whether nothing here stands in the way of a login."),
        .required(
            "obstacles",
            .list(of: .choice(AccessObstacle.allCases.map(\.rawValue))),
            "What stands in the way of a login or of mail, the first to look at first."
        ),
        .required("email", .nullable(.anyText)),
        .required("emailVerifiedAt", .nullable(.dateTime)),
        .required("phoneVerifiedAt", .nullable(.dateTime)),
        .required("status", .choice(of: CustomerStatus.self)),
        .required("accountType", .choice(of: AccountType.self)),
        .required("suppressions", .list(of: suppression)),
        .required("lastLoginAt", .nullable(.dateTime)),
        .required(
            "passwordResetRequestedAt",
            .nullable(.dateTime),
            "When a code was asked for that did not come back."
        ),
        .required("passwordResetExpiresAt", .nullable(.dateTime)),
        .required("wrongCodeCount", .count, "How many wrong codes came back instead.")
    )
}

/// What may keep a customer from logging in, or mail from the customer.
enum AccessObstacle: String, CaseIterable {
    case guest, disabled
    case emailMissing = "email_missing"
    case emailSuppressed = "email_suppressed"
    case emailUnverified = "email_unverified"
}

extension CustomerProfile {
    /// What stands in the way, in the order in which support looks.
    var obstacles: [AccessObstacle] {
        var obstacles: [AccessObstacle] = []
        if summary.accountType == .guest { obstacles.append(.guest) }
        if summary.status == .disabled { obstacles.append(.disabled) }
        if summary.email == nil { obstacles.append(.emailMissing) }
        if contacts.email.suppression != nil { obstacles.append(.emailSuppressed) }
        if summary.email != nil, contacts.email.verifiedAt == nil { obstacles.append(.emailUnverified) }
        return obstacles
    }
}

extension JSONWriter {
    /// Writes the members of ``ContactAnswer/properties``.
    mutating func fields(of contacts: Contacts) {
        field("emailVerifiedAt", contacts.email.verifiedAt)
        field("phoneVerifiedAt", contacts.phone.verifiedAt)
        key("suppressions")
        beginArray()
        for channel in ContactChannel.allCases {
            guard let suppression = contacts[channel].suppression else { continue }
            beginObject()
            field("channel", channel.name)
            field("reason", suppression.reason.name)
            field("since", suppression.since)
            endObject()
        }
        endArray()
    }

    /// Writes what support checks when a customer cannot log in.
    mutating func access(_ customer: CustomerProfile) {
        let obstacles = customer.obstacles
        let reset = customer.contacts.codes[.password]
        beginObject()
        field("canLogIn", !obstacles.contains(.guest) && !obstacles.contains(.disabled))
        field("obstacles", obstacles.map(\.rawValue))
        field("email", customer.summary.email)
        fields(of: customer.contacts)
        field("status", customer.summary.status.description)
        field("accountType", customer.summary.accountType.description)
        field("lastLoginAt", customer.summary.lastLoginAt)
        field("passwordResetRequestedAt", reset?.requestedAt)
        field("passwordResetExpiresAt", reset?.expiresAt)
        field("wrongCodeCount", reset?.failureCount ?? 0)
        endObject()
    }
}
