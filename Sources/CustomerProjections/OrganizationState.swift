public import CustomerDomain
public import EventSourcing

/// Everything that an organization's log says, ready to be asked.
public struct OrganizationState: Sendable {
    /// The last event applied.
    public private(set) var head = SequenceNumber.none
    /// When the last event was recorded.
    public private(set) var lastRecordedAt = Timestamp(microseconds: 0)

    /// The state before the first event.
    public init() {}

    /// Takes the next event in.
    public mutating func apply(_ event: RecordedEvent) {}
    /// SHA-256.
    public func stateHash() -> [UInt8] { [] }
    /// One page of customers, and how many there are in all.
    public func list(_ query: CustomerQuery, at time: QueryTime) throws(QueryError) -> CustomerPage { fatalError() }
    /// A customer at a glance.
    public func summary(of customer: CustomerOrdinal, at time: QueryTime) -> CustomerSummary { fatalError() }
    /// A customer in full.
    public func profile(of customer: CustomerOrdinal, at time: QueryTime) -> CustomerProfile { fatalError() }
    /// Orders of one customer; `query.customer` is ignored.
    public func orders(of customer: CustomerOrdinal, _ query: OrderQuery) throws(QueryError) -> OrderPage {
        fatalError()
    }
    /// Orders of the organization.
    public func orders(_ query: OrderQuery) throws(QueryError) -> OrderPage { fatalError() }
    /// The order of this number.
    public func orderView(_ number: String) -> OrderView? { nil }
    /// The loyalty account of a customer.
    public func loyalty(of customer: CustomerOrdinal) -> LoyaltySummary? { nil }
    /// Movements of points, newest first; pages by offset or by cursor.
    public func loyaltyTransactions(
        of customer: CustomerOrdinal,
        page: PageRequest
    ) throws(QueryError) -> LoyaltyTransactionPage { fatalError() }
    /// All groups, oldest first.
    public func groups(page: PageRequest) throws(QueryError) -> GroupPage { fatalError() }
    /// A group at a glance.
    public func groupView(_ group: GroupOrdinal) -> GroupView { fatalError() }
    /// Members that stand, by ordinal.
    public func members(
        of group: GroupOrdinal,
        page: PageRequest,
        at time: QueryTime
    ) throws(QueryError) -> CustomerPage { fatalError() }
    /// Notes of a customer, newest first.
    public func notes(of customer: CustomerOrdinal, page: PageRequest) throws(QueryError) -> NotePage { fatalError() }
    /// Events of a customer before `sequence`, newest first, those of merged customers among them.
    public func timeline(
        of customer: CustomerOrdinal,
        before sequence: SequenceNumber?,
        limit: Int
    ) -> [TimelineReference] { [] }
    /// The metric cards.
    public func metrics(at time: QueryTime) -> MetricCards { fatalError() }
    /// What the request with this key did, when it was recorded in the last 24 hours.
    public func idempotency(actor: String, key: String) -> IdempotencyEntry? { nil }
    /// The key whose secret has this SHA-256.
    public func apiKey(withDigest digest: [UInt8]) -> APIKey? { nil }
}

extension OrganizationState: OrganizationFacts {
    public var customerCount: Int { 0 }
    public var groupCount: Int { 0 }
    public var settings: OrganizationSettings { OrganizationSettings() }
    public var hasOrders: Bool { false }
    public var loyaltyProgram: LoyaltyProgram? { nil }
    public func customer(_ id: CustomerID) -> CustomerOrdinal? { nil }
    public func standing(of customer: CustomerOrdinal) -> CustomerStanding { fatalError() }
    public func customer(withEmail normalizedEmail: String, accountType: AccountType) -> CustomerOrdinal? { nil }
    public func customer(withExternalID externalID: String) -> CustomerOrdinal? { nil }
    public func profile(of customer: CustomerOrdinal) -> Profile { fatalError() }
    public func externalID(of customer: CustomerOrdinal) -> String? { nil }
    public func tags(of customer: CustomerOrdinal) -> [String] { [] }
    public func metadata(of customer: CustomerOrdinal) -> [String: String] { [:] }
    public func addresses(of customer: CustomerOrdinal) -> [Address] { [] }
    public func group(_ id: GroupID) -> GroupOrdinal? { nil }
    public func group(named name: String) -> GroupOrdinal? { nil }
    public func isMember(_ customer: CustomerOrdinal, of group: GroupOrdinal) -> Bool { false }
    public func order(_ number: String) -> OrderStanding? { nil }
    public func hasRefund(_ reference: String) -> Bool { false }
    public func loyaltyAccount(of customer: CustomerOrdinal) -> LoyaltyStanding? { nil }
    public func customer(withLoyaltyCard cardNumber: String) -> CustomerOrdinal? { nil }
    public func apiKey(_ id: APIKeyID) -> APIKey? { nil }
    public var adminKeyCount: Int { 0 }
}
