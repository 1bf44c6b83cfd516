/// A way to reach a customer; the numbers are stored.
public enum ContactChannel: UInt8, Hashable, Sendable, Named {
    /// By the e-mail address of the profile.
    case email = 1
    /// By its phone number: calls and text messages.
    case phone = 2

    /// The channel as it is written.
    public var name: String {
        switch self {
        case .email: "email"
        case .phone: "phone"
        }
    }

    /// The field of the profile that the channel goes by.
    public var field: MergeField {
        switch self {
        case .email: .email
        case .phone: .phone
        }
    }

    /// What codes of a verification of this channel are for.
    public var purpose: CodePurpose {
        switch self {
        case .email: .email
        case .phone: .phone
        }
    }
}

/// What a code proves that is sent to a customer; the numbers are stored.
public enum CodePurpose: UInt8, Hashable, Sendable, Named {
    /// That mail to the e-mail address arrives.
    case email = 1
    /// That messages to the phone number arrive.
    case phone = 2
    /// That who asks for a new password reads the customer's mail.
    case password = 3

    /// The purpose as it is written.
    public var name: String {
        switch self {
        case .email: "email"
        case .phone: "phone"
        case .password: "password"
        }
    }
}

/// How an e-mail address or phone number came to be verified; the numbers are stored.
public enum VerificationMethod: UInt8, Hashable, Sendable, Named {
    /// A code that was sent there came back.
    case code = 1
    /// The actor of the event says so.
    case stated = 2

    /// The method as it is written.
    public var name: String {
        switch self {
        case .code: "code"
        case .stated: "stated"
        }
    }
}

/// Why nothing is to be sent to an address; the numbers are stored.
public enum SuppressionReason: UInt8, Hashable, Sendable, Named {
    /// Somebody of the team decided so.
    case manual = 1
    /// What was sent came back: it belongs to the address, and goes with it.
    case bounce = 2
    /// The customer called it spam.
    case complaint = 3

    /// The reason as it is written.
    public var name: String {
        switch self {
        case .manual: "manual"
        case .bounce: "bounce"
        case .complaint: "complaint"
        }
    }
}
