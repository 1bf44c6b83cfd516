/// One thing that staff may be allowed to do, written `resource:operation`.
public enum Permission: UInt8, Hashable, Sendable, Named {
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
    /// Define, change and remove segments.
    case manageSegments = 16
    /// Issue store credit, spend it and give it back.
    case adjustCredit = 17
    /// Bring in files of customers.
    case importCustomers = 18
    /// Make, change and revoke API keys and roles, none of which may more than who makes them.
    case manageKeys = 19
    /// Change the organization's settings.
    case manageOrganization = 20
    /// Say where events are sent; with it goes all that auditors may see.
    case manageWebhooks = 21
    /// Give an order to another customer.
    case moveOrders = 24
    /// Define, change, run and remove rules that give groups and tags.
    case manageRules = 25
    /// Make, change and remove pricing rules.
    case managePricing = 26
    /// Keep views of the list of customers, of one's own and shared ones.
    case manageViews = 27
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
        case .manageSegments: "segments:manage"
        case .adjustCredit: "credit:adjust"
        case .managePricing: "pricing:manage"
        case .moveOrders: "orders:move"
        case .manageRules: "rules:manage"
        case .manageViews: "views:manage"
        case .importCustomers: "customers:import"
        case .manageKeys: "keys:manage"
        case .manageOrganization: "organization:manage"
        case .manageWebhooks: "webhooks:manage"
        case .sendMail: "mail:send"
        }
    }

    /// Whether auditors may do it: they see, and change nothing.
    public var isForAuditors: Bool {
        switch self {
        case .readCustomers, .readOrders, .readNotes, .viewAudit, .readRequests: true
        case .updateCustomers, .eraseCustomers, .mergeCustomers, .updateOrders, .adjustPoints, .manageLoyalty,
            .updateNotes, .manageGroups, .exportCustomers, .manageRequests, .adjustCredit, .importCustomers,
            .manageSegments, .manageKeys, .manageOrganization, .managePricing, .manageWebhooks, .sendMail, .manageRules,
            .manageViews, .moveOrders:
            false
        }
    }
}
