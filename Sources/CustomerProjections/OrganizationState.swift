public import CustomerDomain
public import EventSourcing

/// Everything that an organization's log says, ready to be asked.
///
/// ``apply(_:)`` is the only way to change it; the same events give the same answers, and the same ``stateHash()``. Neither
/// has a clock: times are inputs. Meant to be held in one place under a lock; a copy costs as much as all of its tables.
/// Customers and groups are asked for by ordinals that exist; who asks for others gets a trap.
public struct OrganizationState: Sendable {
    /// The last event applied.
    public internal(set) var head = SequenceNumber.none
    /// When the last event was recorded.
    public internal(set) var lastRecordedAt = Timestamp(microseconds: 0)

    /// What the organization chose; the first order sets the currency where nobody did.
    public internal(set) var settings = OrganizationSettings()
    /// The events that made and changed what customers refer to (settings, programme, groups, segments), oldest first, so that what held
    /// earlier can be found out.
    public internal(set) var definitionEvents: [SequenceNumber] = []
    /// The loyalty programme; `nil` until one is configured.
    public internal(set) var loyaltyProgram: LoyaltyProgram?

    var customers = CustomerTable()
    var orders = OrderTable()
    var spending = SpendingTable()
    var loyalty = LoyaltyTable()
    var groups = GroupTable()
    var segments = SegmentTable()
    var pricing = PricingTable()
    var customFieldTable = CustomFieldTable()
    var returns = ReturnTable()
    var notes = NoteTable()
    var consents = ConsentTable()
    var contacts = ContactTable()
    var dataRequests = DataRequestTable()
    var credit = CreditTable()
    var reads = ReadTable()
    var jobs = JobRegister()
    var webhooks = WebhookRegister()
    var ruleTable = RuleTable()
    var views = ViewRegister()
    var timeline = TimelineTable()
    var idempotency = IdempotencyTable()
    var keys = KeyTable()

    var arena = Arena()
    var search = SearchIndex()
    var tagNames = SymbolTable()
    var tagged: ContiguousArray<OrdinalSet> = []
    var sources = SymbolTable()
    // The words of profiles and what conditions ask of them, for as long as somebody has them; never archived.
    var roles = CountedTexts<UInt16>()
    var emailDomains = CountedTexts<UInt32>()
    var languages = CountedTexts<UInt16>()
    var places = CountedTexts<UInt32>()
    var actors = SymbolTable()
    var refundReferences: Set<String> = []
    /// Who was merged into whom.
    var mergedRows: [UInt32: [UInt32]] = [:]
    var merges = MergeTable()

    var rowByID = HashIndex()
    var rowByEmail = HashIndex()
    var rowByExternalID = HashIndex()

    /// The last event that made somebody be forgotten; `none` when nobody was.
    public internal(set) var lastErasure = SequenceNumber.none
    /// The last event taken in that changed who may do what; none before.
    public internal(set) var lastAccessChange = SequenceNumber.none
    /// The last event taken in that may have changed what is known of other customers than its own; none before.
    var lastSharedChange = SequenceNumber.none

    var activity = QuarterHistogram()
    var retention = RetentionCounter(windowDays: OrganizationSettings().activityWindowDays)

    /// Which products were in which orders, or in those placed since somebody asked; not of the log's making, and neither archived
    /// nor hashed.
    public var products: ProductIndex?
    /// Whether ``products`` knows all orders.
    public var knowsAllProducts = false

    /// Whether the indexes are put off until ``finishReplay()``.
    var isReplaying = false

    /// Bytes being put together for the arena.
    var scratch = ContiguousArray<UInt8>()

    /// The state before the first event.
    public init() {}
}
