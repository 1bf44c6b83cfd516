public import Crypto
public import CustomerDomain

/// The keys that personal fields are sealed with: one of its own for each person.
public protocol PersonalKeys: Sendable {
    /// The key of a person.
    ///
    /// Asked for each personal record, from any thread; costs a look-up.
    func key(of customer: CustomerOrdinal) -> PersonalKey
}

/// What there is of a person's key.
public enum PersonalKey: Sendable {
    /// The key: 256 bits for AES-GCM.
    case usable(SymmetricKey)
    /// Nothing, for ever: the person was erased.
    case destroyed
    /// Nothing, though it should be there, and why.
    case missing(reason: String)
}

/// No key at all: what is personal is withheld, as from a reader who is not to see it.
public struct WithheldKeys: PersonalKeys {
    /// Withholds everything.
    public init() {}

    /// Answers as for an erased person.
    public func key(of customer: CustomerOrdinal) -> PersonalKey { .destroyed }
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
