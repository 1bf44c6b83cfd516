/// What deciding may ask about an organization; the projections answer it.
///
/// Every question costs constant time, unless it says otherwise.
public protocol OrganizationFacts {
    /// How many customers were ever created; the next one's ordinal.
    var customerCount: Int { get }
    /// How many groups were ever created; the next one's ordinal.
    var groupCount: Int { get }
    var settings: OrganizationSettings { get }
    var hasOrders: Bool { get }
    var loyaltyProgram: LoyaltyProgram? { get }

    func customer(_ id: CustomerID) -> CustomerOrdinal?
    func standing(of customer: CustomerOrdinal) -> CustomerStanding
    /// Who stands with this normalized e-mail address; merged and erased customers do not.
    func customer(withEmail normalizedEmail: String, accountType: AccountType) -> CustomerOrdinal?
    func customer(withExternalID externalID: String) -> CustomerOrdinal?
    func profile(of customer: CustomerOrdinal) -> Profile
    func externalID(of customer: CustomerOrdinal) -> String?
    /// In the order in which they were added.
    func tags(of customer: CustomerOrdinal) -> [String]
    func metadata(of customer: CustomerOrdinal) -> [String: String]
    /// In the order in which they were added.
    func addresses(of customer: CustomerOrdinal) -> [Address]

    func group(_ id: GroupID) -> GroupOrdinal?
    /// Compared without regard to case.
    func group(named name: String) -> GroupOrdinal?
    func isMember(_ customer: CustomerOrdinal, of group: GroupOrdinal) -> Bool

    func order(_ number: String) -> OrderStanding?
    func hasRefund(_ reference: String) -> Bool

    func loyaltyAccount(of customer: CustomerOrdinal) -> LoyaltyStanding?
    func customer(withLoyaltyCard cardNumber: String) -> CustomerOrdinal?

    func apiKey(_ id: APIKeyID) -> APIKey?
    /// How many admin keys are not revoked.
    var adminKeyCount: Int { get }
}

/// What deciding knows of a customer at a glance.
public struct CustomerStanding: Hashable, Sendable {
    public var id: CustomerID
    public var status: CustomerStatus
    public var accountType: AccountType
    /// How many events the customer has; each raises it by one.
    public var version: UInt32
    /// Who answers for it, once merged.
    public var mergedInto: CustomerOrdinal?

    public init(
        id: CustomerID,
        status: CustomerStatus,
        accountType: AccountType,
        version: UInt32,
        mergedInto: CustomerOrdinal?
    ) {
        self.id = id
        self.status = status
        self.accountType = accountType
        self.version = version
        self.mergedInto = mergedInto
    }
}

/// What deciding knows of an order.
public struct OrderStanding: Hashable, Sendable {
    public var customer: CustomerOrdinal
    public var status: OrderStatus
    public var fulfillmentStatus: FulfillmentStatus
    public var total: Money
    /// In minor units of the total's currency.
    public var refunded: Int64
    /// Points that it earned and that were not reversed.
    public var pointsEarned: Int64

    public init(
        customer: CustomerOrdinal,
        status: OrderStatus,
        fulfillmentStatus: FulfillmentStatus,
        total: Money,
        refunded: Int64,
        pointsEarned: Int64
    ) {
        self.customer = customer
        self.status = status
        self.fulfillmentStatus = fulfillmentStatus
        self.total = total
        self.refunded = refunded
        self.pointsEarned = pointsEarned
    }
}

/// What deciding knows of a loyalty account.
public struct LoyaltyStanding: Hashable, Sendable {
    public var cardNumber: String
    /// Points that can be spent; below zero only after a reversal of points already spent.
    public var balance: Int64
    /// Points earned in all, less what was reversed; decides the tier.
    public var lifetimePoints: Int64

    public init(cardNumber: String, balance: Int64, lifetimePoints: Int64) {
        self.cardNumber = cardNumber
        self.balance = balance
        self.lifetimePoints = lifetimePoints
    }
}
