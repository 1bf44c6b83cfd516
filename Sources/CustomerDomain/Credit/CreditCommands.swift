public import EventSourcing

/// Asks to spend store credit.
public struct SpendCredit: Hashable, Sendable {
    /// The new spending.
    public var id: CreditSpendID
    /// How much; with ``allowsLess`` at most.
    public var amount: Money
    /// Whether what there is will do, when it is less.
    public var allowsLess: Bool
    /// The order that it pays for, when told.
    public var orderNumber: String?
    /// What for, when told.
    public var reason: String?

    /// Asks to spend this.
    public init(
        id: CreditSpendID,
        amount: Money,
        allowsLess: Bool = false,
        orderNumber: String? = nil,
        reason: String? = nil
    ) {
        self.id = id
        self.amount = amount
        self.allowsLess = allowsLess
        self.orderNumber = orderNumber
        self.reason = reason
    }
}

/// Asks that store credit which was spent comes back.
public struct RevertCredit: Hashable, Sendable {
    /// The spending.
    public var spend: CreditSpendID
    /// How much, in minor units; `nil` for all that did not come back yet.
    public var minorUnits: Int64?
    /// The lot that takes what goes back to lots that expired; `nil` when that is lost.
    public var reissue: Reissue?
    /// Why, when told.
    public var reason: String?

    /// A new lot in the place of those that expired.
    public struct Reissue: Hashable, Sendable {
        /// The new lot.
        public var lot: CreditLotID
        /// From when on nothing of it can be spent; `nil` for never.
        public var expiresAt: Timestamp?

        /// A lot of these parts.
        public init(lot: CreditLotID, expiresAt: Timestamp? = nil) {
            self.lot = lot
            self.expiresAt = expiresAt
        }
    }

    /// Asks for this.
    public init(spend: CreditSpendID, minorUnits: Int64? = nil, reissue: Reissue? = nil, reason: String? = nil) {
        self.spend = spend
        self.minorUnits = minorUnits
        self.reissue = reissue
        self.reason = reason
    }
}
