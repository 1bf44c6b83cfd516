/// What a customer may be asked to agree to.
public enum ConsentKind: UInt8, Hashable, Sendable, Named {
    /// Marketing by e-mail.
    case marketingEmail = 1
    /// Notifications and marketing by SMS.
    case sms = 2
    /// Processing of personal data beyond what the contract needs.
    case dataProcessing = 3
    /// Cookies beyond those that the shop cannot do without.
    case cookies = 4

    /// The name on the wire.
    public var name: String {
        switch self {
        case .marketingEmail: "marketing_email"
        case .sms: "sms"
        case .dataProcessing: "data_processing"
        case .cookies: "cookies"
        }
    }

    /// The channel that it allows; `nil` where it is about none.
    public var channel: String? {
        switch self {
        case .marketingEmail: "email"
        case .sms: "sms"
        case .dataProcessing, .cookies: nil
        }
    }

    /// Whether an objection to marketing withdraws it.
    public var isMarketing: Bool { channel != nil }
}

/// What a customer said to a kind of consent; who was never asked has said nothing.
public enum ConsentState: UInt8, Hashable, Sendable, Named {
    /// Yes.
    case granted = 1
    /// No, or not any longer.
    case withdrawn = 2
    /// Asked, and not confirmed yet.
    case pending = 3

    /// The name on the wire.
    public var name: String {
        switch self {
        case .granted: "granted"
        case .withdrawn: "withdrawn"
        case .pending: "pending"
        }
    }

    /// The name on the wire of a state, or of having said nothing.
    public static func name(of state: ConsentState?) -> String { state?.name ?? "not_asked" }

    /// How much a state forbids: of two customers who are merged, the one who forbids more is heard.
    public static func restriction(of state: ConsentState?) -> Int {
        switch state {
        case .granted: 0
        case nil: 1
        case .pending: 2
        case .withdrawn: 3
        }
    }
}

/// How sure it is that the owner of the address or number said so (after M3AAWG).
public enum OptInLevel: UInt8, Hashable, Sendable, Named {
    /// Nobody knows.
    case unknown = 1
    /// Said once.
    case single = 2
    /// Said, and confirmed through the channel itself.
    case confirmed = 3

    /// The name on the wire.
    public var name: String {
        switch self {
        case .unknown: "unknown"
        case .single: "single"
        case .confirmed: "confirmed"
        }
    }
}
