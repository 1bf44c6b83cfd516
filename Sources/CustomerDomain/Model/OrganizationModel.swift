public import EventSourcing

/// What an organization is, said as plainly as possible: the meaning of every ``Event``.
///
/// Written for clarity, not speed (most questions walk all customers or orders): the projections, which are fast, are
/// tested against it. Applying depends on nothing but the events, and never fails: an event about something that is not
/// there changes nothing but the version of its customer.
public struct OrganizationModel: Hashable, Sendable {
    /// All customers ever created, by ordinal.
    public internal(set) var customers: [Customer] = []
    /// All groups ever created, by ordinal.
    public internal(set) var groups: [Group] = []
    /// The returns, in the order of the log.
    public internal(set) var orderReturns: [OrderReturn] = []
    /// The pricing rules, oldest first.
    public internal(set) var pricingRules: [PricingRule] = []
    /// What is said of keys of metadata, oldest first.
    public internal(set) var customFields: [CustomField] = []
    /// All segments ever defined, by ordinal.
    public internal(set) var segments: [Segment] = []
    /// The rules that give groups and tags, oldest first.
    var ruleBook: [Rule] = []
    /// All views of the list of customers.
    public internal(set) var views = ViewRegister()
    /// All orders, in the order of the log.
    public internal(set) var orders: [PlacedOrder] = []
    /// All requests of persons about their data, in the order of the log.
    public internal(set) var dataRequests: [DataRequest] = []
    /// All refunds, in the order of the log.
    public internal(set) var refunds: [RecordedRefund] = []
    /// All lots of store credit, spendings of it and lines of its ledgers, in the order of the log.
    public internal(set) var credit = CreditBooks()
    /// All jobs.
    public internal(set) var jobs = JobRegister()
    /// All endpoints.
    public internal(set) var webhooks = WebhookRegister()
    /// The settings; the first order sets the currency where nobody did.
    public internal(set) var settings = OrganizationSettings()
    /// The programme; `nil` until one is configured.
    public internal(set) var loyaltyProgram: LoyaltyProgram?
    /// The keys that are not revoked.
    public internal(set) var apiKeys: [APIKeyID: APIKey] = [:]
    /// The days on which keys were last used.
    public internal(set) var keyUses: [APIKeyID: Timestamp] = [:]
    /// The roles that were not removed.
    public internal(set) var roles: [RoleID: RoleTemplate] = [:]
    /// Who answers for which loyalty card.
    public internal(set) var loyaltyCards: [String: CustomerOrdinal] = [:]
    /// The merges that were not undone, in the order of the log.
    var merges: [Merge] = []
    /// Recorded looks at personal data, in the order of the log.
    public internal(set) var reads: [RecordedRead] = []
    /// The last event that was applied.
    public internal(set) var head = SequenceNumber.none

    /// An organization to which nothing happened yet.
    public init() {}

    /// One customer.
    public struct Customer: Hashable, Sendable {
        /// Its identifier.
        public var id: CustomerID
        /// Whether it may log in and order, and whether it still stands.
        public var status = CustomerStatus.active
        /// Whether it has credentials.
        public var accountType: AccountType
        /// How many events it has.
        public var version: UInt32 = 0
        /// Who answers for it since a merge; that one may have been merged in turn.
        public var mergedInto: CustomerOrdinal?
        /// The shop's own id; kept for ever.
        public var externalID: String?
        /// Where it came from.
        public var source: String?
        /// Name and contact; empty once erased.
        public var profile: Profile
        /// Whether it is reached by e-mail and phone; nothing once erased.
        public var contacts = Contacts()
        /// Empty once erased.
        public var metadata: [String: String] = [:]
        /// In the order in which they were added; none once erased.
        public var addresses: [Address] = []
        /// In the order in which they were added.
        public var tags: [String] = []
        /// The groups it is in.
        public var groups: Set<GroupOrdinal> = []
        /// In the order of the log; without text once erased.
        public var notes: [Note] = []
        /// What it said to each kind of consent.
        public var consents = ConsentHistory()
        /// The loyalty account; `nil` when there is none.
        public var loyalty: LoyaltyAccount?
        /// When it was created, in business time.
        public var createdAt: Timestamp
        /// When it last logged in, in business time.
        public var lastLoginAt: Timestamp?
    }

    /// One segment.
    public struct Segment: Hashable, Sendable {
        /// Its identifier.
        public var id: SegmentID
        /// The word that programs know it by.
        public var key: String?
        /// What it is now, or was when it was removed.
        public var terms: SegmentTerms
        /// When it was defined, in business time.
        public var createdAt: Timestamp
        /// When it was last changed, in business time.
        public var updatedAt: Timestamp
        /// Whether it was removed.
        public var isRemoved = false
        /// Who is recorded to be in it.
        public var recorded: Set<CustomerOrdinal> = []
    }

    /// A group in its place.
    public struct Group: Hashable, Sendable {
        /// What it is.
        public var definition: GroupUpdated
        /// Whether it was deleted; customers keep its ordinal, and nobody is in it.
        public var isDeleted = false

        /// Its identifier.
        public var id: GroupID { definition.id }
        /// Its name.
        public var name: String { definition.name }
    }

    /// A note in its place.
    public struct Note: Hashable, Sendable {
        /// The event that brought it.
        public var sequence: SequenceNumber
        /// When it was written.
        public var occurredAt: Timestamp
        /// Who wrote it.
        public var author: String
        /// What it says now.
        public var note: NoteAdded
        /// The event that says what it says now.
        public var textSequence: SequenceNumber
        /// When it was last changed; `nil` when it never was.
        public var updatedAt: Timestamp?
        /// Whether it was removed.
        public var isRemoved = false
    }

    /// An order in its place.
    public struct PlacedOrder: Hashable, Sendable {
        /// The event that brought it.
        public var sequence: SequenceNumber
        /// When it was placed.
        public var occurredAt: Timestamp
        /// Who answers for it.
        public var customer: CustomerOrdinal
        /// The order with its statuses of now; without shipping address once the customer is erased.
        public var order: Order
        /// Points that it earned, less what was reversed.
        public var pointsEarned: Int64 = 0
        /// Who had it before, oldest first.
        public var formerCustomers: [CustomerOrdinal] = []
    }

    /// A look at personal data in its place.
    public struct RecordedRead: Hashable, Sendable {
        /// The event that brought it.
        public var sequence: SequenceNumber
        /// What was looked at.
        public var read: PersonalDataRead
    }

    /// A refund in its place.
    public struct RecordedRefund: Hashable, Sendable {
        /// The event that brought it.
        public var sequence: SequenceNumber
        /// When the money went back.
        public var occurredAt: Timestamp
        /// Who got it, or answers for who got it.
        public var customer: CustomerOrdinal
        /// The refund.
        public var refund: Refund
    }
}
