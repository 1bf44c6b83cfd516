public import EventSourcing

extension OrganizationModel: OrganizationFacts {
    /// How many customers were ever created.
    public var customerCount: Int { customers.count }
    /// How many groups were ever created.
    public var groupCount: Int { groups.count }
    /// Whether any order was ever placed.
    public var hasOrders: Bool { !orders.isEmpty }

    /// The customer of this identifier, whatever its status.
    public func customer(_ id: CustomerID) -> CustomerOrdinal? {
        firstCustomer { $0.id == id }
    }

    /// The customer at a glance.
    public func standing(of customer: CustomerOrdinal) -> CustomerStanding {
        let customer = customers[customer.index]
        return CustomerStanding(
            id: customer.id,
            status: customer.status,
            accountType: customer.accountType,
            version: customer.version,
            mergedInto: customer.mergedInto
        )
    }

    /// Who stands with this e-mail address.
    public func customer(withEmail normalizedEmail: String, accountType: AccountType) -> CustomerOrdinal? {
        firstCustomer {
            $0.profile.email?.normalized == normalizedEmail && $0.accountType == accountType
                && ($0.status == .active || $0.status == .disabled)
        }
    }

    /// Who has this external id, whatever the status.
    public func customer(withExternalID externalID: String) -> CustomerOrdinal? {
        firstCustomer { $0.externalID == externalID }
    }

    private func firstCustomer(where condition: (Customer) -> Bool) -> CustomerOrdinal? {
        customers.firstIndex(where: condition).map { CustomerOrdinal(UInt32($0)) }
    }

    /// The customer's profile.
    public func profile(of customer: CustomerOrdinal) -> Profile { customers[customer.index].profile }
    /// The shop's own id of the customer.
    public func externalID(of customer: CustomerOrdinal) -> String? { customers[customer.index].externalID }
    /// The customer's tags.
    public func tags(of customer: CustomerOrdinal) -> [String] { customers[customer.index].tags }
    /// The customer's metadata.
    public func metadata(of customer: CustomerOrdinal) -> [String: String] { customers[customer.index].metadata }
    /// Whether the customer is reached by e-mail and phone.
    public func contacts(of customer: CustomerOrdinal) -> Contacts { customers[customer.index].contacts }
    /// The customer's addresses.
    public func addresses(of customer: CustomerOrdinal) -> [Address] { customers[customer.index].addresses }

    /// Whether the merge of this customer can be undone; `nil` for somebody who is not merged.
    public func merge(of merged: CustomerOrdinal) -> MergeStanding? {
        guard let merge = merges.first(where: { $0.merged == merged }) else { return nil }
        let latest = merges.last { $0.survivor == merge.survivor } ?? merge
        if latest.merged != merged { return .covered(by: latest.merged) }
        if let obstacle = merge.obstacle { return .fixed(obstacle) }
        let survivor = merge.survivorAlone(from: customers[merge.survivor.index])
        return .open(survivorEmail: survivor.profile.email, survivorType: survivor.accountType)
    }

    /// What holds of each kind of consent.
    public func consents(of customer: CustomerOrdinal) -> [ConsentKind: Consent] {
        let history = customers[customer.index].consents
        return ConsentKind.allCases.reduce(into: [:]) { $0[$1] = history.current($1) }
    }

    /// How many lines the customer's ledger of consents has.
    public func consentCount(of customer: CustomerOrdinal) -> Int { customers[customer.index].consents.lines.count }

    /// The group of this identifier.
    public func group(_ id: GroupID) -> GroupOrdinal? {
        groups.firstIndex { $0.id == id && !$0.isDeleted }.map { GroupOrdinal(UInt32($0)) }
    }

    /// The group of this name, whatever the case.
    public func group(named name: String) -> GroupOrdinal? {
        groups.firstIndex { $0.name.lowercased() == name.lowercased() && !$0.isDeleted }
            .map { GroupOrdinal(UInt32($0)) }
    }

    /// The group of this key.
    public func group(withKey key: String) -> GroupOrdinal? {
        groups.firstIndex { $0.definition.terms.key == key && !$0.isDeleted }.map { GroupOrdinal(UInt32($0)) }
    }

    /// What the group is.
    public func definition(of group: GroupOrdinal) -> GroupUpdated { groups[group.index].definition }

