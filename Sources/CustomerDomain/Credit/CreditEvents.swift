public import EventSourcing

/// A lot of store credit came to be.
public struct CreditIssued: Hashable, Sendable {
    /// The new lot.
    public var lot: CreditLotID
    /// How much; more than zero.
    public var amount: Money
    /// From when on nothing of it can be spent; `nil` for never.
    public var expiresAt: Timestamp?
    /// What for.
    public var source: CreditSource
    /// The order that it is about, when told.
    public var orderNumber: String?
    /// Why, when told; personal.
    public var reason: String?

    /// A lot of these parts.
    public init(
        lot: CreditLotID,
        amount: Money,
        expiresAt: Timestamp? = nil,
        source: CreditSource,
        orderNumber: String? = nil,
        reason: String? = nil
    ) {
        self.lot = lot
        self.amount = amount
        self.expiresAt = expiresAt
        self.source = source
        self.orderNumber = orderNumber
        self.reason = reason
    }
}

/// Store credit was spent.
public struct CreditSpent: Hashable, Sendable {
    /// The spending's identifier.
    public var id: CreditSpendID
    /// The currency of all amounts.
    public var currency: CurrencyCode
    /// The lots that it was taken from, in that order, each once.
    public var allocations: [CreditAllocation]
    /// The order that it paid for, when told.
    public var orderNumber: String?
    /// What for, when told; personal.
    public var reason: String?

    /// A spending of these parts.
    public init(
        id: CreditSpendID,
        currency: CurrencyCode,
        allocations: [CreditAllocation],
        orderNumber: String? = nil,
        reason: String? = nil
    ) {
        self.id = id
        self.currency = currency
        self.allocations = allocations
        self.orderNumber = orderNumber
        self.reason = reason
    }
}

/// Store credit that was spent came back, in whole or in part, to the lots that it was taken from.
public struct CreditReverted: Hashable, Sendable {
    /// The spending.
    public var spend: CreditSpendID
    /// The currency of all amounts.
    public var currency: CurrencyCode
    /// The lots that it goes back to, each once.
    public var allocations: [CreditAllocation]
    /// Why, when told; personal.
    public var reason: String?

    /// A return of these parts.
    public init(
        spend: CreditSpendID,
        currency: CurrencyCode,
        allocations: [CreditAllocation],
        reason: String? = nil
    ) {
        self.spend = spend
        self.currency = currency
        self.allocations = allocations
        self.reason = reason
    }
}

/// What was left of a lot cannot be spent any more.
public struct CreditExpired: Hashable, Sendable {
    /// The lot.
    public var lot: CreditLotID
    /// How much; more than zero.
    public var amount: Money

    /// This much of this lot.
    public init(lot: CreditLotID, amount: Money) {
        self.lot = lot
        self.amount = amount
    }
}
