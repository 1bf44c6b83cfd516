/// The rules by which customers earn and spend points.
public struct LoyaltyProgram: Hashable, Sendable {
    /// The name that customers see.
    public var name: String
    /// How many points are worth one major unit of the currency (100 points = $1).
    public var pointsPerRedeemedUnit: Int64
    /// The tiers, by rising threshold; the first starts at 0.
    public var tiers: [LoyaltyTier]
    /// Whether orders earn points by themselves.
    public var earnsOnOrders: Bool

    /// A programme of these rules.
    public init(
        name: String = "Loyalty",
        pointsPerRedeemedUnit: Int64 = 100,
        tiers: [LoyaltyTier] = LoyaltyProgram.defaultTiers,
        earnsOnOrders: Bool = true
    ) {
        self.name = name
        self.pointsPerRedeemedUnit = pointsPerRedeemedUnit
        self.tiers = tiers
        self.earnsOnOrders = earnsOnOrders
    }

    /// Bronze, Silver and Gold as the usual programme has them.
    public static let defaultTiers = [
        LoyaltyTier(name: "Bronze", threshold: 0, pointsPerUnit: 10),
        LoyaltyTier(name: "Silver", threshold: 1_000, pointsPerUnit: 12),
        LoyaltyTier(name: "Gold", threshold: 5_000, pointsPerUnit: 15),
    ]

    /// The index of the tier of somebody who has earned this many points in all.
    public func tierIndex(earned: Int64) -> Int {
        (tiers.lastIndex { $0.threshold <= earned }) ?? 0
    }
}

/// One step of a ``LoyaltyProgram``.
public struct LoyaltyTier: Hashable, Sendable {
    /// The name that customers see.
    public var name: String
    /// The points earned in all from which on a customer is in the tier.
    public var threshold: Int64
    /// How many points one major unit of net paid amount earns.
    public var pointsPerUnit: Int64

    /// A tier of these parts.
    public init(name: String, threshold: Int64, pointsPerUnit: Int64) {
        self.name = name
        self.threshold = threshold
        self.pointsPerUnit = pointsPerUnit
    }
}

/// The sign of a manual adjustment.
public enum PointsAdjustment: UInt8, Hashable, Sendable, CaseIterable {
    /// Points are given.
    case add = 1
    /// Points are taken.
    case deduct = 2
}
