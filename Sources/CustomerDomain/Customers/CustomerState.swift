/// Whether a customer has credentials.
public enum AccountType: UInt8, Hashable, Sendable, CaseIterable {
    /// Has an account.
    case registered = 1
    /// Ordered without an account.
    case guest = 2
}

/// Whether a customer may log in and order, and whether the record still stands.
public enum CustomerStatus: UInt8, Hashable, Sendable, CaseIterable {
    /// May log in and order.
    case active = 1
    /// May neither log in nor order; nothing was removed.
    case disabled = 2
    /// Merged into another customer, who answers for it.
    case merged = 3
    /// Personal data is gone; orders stay, anonymous.
    case erased = 4
}

extension CustomerStatus: CustomStringConvertible {
    /// The name on the wire.
    public var description: String {
        switch self {
        case .active: "active"
        case .disabled: "disabled"
        case .merged: "merged"
        case .erased: "erased"
        }
    }
}

extension AccountType: CustomStringConvertible {
    /// The name on the wire.
    public var description: String {
        switch self {
        case .registered: "registered"
        case .guest: "guest"
        }
    }
}
