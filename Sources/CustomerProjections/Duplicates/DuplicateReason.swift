public import CustomerDomain

/// Why two customers are likely one person.
public enum DuplicateReason: UInt8, Hashable, Sendable, Named {
    /// The same e-mail address, whatever its case: a guest and a registered customer.
    case email = 1
    /// The same digits in their phone numbers.
    case phone = 2
    /// The same full name, without regard to case and marks, and the same postal code.
    case nameAndPostalCode = 4

    /// The reason's name on the wire.
    public var name: String {
        switch self {
        case .email: "email"
        case .phone: "phone"
        case .nameAndPostalCode: "name_and_postal_code"
        }
    }

    /// How likely it alone makes it, of 100.
    public var score: Int {
        switch self {
        case .email: 90
        case .phone: 60
        case .nameAndPostalCode: 70
        }
    }

    /// How likely several reasons together make it, of 100: each leaves as much doubt as its own score does.
    public static func score(_ reasons: Set<DuplicateReason>) -> Int {
        var doubt = 100
        for reason in allCases where reasons.contains(reason) { doubt = doubt * (100 - reason.score) / 100 }
        return 100 - doubt
    }
}
