public import EventSourcing

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

    /// The note of this identifier, removed or not.
    func note(_ id: NoteID) -> NoteStanding?
    /// Whether the note is among the customer's, or those of somebody for whom it answers; costs time as it has notes.
    func hasNote(_ id: NoteID, _ customer: CustomerOrdinal) -> Bool
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

    /// The group of this identifier, unless it was deleted.
    func group(_ id: GroupID) -> GroupOrdinal?
    /// Compared without regard to case.
    func group(named name: String) -> GroupOrdinal?
    /// Compared to the letter.
    func group(withKey key: String) -> GroupOrdinal?
    /// What the group is; what it was for one that was deleted.
    func definition(of group: GroupOrdinal) -> GroupUpdated
    /// Whether the customer is in the group; also asked of groups that were deleted.
    func isMember(_ customer: CustomerOrdinal, of group: GroupOrdinal) -> Bool

    /// How many segments were ever defined; the next one's ordinal.
    var segmentCount: Int { get }
    /// How many of them were not removed; costs time as there are segments.
    var standingSegmentCount: Int { get }
    /// The segment of this identifier, removed or not.
    func segment(_ id: SegmentID) -> SegmentOrdinal?
    /// The segment that is not removed of this name, without regard to case.
    func segment(named name: String) -> SegmentOrdinal?
    /// The segment that is not removed of this key.
    func segment(withKey key: String) -> SegmentOrdinal?
    /// Whether the segment was removed.
    func isRemoved(_ segment: SegmentOrdinal) -> Bool
    /// What the segment is.
    func terms(of segment: SegmentOrdinal) -> SegmentTerms
    /// Whether it is recorded that the customer is in the segment.
    func isRecorded(_ customer: CustomerOrdinal, in segment: SegmentOrdinal) -> Bool
    /// All rules that give groups and tags, oldest first.
    var rules: [AssignmentRule] { get }
    /// The rule of this identifier; costs time as there are rules.
    func rule(_ id: RuleID) -> AssignmentRule?
    /// The rules that give this, oldest first.
    func rules(giving gift: RuleGift) -> [RuleID]
    /// What a rule has to do with a customer; `nil` for nothing, and for a rule that is not there.
    func ruleHold(of customer: CustomerOrdinal, by rule: RuleID) -> RuleHold?
    /// All views of the list of customers, oldest first.
    var allViews: [SavedView] { get }
    /// The view of this identifier; costs time as there are views.
    func view(_ id: ViewID) -> SavedView?
    /// All pricing rules, oldest first.
    var pricingRules: [PricingRule] { get }
    /// The pricing rule of this identifier.
    func pricingRule(_ id: PricingRuleID) -> PricingRule?

    /// What the organization says of keys of metadata, oldest first; there are few.
    var customFields: [CustomField] { get }

    /// The order of this number.
    func order(_ number: String) -> OrderStanding?
    /// The return of this identifier.
    func orderReturn(_ id: ReturnID) -> OrderReturn?
    /// The returns of an order, oldest first; costs time as there are.
    func returns(of orderNumber: String) -> [OrderReturn]
    /// Whether a refund of this reference was recorded.
    func hasRefund(_ reference: String) -> Bool

    /// The customer's loyalty account; `nil` when there is none.
    func loyaltyAccount(of customer: CustomerOrdinal) -> LoyaltyStanding?
    /// The customer's lots of points with a rest, in any order; costs time as its account had movements.
    func openPointsLots(of customer: CustomerOrdinal) -> [PointsLot]
    /// The customer's lots of points of these identifiers; costs time as its account had movements.
    func pointsLots(_ ids: [SequenceNumber], of customer: CustomerOrdinal) -> [PointsLot]
    /// The lots of points that an order earned, in the order of the log; costs time as its customer's account had movements.
    func pointsLots(ofOrder number: String) -> [PointsLot]
    /// Points that this event redeemed for the customer, or for one who was merged into it; costs time as its account had
    /// movements.
    func pointsRedemption(_ sequence: SequenceNumber, of customer: CustomerOrdinal) -> RedemptionStanding?
    /// All points that the customer earned, and what went back; costs time as its account had movements.
    func earnedPoints(of customer: CustomerOrdinal) -> [EarnedPoints]
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

    /// The job of this identifier.
    func job(_ id: JobID) -> Job?
    /// How many jobs wait or are at work; costs time as there are jobs.
    var openJobCount: Int { get }

    /// The endpoint of this identifier.
    func webhook(_ id: WebhookID) -> Webhook?
    /// How many endpoints there are.
    var webhookCount: Int { get }

    /// The key of this identifier; `nil` when there is none or it was revoked.
    func apiKey(_ id: APIKeyID) -> APIKey?
    /// How many keys are not revoked, expired ones with them.
    var apiKeyCount: Int { get }
    /// How many admin keys are not revoked and never expire.
    var adminKeyCount: Int { get }
    /// The day on which the key was last used, as far as it was recorded.
    func lastUse(of key: APIKeyID) -> Timestamp?

    /// The role of this identifier.
    func roleTemplate(_ id: RoleID) -> RoleTemplate?
    /// Compared without regard to case; costs time as there are roles.
    func roleTemplate(named name: String) -> RoleID?
    /// How many roles there are.
    var roleTemplateCount: Int { get }
    /// How many keys that are not revoked have the role; costs time as there are keys.
    func holderCount(of role: RoleID) -> Int

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
    /// How many pieces were ordered.
    public var itemCount: Int64

    /// A standing of these parts.
    public init(
        customer: CustomerOrdinal,
        status: OrderStatus,
        fulfillmentStatus: FulfillmentStatus,
        total: Money,
        refunded: Int64,
        pointsEarned: Int64,
        itemCount: Int64
    ) {
        self.customer = customer
        self.status = status
        self.fulfillmentStatus = fulfillmentStatus
        self.total = total
        self.refunded = refunded
        self.pointsEarned = pointsEarned
        self.itemCount = itemCount
    }
}

/// What deciding knows of a loyalty account.
public struct LoyaltyStanding: Hashable, Sendable {
    /// The number on the card.
    public var cardNumber: String
    /// When the customer enrolled, in business time.
    public var enrolledAt: Timestamp
    /// Points that can be spent, less what is owed; below zero only after a reversal of points already spent.
    public var balance: Int64
    /// Points that cannot be spent yet.
    public var pending: Int64
    /// What is owed beyond what can be spent, or was when another customer was merged into this one.
    public var owed: Int64
    /// Points earned in all, less what was reversed, adjustments and rewards apart.
    public var lifetimePoints: Int64
    /// The name of the tier that was recorded last; `nil` when none was.
    public var tier: String?
    /// When it was recorded, in business time.
    public var tierSince: Timestamp?
    /// The year of the last birthday that was rewarded.
    public var birthdayYear: Int?

    /// A standing of these parts.
    public init(
        cardNumber: String,
        enrolledAt: Timestamp,
        balance: Int64,
        pending: Int64 = 0,
        owed: Int64 = 0,
        lifetimePoints: Int64,
        tier: String? = nil,
        tierSince: Timestamp? = nil,
        birthdayYear: Int? = nil
    ) {
        self.cardNumber = cardNumber
        self.enrolledAt = enrolledAt
        self.balance = balance
        self.pending = pending
        self.owed = owed
        self.lifetimePoints = lifetimePoints
        self.tier = tier
        self.tierSince = tierSince
        self.birthdayYear = birthdayYear
    }
}