    /// Whether the customer is in the group.
    public func isMember(_ customer: CustomerOrdinal, of group: GroupOrdinal) -> Bool {
        customers[customer.index].groups.contains(group)
    }

    /// All views of the list of customers.
    public var allViews: [SavedView] { views.views }
    /// The view of this identifier.
    public func view(_ id: ViewID) -> SavedView? { views[id] }

    /// How many segments were ever defined.
    public var segmentCount: Int { segments.count }
    /// How many of them were not removed.
    public var standingSegmentCount: Int { segments.count { !$0.isRemoved } }

    /// The segment of this identifier.
    public func segment(_ id: SegmentID) -> SegmentOrdinal? { firstSegment { $0.id == id } }

    /// The segment of this name, whatever the case.
    public func segment(named name: String) -> SegmentOrdinal? {
        firstSegment { !$0.isRemoved && $0.terms.name.lowercased() == name.lowercased() }
    }

    /// The segment of this key.
    public func segment(withKey key: String) -> SegmentOrdinal? { firstSegment { !$0.isRemoved && $0.key == key } }

    private func firstSegment(where condition: (Segment) -> Bool) -> SegmentOrdinal? {
        segments.firstIndex(where: condition).map { SegmentOrdinal(UInt32($0)) }
    }

    /// Whether the segment was removed.
    public func isRemoved(_ segment: SegmentOrdinal) -> Bool { segments[segment.index].isRemoved }

    /// What the segment is.
    public func terms(of segment: SegmentOrdinal) -> SegmentTerms { segments[segment.index].terms }

    /// Whether it is recorded that the customer is in the segment.
    public func isRecorded(_ customer: CustomerOrdinal, in segment: SegmentOrdinal) -> Bool {
        segments[segment.index].recorded.contains(customer)
    }
    /// The pricing rule of this identifier.
    public func pricingRule(_ id: PricingRuleID) -> PricingRule? { pricingRules.first { $0.id == id } }

    /// The order of this number.
    public func order(_ number: String) -> OrderStanding? {
        guard let placed = orders.first(where: { $0.order.number == number }) else { return nil }
        return OrderStanding(
            customer: placed.customer,
            status: placed.order.status,
            fulfillmentStatus: placed.order.fulfillmentStatus,
            total: Money(minorUnits: placed.order.total, currency: placed.order.currency),
            refunded: refunds.reduce(0) { $1.refund.orderNumber == number ? $0 + $1.refund.amount.minorUnits : $0 },
            pointsEarned: placed.pointsEarned,
            itemCount: min(Int64(UInt32.max), placed.order.lines.reduce(0) { $0.addingSaturating($1.quantity) })
        )
    }

    /// The note of this identifier, removed or not.
    public func note(_ id: NoteID) -> NoteStanding? {
        customers.lazy.flatMap(\.notes).first { $0.note.id == id }
            .map { note in
                NoteStanding(
                    author: note.author,
                    type: note.note.type,
                    visibility: note.note.visibility,
                    isPinned: note.note.isPinned,
                    isRemoved: note.isRemoved
                )
            }
    }

    /// Whether the note is among the customer's, or those of somebody for whom it answers.
    public func hasNote(_ id: NoteID, _ customer: CustomerOrdinal) -> Bool {
        customers[customer.index].notes.contains { $0.note.id == id }
    }

    /// The return of this identifier.
    public func orderReturn(_ id: ReturnID) -> OrderReturn? { orderReturns.first { $0.id == id } }

    /// The returns of an order, oldest first.
    public func returns(of orderNumber: String) -> [OrderReturn] {
        orderReturns.filter { $0.orderNumber == orderNumber }
    }

    /// Whether a refund of this reference was recorded.
    public func hasRefund(_ reference: String) -> Bool {
        refunds.contains { $0.refund.reference == reference }
    }

    /// The customer's loyalty account.
    public func loyaltyAccount(of customer: CustomerOrdinal) -> LoyaltyStanding? {
        customers[customer.index].loyalty
            .map { account in
                LoyaltyStanding(
                    cardNumber: account.cardNumber,
                    enrolledAt: account.enrolledAt,
                    balance: account.balance,
                    pending: account.pending,
                    owed: account.owed,
                    lifetimePoints: account.lifetimePoints,
                    tier: account.tier?.name,
                    tierSince: account.tier?.since,
                    birthdayYear: account.birthdayYear
                )
            }
    }

