import CustomerDomain
import EventSourcing

/// Facts of a shop whose orders and refunds came to any amount.
struct FullBooks: OrganizationFacts {
    var recordedAmount: Int64 = 0
    var issuedCredit: Int64 = 0
    var openLotCount = 0

    private let id = CustomerID.number(1)
    var customerCount: Int { 1 }
    var groupCount: Int { 0 }
    var settings: OrganizationSettings { OrganizationSettings() }
    var hasOrders: Bool { false }
    var loyaltyProgram: LoyaltyProgram? { nil }
    var adminKeyCount: Int { 0 }
    func customer(_ id: CustomerID) -> CustomerOrdinal? { CustomerOrdinal(0) }
    func standing(of customer: CustomerOrdinal) -> CustomerStanding {
        CustomerStanding(id: id, status: .active, accountType: .registered, version: 1, mergedInto: nil)
    }
    func customer(withEmail normalizedEmail: String, accountType: AccountType) -> CustomerOrdinal? { nil }
    func customer(withExternalID externalID: String) -> CustomerOrdinal? { nil }
    func profile(of customer: CustomerOrdinal) -> Profile { Profile() }
    func externalID(of customer: CustomerOrdinal) -> String? { nil }
    func tags(of customer: CustomerOrdinal) -> [String] { [] }
    func metadata(of customer: CustomerOrdinal) -> [String: String] { [:] }
    func addresses(of customer: CustomerOrdinal) -> [Address] { [] }
    func contacts(of customer: CustomerOrdinal) -> Contacts { Contacts() }
    func merge(of merged: CustomerOrdinal) -> MergeStanding? { nil }
    func dataRequest(_ id: DataRequestID) -> DataRequestStanding? { nil }
    func openDataRequestCount(of customer: CustomerOrdinal) -> Int { 0 }
    func consents(of customer: CustomerOrdinal) -> [ConsentKind: Consent] { [:] }
    func consentCount(of customer: CustomerOrdinal) -> Int { 0 }
    func group(_ id: GroupID) -> GroupOrdinal? { nil }
    func group(named name: String) -> GroupOrdinal? { nil }
    func note(_ id: NoteID) -> NoteStanding? { nil }
    func hasNote(_ id: NoteID, _ customer: CustomerOrdinal) -> Bool { false }
    func orderReturn(_ id: ReturnID) -> OrderReturn? { nil }
    func returns(of orderNumber: String) -> [OrderReturn] { [] }
    var rules: [AssignmentRule] { [] }
    var allViews: [SavedView] { [] }
    func rule(_ id: RuleID) -> AssignmentRule? { nil }
    func rules(giving gift: RuleGift) -> [RuleID] { [] }
    func ruleHold(of customer: CustomerOrdinal, by rule: RuleID) -> RuleHold? { nil }
    func view(_ id: ViewID) -> SavedView? { nil }
    var pricingRules: [PricingRule] { [] }
    func pricingRule(_ id: PricingRuleID) -> PricingRule? { nil }
    var customFields: [CustomField] { [] }
    func group(withKey key: String) -> GroupOrdinal? { nil }
    func definition(of group: GroupOrdinal) -> GroupUpdated { GroupUpdated(id: .number(1), name: "") }
    func isMember(_ customer: CustomerOrdinal, of group: GroupOrdinal) -> Bool { false }
    var segmentCount: Int { 0 }
    var standingSegmentCount: Int { 0 }
    func segment(_ id: SegmentID) -> SegmentOrdinal? { nil }
    func segment(named name: String) -> SegmentOrdinal? { nil }
    func segment(withKey key: String) -> SegmentOrdinal? { nil }
    func isRemoved(_ segment: SegmentOrdinal) -> Bool { false }
    func terms(of segment: SegmentOrdinal) -> SegmentTerms { SegmentTerms(name: "", query: "") }
    func isRecorded(_ customer: CustomerOrdinal, in segment: SegmentOrdinal) -> Bool { false }
    func order(_ number: String) -> OrderStanding? { nil }
    func hasRefund(_ reference: String) -> Bool { false }
    func loyaltyAccount(of customer: CustomerOrdinal) -> LoyaltyStanding? { nil }
    func customer(withLoyaltyCard cardNumber: String) -> CustomerOrdinal? { nil }
    func openPointsLots(of customer: CustomerOrdinal) -> [PointsLot] { [] }
    func pointsLots(_ ids: [SequenceNumber], of customer: CustomerOrdinal) -> [PointsLot] { [] }
    func pointsLots(ofOrder number: String) -> [PointsLot] { [] }
    func pointsRedemption(_ sequence: SequenceNumber, of customer: CustomerOrdinal) -> RedemptionStanding? { nil }
    func earnedPoints(of customer: CustomerOrdinal) -> [EarnedPoints] { [] }
    func openCreditLots(of customer: CustomerOrdinal) -> [CreditLot] {
        (0..<openLotCount)
            .map { number in
                CreditLot(
                    id: .number(UInt64(number)),
                    amount: Money(minorUnits: 1, currency: Sample.gbp),
                    rest: 1,
                    expired: 0,
                    issuedAt: .seconds(0),
                    expiresAt: nil,
                    source: .gift,
                    sequence: .none
                )
            }
    }
    func creditLot(_ id: CreditLotID) -> CreditLot? { nil }
    func creditSpend(_ id: CreditSpendID) -> CreditSpendStanding? { nil }
    func job(_ id: JobID) -> Job? { nil }
    var openJobCount: Int { 0 }
    func webhook(_ id: WebhookID) -> Webhook? { nil }
    var webhookCount: Int { 0 }
    func apiKey(_ id: APIKeyID) -> APIKey? { nil }
    var apiKeyCount: Int { 0 }
    func lastUse(of key: APIKeyID) -> Timestamp? { nil }
    func roleTemplate(_ id: RoleID) -> RoleTemplate? { nil }
    func roleTemplate(named name: String) -> RoleID? { nil }
    var roleTemplateCount: Int { 0 }
    func holderCount(of role: RoleID) -> Int { 0 }
}
