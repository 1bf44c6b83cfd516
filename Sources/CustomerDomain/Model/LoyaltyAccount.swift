public import EventSourcing

extension OrganizationModel {
    /// The points of a customer.
    public struct LoyaltyAccount: Hashable, Sendable {
        /// The number of the customer's own card.
        public var cardNumber: String
        /// When the customer enrolled, in business time.
        public var enrolledAt: Timestamp
        /// In the order of the log.
        public var transactions: [PointsTransaction] = []
        /// In the order of the log.
        public var lots: [HeldLot] = []
        /// In the order of the log.
        public var redemptions: [Redemption] = []
        /// What went back or was taken, and was not there.
        public var owed: Int64 = 0
        /// The tier that was recorded last, and when.
        public var tier: RecordedTier?
        /// The year of the last birthday that was rewarded.
        public var birthdayYear: Int?

        /// Points that can be spent, less what is owed.
        public var balance: Int64 {
            lots.reduce(-owed) { $1.lot.stage == .active ? $0 + $1.lot.rest : $0 }
        }
        /// Points that cannot be spent yet.
        public var pending: Int64 { lots.reduce(0) { $1.lot.stage == .pending ? $0 + $1.lot.rest : $0 } }
        /// Points earned in all, less what was reversed, adjustments and rewards apart.
        public var lifetimePoints: Int64 { earnings.reduce(0) { $0 + $1.points } }
        /// Points redeemed in all, less what came back.
        public var spentPoints: Int64 {
            transactions.reduce(0) { [.redeemed, .restored].contains($1.kind) ? $0 - $1.change : $0 }
        }
        /// Points earned, and what went back.
        public var earnings: [EarnedPoints] {
            transactions.filter { $0.earned != 0 }.map { EarnedPoints(points: $0.earned, at: $0.occurredAt) }
        }
    }

    /// A lot, and the order that earned it.
    public struct HeldLot: Hashable, Sendable {
        /// The lot as it is now.
        public var lot: PointsLot
        /// The order that earned it.
        public var orderNumber: String?
    }

    /// Points that were redeemed.
    public struct Redemption: Hashable, Sendable {
        /// The event that redeemed them.
        public var sequence: SequenceNumber
        /// What was taken.
        public var taken: [PointsAllocation]
        /// What did not come back of it.
        public var remaining: [PointsAllocation]
    }

    /// A tier, and when it was recorded.
    public struct RecordedTier: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// When, in business time.
        public var since: Timestamp
    }

    /// One change of an account.
    public struct PointsTransaction: Hashable, Sendable {
        /// Why points move.
        public enum Kind: Hashable, Sendable, CaseIterable {
            /// By an order or for a reason.
            case earned
            /// Given or taken by hand.
            case adjusted
            /// Spent.
            case redeemed
            /// Gone back with a refund or a cancellation.
            case reversed
            /// Spent points that came back.
            case restored
            /// Not spent in time.
            case expired
            /// Pending no longer.
            case activated
            /// Given for a birthday.
            case birthday
        }

        /// The event that brought it.
        public var sequence: SequenceNumber
        /// When it happened.
        public var occurredAt: Timestamp
        /// Why points moved.
        public var kind: Kind
        /// By how much the balance changed; below zero when points went.
        public var change: Int64
        /// By how much what is pending changed.
        public var pendingChange: Int64 = 0
        /// By how much the points earned in all changed.
        public var earned: Int64 = 0
        /// The order concerned.
        public var orderNumber: String?
        /// The reason given.
        public var reason: String?
    }
}
