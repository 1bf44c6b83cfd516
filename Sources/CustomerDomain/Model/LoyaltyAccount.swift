public import EventSourcing

extension OrganizationModel {
    /// The points of a customer; every number follows from the transactions.
    public struct LoyaltyAccount: Hashable, Sendable {
        /// The number of the customer's own card.
        public var cardNumber: String
        /// When the customer enrolled, in business time.
        public var enrolledAt: Timestamp
        /// In the order of the log.
        public var transactions: [PointsTransaction] = []

        /// Points that can be spent.
        public var balance: Int64 { transactions.reduce(0) { $0 + $1.change } }
        /// Points earned in all, less what was reversed, adjustments apart.
        public var lifetimePoints: Int64 { sum(.earned) + sum(.reversed) }
        /// Points redeemed in all.
        public var spentPoints: Int64 { -sum(.redeemed) }

        private func sum(_ kind: PointsTransaction.Kind) -> Int64 {
            transactions.reduce(0) { $1.kind == kind ? $0 + $1.change : $0 }
        }
    }

    /// One change of a balance.
    public struct PointsTransaction: Hashable, Sendable {
        /// Why a balance changes.
        public enum Kind: Hashable, Sendable, CaseIterable {
            /// By an order or for a reason.
            case earned
            /// Given or taken by hand.
            case adjusted
            /// Spent.
            case redeemed
            /// Gone back with a refund or a cancellation.
            case reversed
        }

        /// The event that brought it.
        public var sequence: SequenceNumber
        /// When it happened.
        public var occurredAt: Timestamp
        /// Why the balance changed.
        public var kind: Kind
        /// By how much; below zero when points went.
        public var change: Int64
        /// The order concerned.
        public var orderNumber: String?
        /// The reason given.
        public var reason: String?
    }
}
