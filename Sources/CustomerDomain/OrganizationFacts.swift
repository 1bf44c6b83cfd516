/// What deciding may ask about an organization; the projections answer it.
///
/// Every question costs constant time, unless it says otherwise.
public protocol OrganizationFacts {
    /// How many customers were ever created; the next one's ordinal.
    var customerCount: Int { get }
    /// How many groups were ever created; the next one's ordinal.
    var groupCount: Int { get }
    /// What the organization chose; the currency is that of the first order once there is one.
    var settings: OrganizationSettings { get }
    /// Whether any order was ever placed.
    var hasOrders: Bool { get }
    /// The loyalty programme; `nil` until one is configured.
    var loyaltyProgram: LoyaltyProgram? { get }

    /// The customer of this identifier, whatever its status.
    func customer(_ id: CustomerID) -> CustomerOrdinal?
    /// The customer at a glance.
    func standing(of customer: CustomerOrdinal) -> CustomerStanding
    /// Who stands with this normalized e-mail address; merged and erased customers do not.
    func customer(withEmail normalizedEmail: String, accountType: AccountType) -> CustomerOrdinal?
    /// Who has this external id, whatever the status: merged and erased customers keep theirs, so that it is never
    /// given to somebody else by an import that runs again.
    func customer(withExternalID externalID: String) -> CustomerOrdinal?
    /// The customer's profile; empty once erased.
    func profile(of customer: CustomerOrdinal) -> Profile
    /// The shop's own id of the customer.
    func externalID(of customer: CustomerOrdinal) -> String?
    /// In the order in which they were added.
    func tags(of customer: CustomerOrdinal) -> [String]
    /// The customer's metadata; empty once erased.
    func metadata(of customer: CustomerOrdinal) -> [String: String]
    /// In the order in which they were added.
    func addresses(of customer: CustomerOrdinal) -> [Address]

    /// Whether the customer is reached by e-mail and phone, and which codes are out.
    func contacts(of customer: CustomerOrdinal) -> Contacts

    /// Whether the merge of this customer can be undone; `nil` for somebody who is not merged.
    func merge(of merged: CustomerOrdinal) -> MergeStanding?

    /// What holds of each kind of consent that the customer was asked for; costs time as its ledger is long.
    func consents(of customer: CustomerOrdinal) -> [ConsentKind: Consent]
    /// How many lines the customer's ledger of consents has; costs time as that is long.
    func consentCount(of customer: CustomerOrdinal) -> Int

    /// The request of this identifier.
    func dataRequest(_ id: DataRequestID) -> DataRequestStanding?
    /// How many requests of the customer, and of all who were merged into it, are open; costs time as it has requests.
    func openDataRequestCount(of customer: CustomerOrdinal) -> Int

    /// The group of this identifier.
    func group(_ id: GroupID) -> GroupOrdinal?
    /// Compared without regard to case.
    func group(named name: String) -> GroupOrdinal?
    /// Whether the customer is in the group.
    func isMember(_ customer: CustomerOrdinal, of group: GroupOrdinal) -> Bool

    /// The order of this number.
    func order(_ number: String) -> OrderStanding?
    /// Whether a refund of this reference was recorded.
    func hasRefund(_ reference: String) -> Bool

    /// The customer's loyalty account; `nil` when there is none.
    func loyaltyAccount(of customer: CustomerOrdinal) -> LoyaltyStanding?
    /// Who answers for this card: after a merge the survivor, also for the card of the merged customer.
    func customer(withLoyaltyCard cardNumber: String) -> CustomerOrdinal?

    /// The lots of store credit with a rest of the customer, and of all who were merged into it, in any order; costs time as
    /// they have lots.
    func openCreditLots(of customer: CustomerOrdinal) -> [CreditLot]
    /// The lot of this identifier.
    func creditLot(_ id: CreditLotID) -> CreditLot?
    /// The spending of this identifier; costs time as it has allocations.
    func creditSpend(_ id: CreditSpendID) -> CreditSpendStanding?
    /// All store credit that was ever issued, whatever its currency, so that no sum of it passes an `Int64`.
    var issuedCredit: Int64 { get }

    /// The key of this identifier; `nil` when there is none or it was revoked.
    func apiKey(_ id: APIKeyID) -> APIKey?
    /// How many admin keys are not revoked.
    var adminKeyCount: Int { get }

    /// The sum of all order totals and refunds ever recorded, whatever their currency and status.
    ///
    /// While it is at most ``Limits/recordedAmount``, no sum of amounts in the organization can pass an `Int64`.
    var recordedAmount: Int64 { get }
}

/// What deciding knows of a customer at a glance.
public struct CustomerStanding: Hashable, Sendable {
    /// The customer's identifier.
    public var id: CustomerID
    /// Whether it may log in and order, and whether it still stands.
    public var status: CustomerStatus
    /// Whether it has credentials.
    public var accountType: AccountType
    /// How many events the customer has; each raises it by one.
    public var version: UInt32
    /// Who answers for it, once merged.
    public var mergedInto: CustomerOrdinal?

    /// A standing of these parts.
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

/// What deciding knows of a request of a person about its data.
public struct DataRequestStanding: Hashable, Sendable {
    /// Who asked; after a merge the survivor answers.
    public var customer: CustomerOrdinal
    /// What it asks for.
    public var right: DataRight
    /// Where it stands.
    public var status: DataRequestStatus
    /// Who opened it.
    public var openedBy: String
    /// Who approved it.
    public var approvedBy: String?

    /// A standing of these parts.
    public init(
        customer: CustomerOrdinal,
        right: DataRight,
        status: DataRequestStatus,
        openedBy: String,
        approvedBy: String?
    ) {
        self.customer = customer
        self.right = right
        self.status = status
        self.openedBy = openedBy
        self.approvedBy = approvedBy
    }
}

/// What deciding knows of an order.
public struct OrderStanding: Hashable, Sendable {
    /// Who answers for it: after a merge the survivor.
    public var customer: CustomerOrdinal
    /// Where the order stands.
    public var status: OrderStatus
    /// Where its goods stand.
    public var fulfillmentStatus: FulfillmentStatus
    /// The sum of its lines.
    public var total: Money
    /// What went back on it, in minor units of the total's currency.
    public var refunded: Int64
    /// Points that it earned and that were not reversed.
    public var pointsEarned: Int64

    /// A standing of these parts.
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
    /// The number on the card.
    public var cardNumber: String
    /// Points that can be spent; below zero only after a reversal of points already spent.
    public var balance: Int64
    /// Points earned in all, less what was reversed, adjustments apart; decides the tier.
    public var lifetimePoints: Int64

    /// A standing of these parts.
    public init(cardNumber: String, balance: Int64, lifetimePoints: Int64) {
        self.cardNumber = cardNumber
        self.balance = balance
        self.lifetimePoints = lifetimePoints
    }
}
