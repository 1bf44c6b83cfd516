public import EventSourcing

/// Goods of an order that come back, as far as they came; nothing personal.
public struct OrderReturn: Hashable, Sendable {
    /// Its identifier.
    public let id: ReturnID
    /// The order's number.
    public let orderNumber: String
    /// What was asked to come back; once received, what came.
    public private(set) var items: [ReturnItem]
    /// When it was asked for, in business time.
    public let requestedAt: Timestamp
    /// Where it stands.
    public private(set) var status = ReturnStatus.requested
    /// When it came there, in business time.
    public private(set) var updatedAt: Timestamp
    /// The refund that paid it back.
    public private(set) var refundReference: String?
    /// The events that brought it here, which say who and why; in the order of the log.
    public private(set) var events: [SequenceNumber]

    /// A return that was asked for.
    public init(_ requested: ReturnRequested, at time: Timestamp, sequence: SequenceNumber) {
        id = requested.id
        orderNumber = requested.orderNumber
        items = requested.items
        events = [sequence]
        requestedAt = time
        updatedAt = time
    }

    /// Takes in that it moved on.
    public mutating func move(_ moved: ReturnMoved, at time: Timestamp, sequence: SequenceNumber) {
        status = moved.status
        updatedAt = time
        refundReference = moved.refundReference
        if !moved.items.isEmpty { items = moved.items }
        events.append(sequence)
    }

    /// A return as an archive has it.
    package init(
        _ requested: ReturnRequested,
        at time: Timestamp,
        _ last: ReturnMoved,
        updatedAt: Timestamp,
        events: [SequenceNumber]
    ) {
        self.init(requested, at: time, sequence: .none)
        move(last, at: updatedAt, sequence: .none)
        self.events = events
    }
}

/// Pieces of one item of an order that come back.
public struct ReturnItem: Hashable, Sendable {
    /// The item's place in the order, from 0.
    public var line: Int
    /// The product's code, as the order has it.
    public var sku: String
    /// How many pieces.
    public var quantity: Int64
    /// What is wrong with them.
    public var cause: ReturnCause

    /// So many pieces of this item.
    public init(line: Int, sku: String, quantity: Int64, cause: ReturnCause = .other) {
        self.line = line
        self.sku = sku
        self.quantity = quantity
        self.cause = cause
    }
}

/// Why goods come back.
public enum ReturnCause: UInt8, Hashable, Sendable, Named {
    /// Broken on the way.
    case damaged = 1
    /// Does not work.
    case defective = 2
    /// Not what was ordered.
    case wrongItem = 3
    /// Not what was promised.
    case notAsDescribed = 4
    /// Does not fit.
    case tooSmall = 5
    /// Does not fit.
    case tooLarge = 6
    /// Not wanted any longer.
    case unwanted = 7
    /// Anything else.
    case other = 8

    /// The name on the wire.
    public var name: String {
        switch self {
        case .damaged: "damaged"
        case .defective: "defective"
        case .wrongItem: "wrong_item"
        case .notAsDescribed: "not_as_described"
        case .tooSmall: "too_small"
        case .tooLarge: "too_large"
        case .unwanted: "unwanted"
        case .other: "other"
        }
    }
}

/// Where a return stands: requested → approved → received → refunded or closed, or refused on the way.
public enum ReturnStatus: UInt8, Hashable, Sendable, Named {
    /// The customer asked.
    case requested = 1
    /// The shop waits for the goods.
    case approved = 2
    /// The goods are there.
    case received = 3
    /// They were paid back; final.
    case refunded = 4
    /// The shop does not take them; final.
    case refused = 5
    /// They were taken without money going back, as where goods are exchanged; final.
    case closed = 6

    /// The name on the wire.
    public var name: String {
        switch self {
        case .requested: "requested"
        case .approved: "approved"
        case .received: "received"
        case .refunded: "refunded"
        case .refused: "refused"
        case .closed: "closed"
        }
    }

    /// Whether it may come next; goods may arrive unannounced, so nothing need be approved.
    func leads(to next: ReturnStatus) -> Bool {
        switch (self, next) {
        case (.requested, .approved), (.requested, .received), (.requested, .refused), (.approved, .received),
            (.approved, .refused), (.received, .refunded), (.received, .closed), (.received, .refused):
            true
        default: false
        }
    }
}
