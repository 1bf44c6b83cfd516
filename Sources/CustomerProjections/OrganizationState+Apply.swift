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
        if event.isDefinition {
            definitionEvents.append(record.sequence)
            lastSharedChange = record.sequence
        }
        switch event {
        case .groupCreated(let group): groups.append(group, at: record.occurredAt.microseconds)
        case .loyaltyProgramConfigured(let program): configureLoyalty(program)
        case .segmentDefined(let segment): define(segment, at: record.occurredAt.microseconds)
        case .segmentChanged(let segment, let terms):
            segments.change(segment.index, terms, at: record.occurredAt.microseconds)
        case .segmentRemoved(let segment): segments.remove(segment.index)
        case .ruleDefined(let defined):
            ruleTable.append(RuleTable.Row(rule: AssignmentRule(defined, at: record.occurredAt)))
        case .ruleChanged(let id, let terms): ruleTable.change(id, terms, at: record.occurredAt.microseconds)
        case .ruleRemoved(let id): ruleTable.remove(id)
        case .viewSaved, .viewChanged, .viewRemoved:
            views.apply(event, at: record.occurredAt, by: record.actor.map { String($0) } ?? "")
        case .groupUpdated(let group): groups.update(group, at: record.occurredAt.microseconds)
        case .pricingRuleSet(let rule): pricing.set(rule)
        case .pricingRuleRemoved(let id): pricing.remove(id)
        case .customFieldSet(let field): customFieldTable.set(field)
        case .customFieldRemoved(let id): customFieldTable.remove(id)
        case .groupDeleted(let id): groups.delete(id, at: record.occurredAt.microseconds)
        case .organizationConfigured(let settings): configure(settings)
        case .apiKeyCreated, .apiKeyRevoked, .apiKeyRotated, .roleTemplateDefined, .roleTemplateChanged,
            .roleTemplateRemoved:
            keys.apply(event, at: record.recordedAt)
            lastAccessChange = record.sequence
        case .apiKeyUsed(let used): keys.note(used)
        case .personalDataRead(let read): note(read, at: record.sequence)
        case .jobCreated, .jobProgressed, .jobCancelAsked, .jobFinished, .jobExpired: applyToJobs(event, record)
        case .webhookCreated, .webhookChanged, .webhookRemoved, .webhookDisabled, .webhookSecretRotated:
            webhooks.apply(
                event,
                sequence: record.sequence.value,
                at: record.recordedAt,
                by: record.actor.map { String($0) } ?? ""
            )
        default: break
        }
    }

    private mutating func applyToCustomer(_ record: RecordView, _ row: Int) {
        let time = record.occurredAt.microseconds
        switch record.event {
        case .customerCreated: break
        case .customerLoggedIn: logIn(row, at: time)
        case .addressAdded(let address): add(address, of: row)
        case .groupJoined(let group): joinByHand(group, row, at: time)
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
        case .addressVerified(let verified): verifyAddress(verified, record, row)
        case .addressRemoved(let id): editAddresses(of: row) { $0.addresses.removeAll { $0.id == id } }
        case .defaultAddressesChanged(let shipping, let billing): setDefaults(shipping, billing, of: row)
        case .customerTagged(let tags):
            tag(row, tags)
            noteForRules(tags, row, isTagged: true)
        case .customerUntagged(let tags):
            untag(row, tags)
            noteForRules(tags, row, isTagged: false)
        case .ruleAssigned(let move): apply(move, isGiven: true, row, at: time)
        case .ruleWithdrew(let move): apply(move, isGiven: false, row, at: time)
        case .metadataChanged(let metadata): setMetadata(metadata, of: row)
        case .noteAdded, .noteChanged, .noteRemoved: applyToNotes(event, record, row)
        case .consentChanged(let change): changeConsent(change, record, row)
        case .dataRequestOpened, .dataRequestIdentityChecked, .dataRequestDecided, .dataRequestCancelled,
            .dataRequestExecuted:
            applyToDataRequests(event, record, row)
        case .creditIssued, .creditSpent, .creditReverted, .creditExpired: applyToCredit(event, record, row)
        case .groupLeft(let group): leaveByHand(group, row, at: time)
        case .segmentEntered(let segment): segments.record(row, in: segment.index, true)
        case .segmentLeft(let segment): segments.record(row, in: segment.index, false)
        case .membershipChanged(let change):
            if change.joins {
                joinByHand(change.group, row, at: time)
            } else {
                leaveByHand(change.group, row, at: time)
            }
        case .orderCancelled(let cancelled): cancelOrder(cancelled.number, of: row)
        case .refundRecorded(let refund): self.record(refund, row)
        case .orderMoved(let moved):
            moveOrder(moved.number, to: row)
            lastSharedChange = record.sequence
        case .returnRequested, .returnMoved:
            returns.apply(event, at: record.occurredAt, sequence: record.sequence)
        case .pointsReversed, .pointsRedeemed, .pointsAdjusted, .pointsRestored, .pointsExpired, .pointsActivated,
            .tierChanged, .birthdayRewarded:
            applyToPoints(event, row, record)
        case .customersMerged(let merged, let terms):
            merge(merged.index, into: row, terms, record)
            lastSharedChange = record.sequence
        case .customersUnmerged(let merged):
            unmerge(merged.index, from: row, at: time)
            lastSharedChange = record.sequence
        case .customerErased:
            erase(row)
            lastErasure = record.sequence
            lastSharedChange = record.sequence
            applyToJobs(event, record)
        default: applyToOrganization(event, record)
        }
    }
}

extension Event {
    /// Whether the event says what something is that customers refer to.
    fileprivate var isDefinition: Bool {
        switch self {
        case .organizationConfigured, .loyaltyProgramConfigured, .groupCreated, .groupUpdated, .groupDeleted,
            .segmentDefined, .segmentChanged, .segmentRemoved, .ruleDefined, .ruleChanged, .ruleRemoved:
            true
        default: false
        }
    }
}
