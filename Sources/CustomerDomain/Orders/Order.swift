/// An order as it was placed: what a client sends, what the event keeps.
public struct Order: Hashable, Sendable {
    /// The shop's number of the order, unique in the organization.
    public var number: String
    /// The currency of all amounts.
    public var currency: CurrencyCode
    /// What was ordered; at least one line.
    public var lines: [OrderLine]
    /// Where the order stands.
    public var status: OrderStatus
    /// Where the goods stand.
    public var fulfillmentStatus: FulfillmentStatus
    /// How it is paid: `card`, `invoice`.
    public var paymentMethod: String?
    /// Where it ships; personal data.
    public var shippingAddress: AddressFields?

    /// An order of these parts.
    public init(
        number: String,
        currency: CurrencyCode,
        lines: [OrderLine],
        status: OrderStatus = .placed,
        fulfillmentStatus: FulfillmentStatus = .unfulfilled,
        paymentMethod: String? = nil,
        shippingAddress: AddressFields? = nil
    ) {
        self.number = number
        self.currency = currency
        self.lines = lines
        self.status = status
        self.fulfillmentStatus = fulfillmentStatus
        self.paymentMethod = paymentMethod
        self.shippingAddress = shippingAddress
    }

    /// The sum of the lines, in minor units (or the nearest `Int64`, which no order may have).
    public var total: Int64 { lines.reduce(0) { $0.addingSaturating($1.total) } }
}

/// One line of an order.
public struct OrderLine: Hashable, Sendable {
    /// The shop's code of the product.
    public var sku: String
    /// The product's name at the time.
    public var name: String
    /// How many; at least 1.
    public var quantity: Int64
    /// The price of one, in minor units.
    public var unitPrice: Int64
    /// The price of the line, in minor units; ``quantity`` times ``unitPrice`` unless prices have more decimals.
    public var total: Int64

    /// A line of these parts; without `total` it is quantity times unit price (or the nearest `Int64`, which no order may
    /// have), for prices that have no more decimals than the currency.
    public init(sku: String, name: String, quantity: Int64, unitPrice: Int64, total: Int64? = nil) {
        self.sku = sku
        self.name = name
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.total = total ?? quantity.multipliedSaturating(by: unitPrice)
    }
}

/// Where an order stands.
public enum OrderStatus: UInt8, Hashable, Sendable, Named, CustomStringConvertible {
    /// Not confirmed yet.
    case pending = 1
    /// Taken.
    case placed = 2
    /// Paid for.
    case paid = 3
    /// Being worked on.
    case processing = 4
    /// Done.
    case completed = 5
    /// Will not happen; final, and only a cancellation leads here.
    case cancelled = 6

    /// The name on the wire.
    public var name: String {
        switch self {
        case .pending: "pending"
        case .placed: "placed"
        case .paid: "paid"
        case .processing: "processing"
        case .completed: "completed"
        case .cancelled: "cancelled"
        }
    }
}

/// Where the goods of an order stand.
public enum FulfillmentStatus: UInt8, Hashable, Sendable, Named, CustomStringConvertible {
    /// Nothing was sent.
    case unfulfilled = 1
    /// Some was sent.
    case partial = 2
    /// Everything was sent.
    case shipped = 3
    /// Everything arrived.
    case delivered = 4
    /// The goods came back.
    case returned = 5

    /// The name on the wire.
    public var name: String {
        switch self {
        case .unfulfilled: "unfulfilled"
        case .partial: "partial"
        case .shipped: "shipped"
        case .delivered: "delivered"
        case .returned: "returned"
        }
    }
}
