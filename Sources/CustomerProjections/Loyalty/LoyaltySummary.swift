public import CustomerDomain
public import EventSourcing

/// A loyalty account as its owner sees it.
public struct LoyaltySummary: Hashable, Sendable {
    /// The number on the card.
    public var cardNumber: String
    /// When the customer enrolled, in business time.
    public var memberSince: Timestamp
    /// All points that were credited: earned and added by hand.
    public var pointsEarned: Int64
    /// All points that were debited: redeemed, deducted by hand and reversed.
    public var pointsSpent: Int64
    /// Points that can be spent.
    public var balance: Int64
    /// Points earned in all, less what was reversed; decides the tier.
    public var lifetimePoints: Int64
    /// The tier; `nil` without a programme.
    public var tier: LoyaltyTier?
    /// The tier after it; `nil` in the highest.
    public var nextTier: LoyaltyTier?
    /// What the balance is worth, in minor units of the organization's currency; `nil` without currency or programme.
    public var cashValue: Int64?
}

/// One movement of points.
public struct LoyaltyTransaction: Hashable, Sendable {
    /// Why points moved.
    public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        /// By an order, or for a reason.
        case earned = 1
        /// By somebody of the team.
        case adjusted
        /// Spent by the customer.
        case redeemed
        /// Taken back with a refund or cancellation.
        case reversed

        /// The kind's name on the wire.
        public var name: String {
            switch self {
            case .earned: "earned"
            case .adjusted: "adjusted"
            case .redeemed: "redeemed"
            case .reversed: "reversed"
            }
        }
    }

    /// Why points moved.
    public var kind: Kind
    /// How many; below zero when they were taken.
    public var points: Int64
    /// The balance right after.
    public var balanceAfter: Int64
    /// Business time.
    public var at: Timestamp
    /// The event, whose reason is read from the log.
    public var sequence: SequenceNumber
}
