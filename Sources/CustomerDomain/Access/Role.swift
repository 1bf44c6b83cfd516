/// What a holder of an API key may be.
public enum Role: UInt8, Hashable, Sendable, Named {
    /// May do everything in the organization.
    case admin = 1
    /// May do what its permissions name.
    case staff = 2
    /// May see everything that was ever recorded, and change nothing.
    case auditor = 3

    /// The role as it is written.
    public var name: String {
        switch self {
        case .admin: "admin"
        case .staff: "staff"
        case .auditor: "auditor"
        }
    }

    /// Whether a holder of this role may do what the permission is for, without being given it.
    public func includes(_ permission: Permission) -> Bool {
        switch self {
        case .admin: true
        case .staff: false
        case .auditor: permission.isForAuditors
        }
    }
}
