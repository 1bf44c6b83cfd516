public import EventSourcing

/// Store credit that was issued at one time, and what is left of it.
///
/// Of its amount a part is spent, a part is expired, and the rest can be spent; the three are the amount at any time.
public struct CreditLot: Hashable, Sendable {
    /// Its identifier.
    public var id: CreditLotID
    /// What was issued.
    public var amount: Money
    /// What can be spent, in minor units.
    public var rest: Int64
    /// What expired, in minor units.
    public var expired: Int64
    /// When it was issued, in business time.
    public var issuedAt: Timestamp
    /// From when on nothing of it can be spent; `nil` for never.
    public var expiresAt: Timestamp?
    /// What it was issued for.
    public var source: CreditSource
    /// The event that issued it.
    public var sequence: SequenceNumber

    /// A lot of these parts.
    public init(
        id: CreditLotID,
        amount: Money,
        rest: Int64,
        expired: Int64,
        issuedAt: Timestamp,
        expiresAt: Timestamp?,
        source: CreditSource,
        sequence: SequenceNumber
    ) {
        self.id = id
        self.amount = amount
        self.rest = rest
        self.expired = expired
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.source = source
        self.sequence = sequence
    }

    /// What is spent and did not come back, in minor units.
    public var spent: Int64 { amount.minorUnits - rest - expired }

    /// Whether nothing of it can be spent at this time, whether that was recorded yet or not.
    public func isDue(at time: Timestamp) -> Bool { expiresAt.map { $0 <= time } ?? false }

    /// Whether this lot is spent before another: the soonest expiring first, of those the oldest.
    public func isSpent(before other: CreditLot) -> Bool {
        let (mine, its) = (expiresAt?.microseconds ?? .max, other.expiresAt?.microseconds ?? .max)
        return (mine, issuedAt, id) < (its, other.issuedAt, other.id)
    }
}

/// What store credit was issued for; the numbers are stored.
public enum CreditSource: UInt8, Hashable, Sendable, Named {
    /// A gesture of goodwill.
    case goodwill = 1
    /// Money that went back as credit.
    case refund = 2
    /// A gift, or a gift card.
    case gift = 3
    /// A reward of the loyalty programme.
    case loyaltyReward = 4
    /// Credit from another system.
    case imported = 5
    /// In the place of credit that came back to a lot that had expired.
    case reissue = 6

    /// The name on the wire.
    public var name: String {
        switch self {
        case .goodwill: "goodwill"
        case .refund: "refund"
        case .gift: "gift"
        case .loyaltyReward: "loyalty_reward"
        case .imported: "import"
        case .reissue: "reissue"
        }
    }
}

/// A part of an amount, and the lot that it is taken from or goes back to.
public struct CreditAllocation: Hashable, Sendable {
    /// The lot.
    public var lot: CreditLotID
    /// Minor units; more than zero.
    public var amount: Int64

    /// This much of this lot.
    public init(lot: CreditLotID, amount: Int64) {
        self.lot = lot
        self.amount = amount
    }
}

/// What deciding knows of a spending of store credit.
public struct CreditSpendStanding: Hashable, Sendable {
    /// Who answers for who spent it.
    public var customer: CustomerOrdinal
    /// The currency.
    public var currency: CurrencyCode
    /// What did not come back yet of each allocation, in the order in which they were spent; zero where all did.
    public var remaining: [CreditAllocation]

    /// A standing of these parts.
    public init(customer: CustomerOrdinal, currency: CurrencyCode, remaining: [CreditAllocation]) {
        self.customer = customer
        self.currency = currency
        self.remaining = remaining
    }
}
