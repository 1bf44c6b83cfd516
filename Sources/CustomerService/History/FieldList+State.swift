import CustomerDomain
import CustomerProjections
import EventSourcing

extension FieldList {
    /// What a state says of a customer, and of the order and note that an event is about; empty for a customer that is not
    /// there.
    init(of customer: CustomerOrdinal, about event: Event?, in state: borrowing OrganizationState) {
        let (number, note) = (event?.orderNumber, event?.changedNote)
        guard customer.index < state.customerCount else { return }
        let profile = state.profile(of: customer, at: QueryTime(state.lastRecordedAt))
        add(profile.summary)
        add("birthDate", profile.birthDate?.description)
        for (key, value) in profile.metadata.sorted(by: { $0.key < $1.key }) { add("metadata/\(key)", value) }
        for address in profile.addresses { add(address) }
        for kind in ConsentKind.allCases { add("consents/\(kind.name)", profile.consents[kind]?.state.name) }
        for channel in ContactChannel.allCases {
            let way = profile.contacts[channel]
            add("contacts/\(channel.name)/verifiedAt", way.verifiedAt?.rfc3339)
            add("contacts/\(channel.name)/suppression", way.suppression?.reason.name)
        }
        add("mergedInto", profile.mergedInto?.description)
        if profile.noteCount > 0 { add("notes", Int64(profile.noteCount)) }
        if let note, let standing = state.note(note), !standing.isRemoved {
            add("notes/\(note)/type", standing.type.name)
            add("notes/\(note)/visibility", standing.visibility.name)
            add("notes/\(note)/pinned", standing.isPinned)
        }
        for balance in profile.credit where balance.balance.minorUnits > 0 {
            add("storeCredit/\(balance.balance.currency)", balance.balance.minorUnits)
        }
        if let account = state.loyaltyAccount(of: customer) {
            if account.pending > 0 { add("pendingPoints", account.pending) }
            add("lifetimePoints", account.lifetimePoints)
        }
        for lot in state.openPointsLots(of: customer) { add("pointsLots/\(lot.id)/rest", lot.rest) }
        for lot in state.openCreditLots(of: customer) { add("creditLots/\(lot.id)/rest", lot.rest) }
        add("segments", state.recordedSegments(of: customer).map(\.description))
        addTotals(of: profile)
        if let number, let order = state.orderView(number) {
            add(order)
            for returned in state.returns(of: number) {
                add("returns/\(returned.id)/status", returned.status.name)
                add("returns/\(returned.id)/pieces", returned.items.reduce(0) { $0 + $1.quantity })
            }
        }
    }

    private mutating func add(_ summary: CustomerSummary) {
        add("status", summary.status.description)
        add("accountType", summary.accountType.description)
        add("email", summary.email)
        add("firstName", summary.firstName)
        add("lastName", summary.lastName)
        add("phone", summary.phone)
        add("customerRole", summary.role)
        add("externalId", summary.externalID)
        add("source", summary.source)
        add("tags", summary.tags)
        add("groups", summary.groups.map(\.id.description))
        if summary.orderCount > 0 { add("orderCount", summary.orderCount) }
        if summary.hasLoyaltyAccount { add("points", summary.pointsBalance) }
        add("tier", summary.tierName)
        add("lastLoginAt", summary.lastLoginAt?.rfc3339)
    }

    /// By currency, whether it is the organization's by then or not.
    private mutating func addTotals(of profile: CustomerProfile) {
        var spent: [String: Int64] = [:]
        var refunded: [String: Int64] = [:]
        if let currency = profile.summary.currency {
            spent[currency.description] = profile.summary.grossSpent
            refunded[currency.description] = profile.summary.refunded
        }
        for totals in profile.otherCurrencies {
            spent[totals.currency.description, default: 0] += totals.grossSpent
            refunded[totals.currency.description, default: 0] += totals.refunded
        }
        for (currency, amount) in spent.sorted(by: { $0.key < $1.key }) where amount != 0 {
            add("spent/\(currency)", amount)
        }
        for (currency, amount) in refunded.sorted(by: { $0.key < $1.key }) where amount != 0 {
            add("refunded/\(currency)", amount)
        }
    }

    private mutating func add(_ address: Address) {
        let path = "addresses/\(address.id)/"
        for field in AddressTextField.allCases { add(path + field.name, address.fields[keyPath: field.keyPath]) }
        add(path + "country", address.fields.country?.description)
        add(path + "kind", address.fields.use?.name)
        add(path + "isDefaultShipping", address.isDefaultShipping)
        add(path + "isDefaultBilling", address.isDefaultBilling)
        add(path + "verification", address.verification?.outcome.name)
    }

    private mutating func add(_ order: OrderView) {
        let path = "orders/\(order.number)/"
        add(path + "status", order.status.description)
        add(path + "fulfillmentStatus", order.fulfillmentStatus.description)
        add(path + "total", order.total.minorUnits)
        add(path + "refunded", order.refunded)
        add(path + "pointsEarned", order.pointsEarned)
        if !order.formerCustomers.isEmpty { add(path + "customer", order.customer?.description) }
    }
}

extension QueryTime {
    /// The time of a query whose answer does not depend on the month.
    init(_ now: Timestamp) {
        self.init(now: now, monthStart: now)
    }
}

extension Event {
    /// The number of the order that the event is about.
    var orderNumber: String? {
        switch self {
        case .orderPlaced(let order): order.number
        case .orderStatusChanged(let change): change.number
        case .orderCancelled(let cancellation): cancellation.number
        case .refundRecorded(let refund): refund.orderNumber
        case .returnRequested(let requested): requested.orderNumber
        case .returnMoved(let moved): moved.orderNumber
        case .orderMoved(let moved): moved.number
        case .invoiceRequested(let requested): requested.orderNumber
        case .orderMovedAway(let moved): moved.number
        case .pointsEarned(let earned): earned.orderNumber
        case .pointsReversed(let reversed): reversed.orderNumber
        case .pointsRedeemed(let redeemed): redeemed.orderNumber
        case .creditIssued(let issued): issued.orderNumber
        case .creditSpent(let spent): spent.orderNumber
        default: nil
        }
    }
}
