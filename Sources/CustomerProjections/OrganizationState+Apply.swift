public import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// Takes the next event in: the only way to change the state.
    ///
    /// Costs about the same however large the organization is, but for a merge and its undoing, which cost as much as both
    /// have, and for orders that are cancelled or placed out of order, which cost as much as their customer has orders.
    public mutating func apply(_ record: RecordView) {
        head = record.sequence
        lastRecordedAt = record.recordedAt
        idempotency.note(record)
        if case .customerCreated(let created) = record.event {
            create(created, record)
            return
        }
        guard let customer = record.customer else {
            if case .other(let event) = record.event { applyToOrganization(event, record) }
            return
        }
        let row = customer.index
        guard row < customers.count else { return }
        touch(row, record)
        if merges.open[row] { noteForMerges(record, row) }
        applyToCustomer(record, row)
    }

    /// Notes that something happened to a customer.
    mutating func touch(_ row: Int, _ record: RecordView) {
        customers.version[row] = record.customerVersion
        customers.updatedAt[row] = max(customers.updatedAt[row], record.occurredAt.microseconds)
        timeline.append(record.sequence.value, after: customers.lastEvent[row])
        customers.lastEvent[row] = record.sequence.value
    }

    private mutating func applyToOrganization(_ event: Event, _ record: RecordView) {
        switch event {
        case .groupCreated(let group): groups.append(group, at: record.occurredAt.microseconds)
        case .loyaltyProgramConfigured(let program): loyaltyProgram = program
        case .organizationConfigured(let settings): configure(settings)
        case .apiKeyCreated(let key): keys.insert(key)
        case .apiKeyRevoked(let id): keys.remove(id)
        case .personalDataRead(let read): note(read, at: record.sequence)
        default: break
        }
    }

    private mutating func applyToCustomer(_ record: RecordView, _ row: Int) {
        let time = record.occurredAt.microseconds
        switch record.event {
        case .customerCreated: break
        case .customerLoggedIn: logIn(row, at: time)
        case .addressAdded(let address): add(address, of: row)
        case .groupJoined(let group): join(group, row, at: time)
        case .orderPlaced(let order): place(order, record, row)
        case .orderStatusChanged(let change): changeOrder(change, of: row)
        case .loyaltyEnrolled(let card): enroll(row, card.map { String($0) } ?? "", at: time)
        case .pointsEarned(let earned): earn(earned, row, record)
        case .other(let event): applyRare(event, record, row)
        }
    }

    /// The types of events of which there are few.
    private mutating func applyRare(_ event: Event, _ record: RecordView, _ row: Int) {
        let time = record.occurredAt.microseconds
        switch event {
        case .customerUpdated(let updated):
            update(row, updated)
            contacts.apply(event, at: record.occurredAt, row)
        case .verificationRequested, .verificationFailed, .contactVerified, .suppressionChanged,
            .passwordResetRequested, .passwordReset:
            contacts.apply(event, at: record.occurredAt, row)
        case .customerDisabled: customers.setStatus(.disabled, of: row)
        case .customerEnabled: customers.setStatus(.active, of: row)
        case .guestClaimed: setAccountType(.registered, of: row)
        case .addressUpdated(let id, let fields): updateAddress(id, fields, of: row)
        case .addressRemoved(let id): editAddresses(of: row) { $0.addresses.removeAll { $0.id == id } }
        case .defaultAddressesChanged(let shipping, let billing): setDefaults(shipping, billing, of: row)
        case .customerTagged(let tags): tag(row, tags)
        case .customerUntagged(let tags): untag(row, tags)
        case .metadataChanged(let metadata): setMetadata(metadata, of: row)
        case .noteAdded(let note): addNote(note, record, row)
        case .consentChanged(let change): changeConsent(change, record, row)
        case .dataRequestOpened, .dataRequestIdentityChecked, .dataRequestDecided, .dataRequestCancelled,
            .dataRequestExecuted:
            applyToDataRequests(event, record, row)
        case .creditIssued, .creditSpent, .creditReverted, .creditExpired: applyToCredit(event, record, row)
        case .groupLeft(let group): leave(group, row, at: time)
        case .orderCancelled(let cancelled): cancelOrder(cancelled.number, of: row)
        case .refundRecorded(let refund): self.record(refund, row)
        case .pointsReversed(let back):
            let order = orderRow(back.orderNumber, of: row)
            movePoints(-back.points, .reversed, order: order, row, record)
        case .pointsRedeemed(let redeemed): movePoints(-redeemed.points, .redeemed, order: nil, row, record)
        case .pointsAdjusted(let adjusted):
            let sign: Int64 = adjusted.adjustment == .add ? 1 : -1
            movePoints(sign * adjusted.points, .adjusted, order: nil, row, record)
        case .customersMerged(let merged, let terms): merge(merged.index, into: row, terms, record)
        case .customersUnmerged(let merged): unmerge(merged.index, from: row, at: time)
        case .customerErased:
            erase(row)
            lastErasure = record.sequence
        default: applyToOrganization(event, record)
        }
    }
}
