public import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// Takes the next event in: the only way to change the state.
    ///
    /// Costs about the same however large the organization is, but for a merge, which costs as much as the merged customer
    /// has, and for orders that are cancelled or placed out of order, which cost as much as their customer has orders.
    public mutating func apply(_ event: RecordedEvent) {
        head = event.sequence
        lastRecordedAt = event.recordedAt
        idempotency.note(event)
        if case .customerCreated(let created) = event.event {
            create(created, event)
            return
        }
        guard let customer = event.customer else {
            applyToOrganization(event)
            return
        }
        let row = customer.index
        guard row < customers.count else { return }
        touch(row, event)
        applyToCustomer(event, row)
    }

    /// Notes that something happened to a customer.
    mutating func touch(_ row: Int, _ event: RecordedEvent) {
        customers.version[row] = event.customerVersion
        customers.updatedAt[row] = max(customers.updatedAt[row], event.occurredAt.microseconds)
        timeline.append(event.sequence.value, after: customers.lastEvent[row])
        customers.lastEvent[row] = event.sequence.value
    }

    private mutating func applyToOrganization(_ event: RecordedEvent) {
        switch event.event {
        case .groupCreated(let group): groups.append(group, at: event.occurredAt.microseconds)
        case .loyaltyProgramConfigured(let program): loyaltyProgram = program
        case .organizationConfigured(let settings): configure(settings)
        case .apiKeyCreated(let key): keys.insert(key)
        case .apiKeyRevoked(let id): keys.remove(id)
        default: break
        }
    }

    private mutating func applyToCustomer(_ event: RecordedEvent, _ row: Int) {
        switch event.event {
        case .customerUpdated(let updated): update(row, updated)
        case .customerDisabled: customers.setStatus(.disabled, of: row)
        case .customerEnabled: customers.setStatus(.active, of: row)
        case .customerLoggedIn: logIn(row, at: event.occurredAt.microseconds)
        case .guestClaimed: setAccountType(.registered, of: row)
        case .addressAdded(let address): editAddresses(of: row) { $0.add(address) }
        case .addressUpdated(let id, let fields): updateAddress(id, fields, of: row)
        case .addressRemoved(let id): editAddresses(of: row) { $0.addresses.removeAll { $0.id == id } }
        case .defaultAddressesChanged(let shipping, let billing): setDefaults(shipping, billing, of: row)
        case .customerTagged(let tags): tag(row, tags)
        case .customerUntagged(let tags): untag(row, tags)
        case .metadataChanged(let metadata): setMetadata(metadata, of: row)
        case .noteAdded(let note): addNote(note, event, row)
        case .groupJoined(let group): join(group, row, at: event.occurredAt.microseconds)
        case .groupLeft(let group): leave(group, row, at: event.occurredAt.microseconds)
        case .orderPlaced(let order): place(order, event, row)
        case .orderStatusChanged(let change): changeOrder(change)
        case .orderCancelled(let cancelled): cancelOrder(cancelled.number)
        case .refundRecorded(let refund): record(refund, row)
        case .loyaltyEnrolled(let card): enroll(row, card, at: event.occurredAt.microseconds)
        case .pointsEarned(let earned): movePoints(earned.points, .earned, order: earned.orderNumber, row, event)
        case .pointsReversed(let back): movePoints(-back.points, .reversed, order: back.orderNumber, row, event)
        case .pointsRedeemed(let redeemed): movePoints(-redeemed.points, .redeemed, order: nil, row, event)
        case .pointsAdjusted(let adjusted):
            let sign: Int64 = adjusted.adjustment == .add ? 1 : -1
            movePoints(sign * adjusted.points, .adjusted, order: nil, row, event)
        case .customersMerged(let merged): merge(merged.index, into: row, at: event.occurredAt.microseconds)
        case .customerErased:
            erase(row)
            lastErasure = event.sequence
        default: applyToOrganization(event)
        }
    }
}
