/// What a holder of an API key may be.
public enum Role: UInt8, Hashable, Sendable, CaseIterable {
    /// May do everything in the organization.
    case admin = 1
    /// May do what its permissions name.
    case staff = 2
}

/// One thing that staff may be allowed to do, written `resource:operation`.
public enum Permission: UInt8, Hashable, Sendable, CaseIterable {
    case readCustomers = 1
    case updateCustomers = 2
    case eraseCustomers = 3
    case mergeCustomers = 4
    case readOrders = 5
    case updateOrders = 6
    case adjustPoints = 7
    case manageLoyalty = 8
    case readNotes = 9
    case updateNotes = 10
    case manageGroups = 11
    case exportCustomers = 12
    case viewAudit = 13

    /// The permission as it is written.
    public var name: String {
        switch self {
        case .readCustomers: "customers:read"
        case .updateCustomers: "customers:update"
        case .eraseCustomers: "customers:erase"
        case .mergeCustomers: "customers:merge"
        case .readOrders: "orders:read"
        case .updateOrders: "orders:update"
        case .adjustPoints: "points:adjust"
        case .manageLoyalty: "loyalty:manage"
        case .readNotes: "notes:read"
        case .updateNotes: "notes:update"
        case .manageGroups: "groups:manage"
        case .exportCustomers: "customers:export"
        case .viewAudit: "audit:view"
        }
    }

    /// The permission of this name.
    public init?(name: some StringProtocol) {
        guard let permission = Permission.allCases.first(where: { $0.name == name }) else { return nil }
        self = permission
    }
}

/// A credential as the log keeps it: never the secret, only its digest.
public struct APIKey: Hashable, Sendable {
    /// Its identifier, which is also the actor of what is done with it.
    public var id: APIKeyID
    /// What it is for.
    public var name: String
    /// SHA-256 of the secret, 32 bytes.
    public var secretDigest: [UInt8]
    /// What its holder is.
    public var role: Role
    /// What staff may do with it; empty for an admin, who may do everything.
    public var permissions: Set<Permission>

    /// A key of these parts.
    public init(id: APIKeyID, name: String, secretDigest: [UInt8], role: Role, permissions: Set<Permission> = []) {
        self.id = id
        self.name = name
        self.secretDigest = secretDigest
        self.role = role
        self.permissions = permissions
    }
}
