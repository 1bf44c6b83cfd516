public import CustomerDomain

/// What seals and opens personal data: with a key of its own for each person, AES-256-GCM, and a random nonce.
public protocol PersonalKeys: Sendable {
    /// How many bytes longer sealed bytes are.
    var overhead: Int { get }

    /// Appends the sealed bytes of a person's data: nonce, ciphertext and tag.
    ///
    /// Called for each personal record, from any thread.
    ///
    /// - Parameters:
    ///   - plain: The data.
    ///   - customer: Whose it is.
    ///   - clear: What is authenticated with it.
    ///   - bytes: Gets the sealed bytes.
    /// - Returns: `done`, `destroyed` or `missing`; nothing was appended unless it was done.
    func seal(
        _ plain: RawSpan,
        of customer: CustomerOrdinal,
        authenticating clear: [UInt8],
        into bytes: inout [UInt8]
    ) -> PersonalSealing

    /// Appends the plain bytes of what ``seal(_:of:authenticating:into:)`` made.
    ///
    /// - Parameters:
    ///   - sealed: The sealed bytes.
    ///   - customer: Whose data it is.
    ///   - clear: What was authenticated with it.
    ///   - bytes: Gets the plain bytes.
    /// - Returns: What came of it; nothing was appended unless it was done.
    func open(
        _ sealed: RawSpan,
        of customer: CustomerOrdinal,
        authenticating clear: [UInt8],
        into bytes: inout [UInt8]
    ) -> PersonalSealing
}

/// What came of sealing or opening.
public enum PersonalSealing: Hashable, Sendable {
    /// It is done.
    case done
    /// The person's key was destroyed: the person was erased.
    case destroyed
    /// There is no key, though there should be one, and why.
    case missing(reason: String)
    /// These bytes are not what was sealed with the person's key.
    case forged
}

/// No key at all: what is personal is withheld, as from a reader who is not to see it.
public struct WithheldKeys: PersonalKeys {
    /// Withholds everything.
    public init() {}

    /// None, since nothing is ever sealed.
    public var overhead: Int { 0 }

    /// Answers as for an erased person.
    public func seal(
        _ plain: RawSpan,
        of customer: CustomerOrdinal,
        authenticating clear: [UInt8],
        into bytes: inout [UInt8]
    ) -> PersonalSealing { .destroyed }

    /// Answers as for an erased person.
    public func open(
        _ sealed: RawSpan,
        of customer: CustomerOrdinal,
        authenticating clear: [UInt8],
        into bytes: inout [UInt8]
    ) -> PersonalSealing { .destroyed }
}

/// How the personal fields of a record lie in it.
public enum PersonalForm: Sendable {
    /// There are none.
    case none
    /// Readable for everybody who has the log.
    case clear
    /// Sealed with the person's key.
    case sealed
}
