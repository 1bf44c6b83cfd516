/// The rules by which customers earn and spend points.
public struct LoyaltyProgram: Hashable, Sendable {
    /// The name that customers see.
    public var name: String
    /// Whether anybody is enrolled, earns, is given or spends points; refunds, expiry and what is pending go on without.
    public var isActive: Bool
    /// How many points are worth one major unit of the currency (100 points = $1).
    public var pointsPerRedeemedUnit: Int64
    /// The fewest points that may be redeemed at a time.
    public var minimumRedemption: Int64
    /// The tiers, by rising threshold; the first starts at 0.
    public var tiers: [LoyaltyTier]
    /// Whether orders earn points by themselves.
    public var earnsOnOrders: Bool
    /// For how long points can be spent; `nil` for ever.
    public var validity: PointsValidity?
    /// How long the points of an order wait until they can be spent.
    public var pending: PendingPeriod
    /// Whether a balance goes below zero when points go back that were spent; else they are the shop's loss.
    public var allowsNegativeBalance: Bool
    /// Which points decide the tier.
    public var qualification: TierQualification
    /// What becomes of a tier that is no longer earned.
    public var downgrade: DowngradePolicy
    /// Points for a birthday; 0 for none.
    public var birthdayPoints: Int64

    /// A programme of these rules.
    public init(
        name: String = "Loyalty",
        isActive: Bool = true,
        pointsPerRedeemedUnit: Int64 = 100,
        minimumRedemption: Int64 = 1,
        tiers: [LoyaltyTier] = LoyaltyProgram.defaultTiers,
        earnsOnOrders: Bool = true,
        validity: PointsValidity? = .oneYear,
        pending: PendingPeriod = .none,
        allowsNegativeBalance: Bool = true,
        qualification: TierQualification = .lifetime,
        downgrade: DowngradePolicy = .balanceBased,
        birthdayPoints: Int64 = 0
    ) {
        self.name = name
        self.isActive = isActive
        self.pointsPerRedeemedUnit = pointsPerRedeemedUnit
        self.minimumRedemption = minimumRedemption
        self.tiers = tiers
        self.earnsOnOrders = earnsOnOrders
        self.validity = validity
        self.pending = pending
        self.allowsNegativeBalance = allowsNegativeBalance
        self.qualification = qualification
        self.downgrade = downgrade
        self.birthdayPoints = birthdayPoints
    }

    /// Bronze, Silver and Gold as the usual programme has them.
    public static let defaultTiers = [
        LoyaltyTier(name: "Bronze", threshold: 0, pointsPerUnit: 10, benefits: [.birthdayDiscount]),
        LoyaltyTier(
            name: "Silver",
            threshold: 1_000,
            pointsPerUnit: 12,
            benefits: [.freeShipping, .birthdayDiscount]
        ),
        LoyaltyTier(
            name: "Gold",
            threshold: 5_000,
            pointsPerUnit: 15,
            benefits: [.freeShipping, .exclusiveSales, .prioritySupport, .birthdayGift]
        ),
    ]

    /// The index of the tier that this many qualifying points earn.
    public func tierIndex(earned: Int64) -> Int {
        (tiers.lastIndex { $0.threshold <= earned }) ?? 0
    }

    /// The index of the tier that somebody is in: the one recorded last, while there is one of its name; else what all
    /// points earned come to, as it was before tiers were recorded.
    public func tierIndex(recorded name: String?, lifetimePoints: Int64) -> Int {
        name.flatMap { name in tiers.firstIndex { $0.name == name } } ?? tierIndex(earned: lifetimePoints)
    }
}

/// One step of a ``LoyaltyProgram``.
public struct LoyaltyTier: Hashable, Sendable {
    /// The name that customers see.
    public var name: String
    /// The qualifying points from which on a customer is in the tier.
    public var threshold: Int64
    /// How many points one major unit of net paid amount earns.
    public var pointsPerUnit: Int64
    /// What its members get, for whoever has to give it.
    public var benefits: Set<TierBenefit>
    /// What else they get, in words.
    public var perks: [String]

    /// A tier of these parts.
    public init(
        name: String,
        threshold: Int64,
        pointsPerUnit: Int64,
        benefits: Set<TierBenefit> = [],
        perks: [String] = []
    ) {
        self.name = name
        self.threshold = threshold
        self.pointsPerUnit = pointsPerUnit
        self.benefits = benefits
        self.perks = perks
    }
}

/// What members of a tier may get; the numbers are stored.
public enum TierBenefit: UInt8, Hashable, Sendable, Named {
    /// No price for shipping.
    case freeShipping = 1
    /// A discount on the birthday.
    case birthdayDiscount
    /// A gift on the birthday.
    case birthdayGift
    /// Sales that others do not see.
    case exclusiveSales
    /// Answers before others.
    case prioritySupport

    /// The name on the wire.
    public var name: String {
        switch self {
        case .freeShipping: "free_shipping"
        case .birthdayDiscount: "birthday_discount"
        case .birthdayGift: "birthday_gift"
        case .exclusiveSales: "exclusive_sales"
        case .prioritySupport: "priority_support"
        }
    }
}

/// How long the points of an order wait until they can be spent.
public enum PendingPeriod: Hashable, Sendable {
    /// Not at all.
    case none
    /// This many days of 24 hours.
    case days(Int)
    /// Until the order is completed.
    case orderCompletion
}

/// What becomes of a tier that is no longer earned; the numbers are stored.
public enum DowngradePolicy: UInt8, Hashable, Sendable, Named {
    /// The tier that the points earn takes its place.
    case balanceBased = 1
    /// The next lower one does, and so on once a qualification window, but at once for lifetime points.
    case oneDown
    /// It stays.
    case never

    /// The name on the wire.
    public var name: String {
        switch self {
        case .balanceBased: "balance_based"
        case .oneDown: "one_down"
        case .never: "never"
        }
    }
}

/// The sign of a manual adjustment.
public enum PointsAdjustment: UInt8, Hashable, Sendable, CaseIterable {
    /// Points are given.
    case add = 1
    /// Points are taken.
    case deduct = 2
}
