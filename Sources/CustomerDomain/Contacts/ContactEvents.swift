public import EventSourcing

/// A code was asked for, and perhaps made; the log has its digest and never the code itself.
public struct CodeIssued: Hashable, Sendable {
    /// What it is for.
    public var purpose: CodePurpose
    /// SHA-256 of the code and the address that it was made for; empty where none was made, because nobody who sends
    /// messages has asked.
    public var digest: [UInt8]
    /// From when on it proves nothing; `nil` where none was made.
    public var expiresAt: Timestamp?
    /// The e-mail address that shall take the place of the present one; personal.
    public var email: EmailAddress?

    /// A code of these parts.
    public init(
        purpose: CodePurpose,
        digest: [UInt8] = [],
        expiresAt: Timestamp? = nil,
        email: EmailAddress? = nil
    ) {
        self.purpose = purpose
        self.digest = digest
        self.expiresAt = expiresAt
        self.email = email
    }
}

/// It is known that the customer is reached by its e-mail address or phone number.
public struct ContactVerified: Hashable, Sendable {
    /// Which of them.
    public var channel: ContactChannel
    /// How that is known.
    public var method: VerificationMethod

    /// A verification of these parts.
    public init(channel: ContactChannel, method: VerificationMethod) {
        self.channel = channel
        self.method = method
    }
}

/// From now on nothing is to be sent, or something is again.
public struct SuppressionChanged: Hashable, Sendable {
    /// By which way.
    public var channel: ContactChannel
    /// Why nothing; `nil` where something is sent again.
    public var reason: SuppressionReason?

    /// A change of these parts.
    public init(channel: ContactChannel, reason: SuppressionReason?) {
        self.channel = channel
        self.reason = reason
    }
}
