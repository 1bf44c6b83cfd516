/// Whether a customer has credentials.
public enum AccountType: UInt8, Hashable, Sendable, Named, CustomStringConvertible {
    /// Has an account.
    case registered = 1
    /// Ordered without an account.
    case guest = 2

    /// The name on the wire.
    public var name: String {
        switch self {
        case .registered: "registered"
        case .guest: "guest"
        }
    }
}

/// Whether a customer may log in and order, and whether the record still stands.
public enum CustomerStatus: UInt8, Hashable, Sendable, Named, CustomStringConvertible {
    /// May log in and order.
    case active = 1
    /// May neither log in nor order; nothing was removed.
    case disabled = 2
    /// Merged into another customer, who answers for it.
    case merged = 3
    /// Personal data is gone; orders stay, anonymous.
    case erased = 4

    /// The name on the wire.
    public var name: String {
        switch self {
        case .active: "active"
        case .disabled: "disabled"
        case .merged: "merged"
        case .erased: "erased"
        }
    }
}
