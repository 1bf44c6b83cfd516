public import CustomerDomain
public import EventSourcing

/// An order without its lines, which are read from the log by ``sequence``.
public struct OrderView: Hashable, Sendable {
    /// The shop's number.
    public var number: String
    /// Whose it is; `nil` when that customer was erased.
    public var customer: CustomerID?
    /// The same by number, whether erased or not.
    public var customerOrdinal: CustomerOrdinal
    /// Where its `orderPlaced` event is.
    public var sequence: SequenceNumber
    /// Business time of placing.
    public var placedAt: Timestamp
    /// Where the order stands.
    public var status: OrderStatus
    /// Where the goods stand.
    public var fulfillmentStatus: FulfillmentStatus
    /// The sum of the lines.
    public var total: Money
    /// What went back, in minor units of the total's currency.
    public var refunded: Int64
    /// Points that it earned and that were not reversed.
    public var pointsEarned: Int64
    /// How many pieces were ordered.
    public var itemCount: Int64
    /// Who had it before it was moved, oldest first.
    public var formerCustomers: [CustomerOrdinal]
}
