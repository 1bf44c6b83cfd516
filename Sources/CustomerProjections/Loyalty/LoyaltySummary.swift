public import CustomerDomain
public import EventSourcing

/// A loyalty account as its owner sees it.
///
/// What was earned, less what was spent and what expired, is the balance and what is pending.
public struct LoyaltySummary: Hashable, Sendable {
    /// The number on the card.
    public var cardNumber: String
    /// When the customer enrolled, in business time.
    public var memberSince: Timestamp
    /// All points that were credited: earned, rewarded and added by hand, pending or not.
    public var pointsEarned: Int64
    /// All points that were debited: redeemed, less what came back, deducted by hand and gone back with orders.
    public var pointsSpent: Int64
    /// All points that expired, less those that went back with orders later.
    public var pointsExpired: Int64
    /// Points that can be spent, less what is owed.
    public var balance: Int64
    /// Points that cannot be spent yet.
    public var pending: Int64
    /// Points earned in all, less what was reversed.
    public var lifetimePoints: Int64
    /// The points that decide the tier.
    public var qualifyingPoints: Int64
    /// The tier; `nil` without a programme.
    public var tier: LoyaltyTier?
    /// The tier after it; `nil` in the highest.
    public var nextTier: LoyaltyTier?
    /// When the tier goes when nothing more is earned, and which one follows.
    public var downgrade: Downgrade?
    /// When the next points expire, and how many do then; also those that are pending.
    public var nextExpiry: NextExpiry?
    /// What the balance is worth, in minor units of the organization's currency; `nil` without currency or programme.
    public var cashValue: Int64?
    /// The organization's currency.
    public var currency: CurrencyCode?

    /// The end of a tier.
    public struct Downgrade: Hashable, Sendable {
        /// When the points no longer suffice; the schedule changes the tier then.
        public var at: Timestamp
        /// The tier that follows.
        public var tier: LoyaltyTier
    }

    /// Points that expire.
    public struct NextExpiry: Hashable, Sendable {
        /// When.
        public var at: Timestamp
        /// How many.
        public var points: Int64
    }
}

/// One movement of points.
public struct LoyaltyTransaction: Hashable, Sendable {
    /// Why points moved; the numbers are archived.
    public enum Kind: UInt8, Hashable, Sendable, Named {
        /// By an order, or for a reason.
        case earned = 1
        /// By somebody of the team.
        case adjusted
        /// Spent by the customer.
        case redeemed
        /// Taken back with a refund or cancellation.
        case reversed
        /// Spent, and came back.
        case restored
        /// Not spent in time.
        case expired
        /// Pending no longer.
        case activated
        /// Given for a birthday.
        case birthday

        /// The kind's name on the wire.
        public var name: String {
            switch self {
            case .earned: "earned"
            case .adjusted: "adjusted"
            case .redeemed: "redeemed"
            case .reversed: "reversed"
            case .restored: "restored"
            case .expired: "expired"
            case .activated: "activated"
            case .birthday: "birthday"
            }
        }
    }

    /// Why points moved.
    public var kind: Kind
    /// By how much the balance changed; below zero when points were taken.
    public var change: Int64
    /// By how much what is pending changed.
    public var pendingChange: Int64
    /// The balance right after.
    public var balanceAfter: Int64
    /// Business time.
    public var at: Timestamp
    /// The event, whose reason is read from the log.
    public var sequence: SequenceNumber

    /// How many points moved: what can be spent and what cannot yet together, but for points that came to be spendable.
    public var points: Int64 { kind == .activated ? change : change + pendingChange }
}

/// A part of the lots of an account.
public enum LotSelection: Hashable, Sendable {
    /// With points that can be spent.
    case active
    /// With points that cannot be spent yet.
    case pending
    /// With points left that expire until a time.
    case expiring(until: Timestamp)
    /// With points that expired.
    case expired
    /// All there ever were.
    case all
}

/// What customers could still spend of points.
public struct LoyaltyLiability: Hashable, Sendable {
    /// One tier, or all together.
    public struct Sum: Hashable, Sendable {
        /// How many accounts.
        public var accounts = 0
        /// What can be spent where there is something.
        public var points: Int64 = 0
        /// What cannot be spent yet.
        public var pending: Int64 = 0
        /// What is owed to the shop, where balances are below zero.
        public var owed: Int64 = 0
        /// What ``points`` are worth in minor units; `nil` without currency or programme.
        public var cashValue: Int64?
    }

    /// All accounts.
    public var all = Sum()
    /// By the order of the programme's tiers.
    public var tiers: [(tier: LoyaltyTier, sum: Sum)] {
        zip(tierRows, sums).map { (tier: $0, sum: $1) }
    }
    /// Points left that expire within 30 days, and are due already.
    public var expiringIn30Days: Int64 = 0
    /// Points left that expire within 90 days, and are due already.
    public var expiringIn90Days: Int64 = 0
    /// The organization's currency.
    public var currency: CurrencyCode?
    /// What the postings of all movements come to, in the order of ``PointsAccount``.
    public var books: [PointsPosting] = []

    var tierRows: [LoyaltyTier] = []
    var sums: [Sum] = []
}
