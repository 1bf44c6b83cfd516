public import EventSourcing

/// Points were earned, by an order or for `reason`: a lot.
public struct PointsEarned: Hashable, Sendable {
    /// How many; more than zero.
    public var points: Int64
    /// The order that earned them.
    public var orderNumber: String?
    /// What they were earned for.
    public var reason: String?
    /// The kind of reason.
    public var source: PointsSource
    /// From when on nothing of them can be spent; `nil` for never.
    public var expiresAt: Timestamp?
    /// What they wait for until they can be spent; `nil` for nothing.
    public var pending: PendingPoints?

    /// Points earned by an order or for a reason.
    public init(
        points: Int64,
        orderNumber: String? = nil,
        reason: String? = nil,
        source: PointsSource = .unnamed,
        expiresAt: Timestamp? = nil,
        pending: PendingPoints? = nil
    ) {
        self.points = points
        self.orderNumber = orderNumber
        self.reason = reason
        self.source = source
        self.expiresAt = expiresAt
        self.pending = pending
    }
}

/// The kind of reason for which points are earned; the numbers are stored.
public enum PointsSource: UInt8, Hashable, Sendable, Named {
    /// An order where one is named, else what the reason says.
    case unnamed = 1
    /// Somebody else became a customer by this one.
    case referral
    /// A campaign.
    case promotion

    /// The name on the wire.
    public var name: String {
        switch self {
        case .unnamed: "unnamed"
        case .referral: "referral"
        case .promotion: "promotion"
        }
    }
}

/// Somebody of the team gave or took points.
public struct PointsAdjusted: Hashable, Sendable {
    /// Whether they were given or taken.
    public var adjustment: PointsAdjustment
    /// More than zero.
    public var points: Int64
    /// Why.
    public var reason: String
    /// When given: from when on nothing of them can be spent; `nil` for never.
    public var expiresAt: Timestamp?
    /// When taken: the lots that they were taken from, in that order.
    public var allocations: [PointsAllocation]
    /// Whether the customer is to be told; nobody is told by recording it.
    public var notifies: Bool

    /// An adjustment of these parts.
    public init(
        adjustment: PointsAdjustment,
        points: Int64,
        reason: String,
        expiresAt: Timestamp? = nil,
        allocations: [PointsAllocation] = [],
        notifies: Bool = false
    ) {
        self.adjustment = adjustment
        self.points = points
        self.reason = reason
        self.expiresAt = expiresAt
        self.allocations = allocations
        self.notifies = notifies
    }
}

/// A customer spent points.
public struct PointsRedeemed: Hashable, Sendable {
    /// More than zero.
    public var points: Int64
    /// The order that they paid for, when told.
    public var orderNumber: String?
    /// What they were spent on, when told.
    public var reason: String?
    /// The lots that they were taken from, in that order.
    public var allocations: [PointsAllocation]

    /// Points spent on an order or something else.
    public init(
        points: Int64,
        orderNumber: String? = nil,
        reason: String? = nil,
        allocations: [PointsAllocation] = []
    ) {
        self.points = points
        self.orderNumber = orderNumber
        self.reason = reason
        self.allocations = allocations
    }
}

/// Points earned by an order went back.
public struct PointsReversed: Hashable, Sendable {
    /// More than zero.
    public var points: Int64
    /// The order that had earned them.
    public var orderNumber: String
    /// Where they were taken from: the order's own lots first, whatever their stage, then others.
    public var allocations: [PointsAllocation]
    /// What nobody pays for, where balances do not go below zero; what is left otherwise, the balance does.
    public var forgiven: Int64

    /// Points that go back.
    public init(points: Int64, orderNumber: String, allocations: [PointsAllocation] = [], forgiven: Int64 = 0) {
        self.points = points
        self.orderNumber = orderNumber
        self.allocations = allocations
        self.forgiven = forgiven
    }
}

/// Points that were redeemed came back, in whole or in part, to the lots that they were taken from.
public struct PointsRestored: Hashable, Sendable {
    /// The event that redeemed them.
    public var redemption: SequenceNumber
    /// The lots that they go back to, each once.
    public var allocations: [PointsAllocation]
    /// Why, when told; personal.
    public var reason: String?

    /// Points that come back.
    public init(redemption: SequenceNumber, allocations: [PointsAllocation], reason: String? = nil) {
        self.redemption = redemption
        self.allocations = allocations
        self.reason = reason
    }
}

/// A customer came to another tier.
public struct TierChanged: Hashable, Sendable {
    /// The tier until now.
    public var from: String
    /// The tier from now on.
    public var to: String
    /// The qualifying points at that time.
    public var points: Int64

    /// A change of these parts.
    public init(from: String, to: String, points: Int64) {
        self.from = from
        self.to = to
        self.points = points
    }
}

/// A customer got points for a birthday: a lot.
public struct BirthdayRewarded: Hashable, Sendable {
    /// More than zero.
    public var points: Int64
    /// The year of the birthday; one reward for each.
    public var year: Int
    /// From when on nothing of them can be spent; `nil` for never.
    public var expiresAt: Timestamp?

    /// A reward of these parts.
    public init(points: Int64, year: Int, expiresAt: Timestamp? = nil) {
        self.points = points
        self.year = year
        self.expiresAt = expiresAt
    }
}
