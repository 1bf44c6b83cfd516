/// Asks to prove something with a code that was sent to the customer.
public struct ConfirmCode: Hashable, Sendable {
    /// What the code is for.
    public var purpose: CodePurpose
    /// SHA-256 of the code and the address that it was sent to.
    public var digest: [UInt8]
    /// The e-mail address that shall take the place of the present one, as it was asked for; `nil` to keep that.
    public var email: EmailAddress?

    /// A proof of these parts.
    public init(purpose: CodePurpose, digest: [UInt8], email: EmailAddress? = nil) {
        self.purpose = purpose
        self.digest = digest
        self.email = email
    }
}
