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
        groups.firstIndex { $0.id == id }.map { GroupOrdinal(UInt32($0)) }
    }

    /// The group of this name, whatever the case.
    public func group(named name: String) -> GroupOrdinal? {
        groups.firstIndex { $0.name.lowercased() == name.lowercased() }.map { GroupOrdinal(UInt32($0)) }
    }

    /// Whether the customer is in the group.
    public func isMember(_ customer: CustomerOrdinal, of group: GroupOrdinal) -> Bool {
        customers[customer.index].groups.contains(group)
    }

    /// The order of this number.
    public func order(_ number: String) -> OrderStanding? {
        guard let placed = orders.first(where: { $0.order.number == number }) else { return nil }
        return OrderStanding(
            customer: placed.customer,
            status: placed.order.status,
            fulfillmentStatus: placed.order.fulfillmentStatus,
            total: Money(minorUnits: placed.order.total, currency: placed.order.currency),
            refunded: refunds.reduce(0) { $1.refund.orderNumber == number ? $0 + $1.refund.amount.minorUnits : $0 },
            pointsEarned: placed.pointsEarned
        )
    }

    /// Whether a refund of this reference was recorded.
    public func hasRefund(_ reference: String) -> Bool {
        refunds.contains { $0.refund.reference == reference }
    }

    /// The customer's loyalty account.
    public func loyaltyAccount(of customer: CustomerOrdinal) -> LoyaltyStanding? {
        customers[customer.index].loyalty
            .map {
                LoyaltyStanding(cardNumber: $0.cardNumber, balance: $0.balance, lifetimePoints: $0.lifetimePoints)
            }
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

    /// The key of this identifier, unless it was revoked.
    public func apiKey(_ id: APIKeyID) -> APIKey? { apiKeys[id] }
    /// How many admin keys are not revoked.
    public var adminKeyCount: Int { apiKeys.values.count { $0.role == .admin } }

    /// The sum of all order totals and refunds ever recorded.
    public var recordedAmount: Int64 {
        orders.reduce(0) { $0 + $1.order.total } + refunds.reduce(0) { $0 + $1.refund.amount.minorUnits }
    }
}
