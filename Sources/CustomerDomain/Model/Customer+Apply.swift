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
                    author: note.author ?? recorded.actor,
                    note: note,
                    textSequence: recorded.sequence
                )
            )
        case .noteChanged(let change):
            for index in notes.indices where notes[index].note.id == change.id { notes[index].take(change, recorded) }
        case .noteRemoved(let removed):
            for index in notes.indices where notes[index].note.id == removed.id { notes[index].isRemoved = true }
        case .consentChanged(let change):
            let time = min(recorded.occurredAt, recorded.recordedAt)
            consents.items.append(
                .said(ConsentHistory.Line(sequence: recorded.sequence, at: time, change: change))
            )
        case .groupJoined(let group): groups.insert(group)
        case .groupLeft(let group): groups.remove(group)
        case .membershipChanged(let change):
            if change.joins { groups.insert(change.group) } else { groups.remove(change.group) }
        case .addressAdded, .addressUpdated, .addressRemoved, .defaultAddressesChanged:
            applyToAddresses(recorded.event)
        case .addressVerified(let verified):
            let time = min(recorded.occurredAt, recorded.recordedAt)
            for index in addresses.indices where addresses[index].id == verified.address {
                addresses[index] = addresses[index].found(verified.outcome, at: time, by: recorded.actor)
            }
        case .loyaltyEnrolled(let cardNumber):
            loyalty = OrganizationModel.LoyaltyAccount(cardNumber: cardNumber, enrolledAt: recorded.occurredAt)
        default: loyalty?.apply(recorded)
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
            for index in addresses.indices where addresses[index].id == id {
                addresses[index] = addresses[index].changed(to: fields)
            }
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
            if let other = other.loyalty { account.takeOver(from: other) }
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

extension OrganizationModel.Note {
    fileprivate mutating func take(_ change: NoteChanged, _ recorded: RecordedEvent) {
        note.type = change.type ?? note.type
        note.visibility = change.visibility ?? note.visibility
        note.isPinned = change.isPinned ?? note.isPinned
        if let text = change.text {
            note.text = text
            textSequence = recorded.sequence
        }
        updatedAt = recorded.occurredAt
    }
}
