/// A named set of permissions; who holds it may do what it names now, not what it named when it was given.
public struct RoleTemplate: Hashable, Sendable {
    /// Its identifier.
    public var id: RoleID
    /// What people call it; unique in the organization, whatever the case of its letters.
    public var name: String
    /// What its holders may do.
    public var permissions: Set<Permission>

    /// A template of these parts.
    public init(id: RoleID, name: String, permissions: Set<Permission>) {
        self.id = id
        self.name = name
        self.permissions = permissions
    }
}

/// Role templates that fit most shops, for an organization to begin with.
public enum RolePreset: String, Hashable, Sendable, Named {
    /// Answers customers.
    case supportAgent = "support_agent"
    /// Addresses groups of customers.
    case marketing
    /// Looks at numbers and takes them out.
    case analyst
    /// Sends goods.
    case fulfilment
    /// Answers for personal data.
    case privacyOfficer = "privacy_officer"

    /// The name that it suggests.
    public var name: String {
        switch self {
        case .supportAgent: "Support agent"
        case .marketing: "Marketing"
        case .analyst: "Analyst"
        case .fulfilment: "Fulfilment"
        case .privacyOfficer: "Privacy officer"
        }
    }

    /// What it suggests to allow.
    public var permissions: Set<Permission> {
        switch self {
        case .supportAgent:
            [
                .readCustomers, .updateCustomers, .readOrders, .updateOrders, .readNotes, .updateNotes, .adjustPoints,
                .adjustCredit, .readRequests, .manageViews,
            ]
        case .marketing:
            [
                .readCustomers, .readOrders, .manageGroups, .manageLoyalty, .exportCustomers, .manageRules,
                .manageViews,
            ]
        case .analyst: [.readCustomers, .readOrders, .exportCustomers, .manageViews]
        case .fulfilment: [.readCustomers, .readOrders, .updateOrders]
        case .privacyOfficer:
            [
                .readCustomers, .readOrders, .readNotes, .updateCustomers, .eraseCustomers, .exportCustomers,
                .readRequests, .manageRequests, .viewAudit,
            ]
        }
    }
}
