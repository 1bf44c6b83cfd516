/// Somebody asked to send goods of an order back.
public struct ReturnRequested: Hashable, Sendable {
    /// The new return's identifier.
    public var id: ReturnID
    /// The order's number.
    public var orderNumber: String
    /// What shall come back; at least one item.
    public var items: [ReturnItem]
    /// Why, in words; personal.
    public var reason: String?

    /// A request of these parts.
    public init(id: ReturnID, orderNumber: String, items: [ReturnItem], reason: String? = nil) {
        self.id = id
        self.orderNumber = orderNumber
        self.items = items
        self.reason = reason
    }
}

/// A return moved on.
public struct ReturnMoved: Hashable, Sendable {
    /// The return.
    public var id: ReturnID
    /// The number of its order.
    public var orderNumber: String
    /// Where it stands now.
    public var status: ReturnStatus
    /// What came, where that is less than was asked for; only of goods that were received.
    public var items: [ReturnItem]
    /// The refund that paid it back; only then.
    public var refundReference: String?
    /// Why, in words; personal.
    public var reason: String?

    /// A move of these parts.
    public init(
        id: ReturnID,
        orderNumber: String,
        status: ReturnStatus,
        items: [ReturnItem] = [],
        refundReference: String? = nil,
        reason: String? = nil
    ) {
        self.id = id
        self.orderNumber = orderNumber
        self.status = status
        self.items = items
        self.refundReference = refundReference
        self.reason = reason
    }
}

/// What a return shall come to, but for being paid back.
public struct MoveReturn: Hashable, Sendable {
    /// The return.
    public var id: ReturnID
    /// Where it shall stand.
    public var status: ReturnStatus
    /// How many pieces came, by the item's place in the order; `nil` for all that was asked for.
    public var received: [Int: Int64]?
    /// Why, in words; personal.
    public var reason: String?

    /// A move of these parts.
    public init(id: ReturnID, to status: ReturnStatus, received: [Int: Int64]? = nil, reason: String? = nil) {
        self.id = id
        self.status = status
        self.received = received
        self.reason = reason
    }
}
