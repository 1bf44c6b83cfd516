/// What a holder of an API key may be.
public enum Role: UInt8, Hashable, Sendable, CaseIterable {
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

    /// The role of this name.
    public init?(name: some StringProtocol) {
        guard let role = Role.allCases.first(where: { $0.name == name }) else { return nil }
        self = role
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

/// One thing that staff may be allowed to do, written `resource:operation`.
public enum Permission: UInt8, Hashable, Sendable, CaseIterable {
    /// See customers, their addresses and timelines.
    case readCustomers = 1
    /// Create and change customers, their addresses and tags.
    case updateCustomers = 2
    /// Erase customers for ever.
    case eraseCustomers = 3
    /// Merge one customer into another, and undo that.
    case mergeCustomers = 4
    /// See orders and refunds.
    case readOrders = 5
    /// Place, change, cancel and refund orders.
    case updateOrders = 6
    /// Give and take points.
    case adjustPoints = 7
    /// Configure the loyalty programme.
    case manageLoyalty = 8
    /// See notes.
    case readNotes = 9
    /// Write notes.
    case updateNotes = 10
    /// Create groups and change their members.
    case manageGroups = 11
    /// Export customers.
    case exportCustomers = 12
    /// See who changed what, and when.
    case viewAudit = 13
    /// See requests of persons about their data.
    case readRequests = 14
    /// Open, check, decide, cancel and execute them.
    case manageRequests = 15
    /// Issue store credit, spend it and give it back.
    case adjustCredit = 17
    /// Get the codes that prove something, to send them.
    case sendMail = 28

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
        case .readRequests: "requests:read"
        case .manageRequests: "requests:manage"
        case .adjustCredit: "credit:adjust"
        case .sendMail: "mail:send"
        }
    }

    /// Whether auditors may do it: they see, and change nothing.
    public var isForAuditors: Bool {
        switch self {
        case .readCustomers, .readOrders, .readNotes, .viewAudit, .readRequests: true
        case .updateCustomers, .eraseCustomers, .mergeCustomers, .updateOrders, .adjustPoints, .manageLoyalty,
            .updateNotes, .manageGroups, .exportCustomers, .manageRequests, .adjustCredit, .sendMail:
            false
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
    /// What staff may do with it; empty for other roles, which say it themselves.
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