    /// The customer's lots of points with a rest.
    public func openPointsLots(of customer: CustomerOrdinal) -> [PointsLot] {
        customers[customer.index].loyalty?.lots.map(\.lot).filter { $0.rest > 0 } ?? []
    }

    /// The customer's lots of points of these identifiers.
    public func pointsLots(_ ids: [SequenceNumber], of customer: CustomerOrdinal) -> [PointsLot] {
        customers[customer.index].loyalty?.lots.map(\.lot).filter { ids.contains($0.id) } ?? []
    }

    /// The lots of points that an order earned.
    public func pointsLots(ofOrder number: String) -> [PointsLot] {
        guard let order = orders.first(where: { $0.order.number == number }) else { return [] }
        return customers[order.customer.index].loyalty?.lots.filter { $0.orderNumber == number }.map(\.lot) ?? []
    }

    /// Points that this event redeemed.
    public func pointsRedemption(_ sequence: SequenceNumber, of customer: CustomerOrdinal) -> RedemptionStanding? {
        customers[customer.index].loyalty?.redemptions.first { $0.sequence == sequence }
            .map { RedemptionStanding(remaining: $0.remaining) }
    }

    /// All points that the customer earned, and what went back.
    public func earnedPoints(of customer: CustomerOrdinal) -> [EarnedPoints] {
        customers[customer.index].loyalty?.earnings ?? []
    }

    /// Who answers for this card.
    public func customer(withLoyaltyCard cardNumber: String) -> CustomerOrdinal? { loyaltyCards[cardNumber] }

    /// The lots of store credit with a rest.
    public func openCreditLots(of customer: CustomerOrdinal) -> [CreditLot] {
        credit.lots.filter { $0.customer == customer && $0.lot.rest > 0 }.map(\.lot)
    }

    /// The lot of this identifier.
    public func creditLot(_ id: CreditLotID) -> CreditLot? { credit.lots.first { $0.lot.id == id }?.lot }

    /// The spending of this identifier.
    public func creditSpend(_ id: CreditSpendID) -> CreditSpendStanding? {
        credit.spends.first { $0.spent.id == id }
            .map { CreditSpendStanding(customer: $0.customer, currency: $0.spent.currency, remaining: $0.remaining) }
    }

    /// All store credit that was ever issued.
    public var issuedCredit: Int64 { credit.lots.reduce(0) { $0 + $1.lot.amount.minorUnits } }

    /// The job of this identifier.
    public func job(_ id: JobID) -> Job? { jobs[id] }
    /// How many jobs wait or are at work.
    public var openJobCount: Int { jobs.openCount }

    /// The endpoint of this identifier.
    public func webhook(_ id: WebhookID) -> Webhook? { webhooks[id] }
    /// How many endpoints there are.
    public var webhookCount: Int { webhooks.webhooks.count }

    /// The key of this identifier, unless it was revoked.
    public func apiKey(_ id: APIKeyID) -> APIKey? { apiKeys[id] }
    /// How many keys are not revoked.
    public var apiKeyCount: Int { apiKeys.count }
    /// How many admin keys are not revoked and never expire.
    public var adminKeyCount: Int { apiKeys.values.count { $0.isLastingAdmin } }
    /// The day on which the key was last used, as far as it was recorded.
    public func lastUse(of key: APIKeyID) -> Timestamp? { keyUses[key] }

    /// The role of this identifier.
    public func roleTemplate(_ id: RoleID) -> RoleTemplate? { roles[id] }
    /// Compared without regard to case.
    public func roleTemplate(named name: String) -> RoleID? {
        roles.values.first { $0.name.lowercased() == name.lowercased() }?.id
    }
    /// How many roles there are.
    public var roleTemplateCount: Int { roles.count }
    /// How many keys that are not revoked have the role.
    public func holderCount(of role: RoleID) -> Int { apiKeys.values.count { $0.template == role } }

    /// The sum of all order totals and refunds ever recorded.
    public var recordedAmount: Int64 {
        orders.reduce(0) { $0 + $1.order.total } + refunds.reduce(0) { $0 + $1.refund.amount.minorUnits }
    }
}
