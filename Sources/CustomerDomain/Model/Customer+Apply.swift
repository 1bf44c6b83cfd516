extension OrganizationModel.Customer {
    /// What the event does to the customer itself, orders apart.
    mutating func apply(_ recorded: RecordedEvent) {
        contacts.apply(recorded.event, at: recorded.occurredAt)
        switch recorded.event {
        case .customerUpdated(let update):
            profile = update.profile.applied(to: profile)
            externalID = update.externalID.applied(to: externalID)
        case .customerDisabled: status = .disabled
        case .customerEnabled: status = .active
        case .customerLoggedIn: lastLoginAt = max(lastLoginAt ?? recorded.occurredAt, recorded.occurredAt)
        case .guestClaimed: accountType = .registered
        case .customerTagged(let added): add(tags: added)
        case .customerUntagged(let removed): tags.removeAll { removed.contains($0) }
        case .metadataChanged(let whole): metadata = whole
        case .noteAdded(let note):
            notes.append(
                OrganizationModel.Note(
                    sequence: recorded.sequence,
                    occurredAt: recorded.occurredAt,
                    actor: recorded.actor,
                    note: note
                )
            )
        case .consentChanged(let change):
            let time = min(recorded.occurredAt, recorded.recordedAt)
            consents.items.append(
                .said(ConsentHistory.Line(sequence: recorded.sequence, at: time, change: change))
            )
        case .groupJoined(let group): groups.insert(group)
        case .groupLeft(let group): groups.remove(group)
        case .addressAdded, .addressUpdated, .addressRemoved, .defaultAddressesChanged:
            applyToAddresses(recorded.event)
        case .loyaltyEnrolled, .pointsEarned, .pointsAdjusted, .pointsRedeemed, .pointsReversed:
            applyToPoints(recorded)
        default: break
        }
    }

    private mutating func add(tags added: [String]) {
        for tag in added where !tags.contains(tag) { tags.append(tag) }
    }

    private mutating func applyToAddresses(_ event: Event) {
        switch event {
        case .addressAdded(let address):
            for index in addresses.indices {
                if address.isDefaultShipping { addresses[index].isDefaultShipping = false }
                if address.isDefaultBilling { addresses[index].isDefaultBilling = false }
            }
            addresses.append(address)
        case .addressUpdated(let id, let fields):
            for index in addresses.indices where addresses[index].id == id { addresses[index].fields = fields }
        case .addressRemoved(let id):
            addresses.removeAll { $0.id == id }
        case .defaultAddressesChanged(let shipping, let billing):
            for index in addresses.indices {
                addresses[index].isDefaultShipping = addresses[index].id == shipping
                addresses[index].isDefaultBilling = addresses[index].id == billing
            }
        default: break
        }
    }

    private mutating func applyToPoints(_ recorded: RecordedEvent) {
        var transaction = OrganizationModel.PointsTransaction(
            sequence: recorded.sequence,
            occurredAt: recorded.occurredAt,
            kind: .earned,
            change: 0
        )
        switch recorded.event {
        case .loyaltyEnrolled(let cardNumber):
            loyalty = OrganizationModel.LoyaltyAccount(cardNumber: cardNumber, enrolledAt: recorded.occurredAt)
            return
        case .pointsEarned(let earned):
            transaction.change = earned.points
            (transaction.orderNumber, transaction.reason) = (earned.orderNumber, earned.reason)
        case .pointsAdjusted(let adjusted):
            transaction.kind = .adjusted
            transaction.change = adjusted.adjustment == .add ? adjusted.points : -adjusted.points
            transaction.reason = adjusted.reason
        case .pointsRedeemed(let redeemed):
            transaction.kind = .redeemed
            transaction.change = -redeemed.points
            (transaction.orderNumber, transaction.reason) = (redeemed.orderNumber, redeemed.reason)
        case .pointsReversed(let reversed):
            transaction.kind = .reversed
            transaction.change = -reversed.points
            transaction.orderNumber = reversed.orderNumber
        default: return
        }
        loyalty?.transactions.append(transaction)
    }

    /// Takes what another customer has, which keeps nothing but profile, external id, metadata and addresses, as they are.
    mutating func takeOver(from other: inout OrganizationModel.Customer, _ terms: MergeTerms) {
        profile = terms.profile(profile, taking: other.profile)
        contacts.take(terms.fields, from: other.contacts)
        metadata = terms.metadata(metadata, taking: other.metadata)
        if other.accountType == .registered { accountType = .registered }
        if other.status == .disabled { status = .disabled }
        if let login = other.lastLoginAt { lastLoginAt = max(lastLoginAt ?? login, login) }
        let hasDefaultShipping = addresses.contains { $0.isDefaultShipping }
        let hasDefaultBilling = addresses.contains { $0.isDefaultBilling }
        for id in terms.addresses {
            guard var address = other.addresses.first(where: { $0.id == id }) else { continue }
            if hasDefaultShipping { address.isDefaultShipping = false }
            if hasDefaultBilling { address.isDefaultBilling = false }
            addresses.append(address)
        }
        add(tags: other.tags)
        groups.formUnion(other.groups)
        notes = (notes + other.notes).sorted { $0.sequence < $1.sequence }
        if var account = loyalty {
            account.transactions += other.loyalty?.transactions ?? []
            account.transactions.sort { $0.sequence < $1.sequence }
            loyalty = account
        } else {
            loyalty = other.loyalty
        }
        (other.tags, other.groups, other.notes, other.loyalty) = ([], [], [], nil)
    }

    /// Forgets the person; what is not personal on its own stays.
    mutating func erase() {
        status = .erased
        profile = Profile()
        contacts = Contacts()
        metadata = [:]
        addresses = []
        for index in notes.indices { notes[index].note.text = "" }
        consents = consents.withoutPersonalData
    }
}
