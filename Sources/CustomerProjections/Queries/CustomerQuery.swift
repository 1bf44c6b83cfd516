public import CustomerDomain
public import EventSourcing

/// Which customers are asked for, in which order, and which page of them.
///
/// Everything that is given must hold. Merged and erased customers are never in the result.
public struct CustomerQuery: Hashable, Sendable {
    /// Words that must all occur in first name, last name, e-mail address or (by digits) phone number.
    public var search: String?
    /// Whether the customer may log in and order: `active` or `disabled`.
    public var status: CustomerStatus?
    /// Whether the customer has credentials.
    public var accountType: AccountType?
    /// Roles, in one of which the customer is, without regard to case.
    public var roles: [String] = []
    /// Whether the customer ordered or logged in during the organization's activity window.
    public var activity: Activity?
    /// Tags that the customer has, all of them.
    public var tags: [String] = []
    /// Groups that the customer is a member of, at least one; an unknown group has no members.
    public var groups: [GroupSelector] = []
    /// What the customer said to these kinds of consent, all of it; `nil` for who was not asked.
    public var consents: [ConsentFilter] = []
    /// What else must hold, in the language of segments.
    public var condition: SegmentQuery?
    /// Segments that the customer is in, all of them; a removed or unknown one has no members.
    public var segments: [SegmentID] = []
    /// A segment that the customer is recorded to be in.
    public var recordedSegment: SegmentID?
    /// Ways by which nothing is to be sent to the customer, all of them.
    public var suppressed: [ContactChannel] = []
    /// A quick filter.
    public var preset: CustomerPreset?
    /// Country of the default shipping address, else of the first address.
    public var country: CountryCode?
    /// Time of registration.
    public var registered = Bounds<Timestamp>()
    /// How many orders were not cancelled.
    public var orderCount = Bounds<Int64>()
    /// Gross amount spent, in minor units of the organization's currency.
    public var totalSpent = Bounds<Int64>()
    /// The names of tiers, in one of which the customer is; one that the programme does not have has no members.
    public var tiers: [String] = []
    /// Points that can be spent; customers without a loyalty account are out as soon as there is a bound.
    public var points = Bounds<Int64>()
    /// Business time of the last order; customers without one are out as soon as there is a bound.
    public var lastOrderAt = Bounds<Timestamp>()
    /// At least this many days have passed since the last order, of which there must be one.
    public var inactiveDays: Int?
    /// Changed at or after this time.
    public var updatedSince: Timestamp?
    /// The order; without any, the newest registration first.
    public var sort: [SortKey] = []
    /// The part of the result.
    public var page = PageRequest.offset(limit: 20)

    /// All customers that stand, newest first.
    public init() {}

    /// Whether time alone never changes who is asked for.
    public var isTimeless: Bool {
        condition == nil && segments.isEmpty && activity == nil && inactiveDays == nil
            && [nil, .vip, .wholesale].contains(preset)
    }
}

/// Inclusive bounds of a value, either of which may be missing; exclusive where told.
public struct Bounds<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The smallest value that is in.
    public var minimum: Value?
    /// The largest value that is in.
    public var maximum: Value?
    /// Whether ``minimum`` itself is out (`> $1,000`).
    public var isMinimumExcluded = false
    /// Whether ``maximum`` itself is out (`< 3`).
    public var isMaximumExcluded = false

    /// Bounds of these values.
    public init(minimum: Value? = nil, maximum: Value? = nil) {
        self.minimum = minimum
        self.maximum = maximum
    }
}

/// Whether a customer ordered or logged in recently.
public enum Activity: UInt8, Hashable, Sendable, CaseIterable {
    /// Within the organization's activity window.
    case active = 1
    /// Longer ago, or never.
    case inactive = 2
}

/// What a customer must have said to a kind of consent.
public struct ConsentFilter: Hashable, Sendable {
    /// The kind.
    public var kind: ConsentKind
    /// What was said; `nil` for who was not asked.
    public var state: ConsentState?

    /// Who said this to that.
    public init(kind: ConsentKind, state: ConsentState?) {
        self.kind = kind
        self.state = state
    }
}

/// How a query names a group.
public enum GroupSelector: Hashable, Sendable {
    /// By its identifier.
    case id(GroupID)
    /// By its name, without regard to case.
    case name(String)
}

/// A quick filter of the customer list.
public enum CustomerPreset: UInt8, Hashable, Sendable, Named {
    /// Everybody.
    case all = 1
    /// Who ordered or logged in recently.
    case active
    /// Who did not.
    case inactive
    /// Members of the group named VIP.
    case vip
    /// Who registered within the last 30 days.
    case new
    /// Members of the group named Wholesale.
    case wholesale

    /// The preset's name on the wire.
    public var name: String {
        switch self {
        case .all: "all"
        case .active: "active"
        case .inactive: "inactive"
        case .vip: "vip"
        case .new: "new"
        case .wholesale: "wholesale"
        }
    }
}
