import EventSourcing

extension OrganizationModel {
    /// A merge that was not undone: both customers as they were, and what happened to the survivor since.
    struct Merge: Hashable, Sendable {
        var survivor: CustomerOrdinal
        var merged: CustomerOrdinal
        var terms: MergeTerms
        var survivorBefore: Customer
        var mergedBefore: Customer
        /// What came with the merged customer, by number, reference and card.
        var orders: Set<String>
        var refunds: Set<String>
        var cards: Set<String>
        /// Requests about their data of the merged customer, and of those who were merged into it.
        var dataRequests: Set<DataRequestID>
        /// Lots of store credit that came.
        var creditLots: Set<CreditLotID>
        /// Tags and groups that came, less those that the survivor lost since.
        var tags: Set<String>
        var groups: Set<GroupOrdinal>
        /// What events of the survivor's own set since.
        var editedFields: Set<MergeField> = []
        var isStatusSet = false
        var isTypeSet = false
        var lastLoginAt: Timestamp?
        var obstacle: MergeObstacle?
    }

    /// As ``Event/customersMerged(merged:terms:)`` says.
    mutating func merge(_ merged: CustomerOrdinal, into survivor: CustomerOrdinal, _ terms: MergeTerms?) {
        guard customers.indices.contains(merged.index), merged != survivor else { return }
        mergeRules(merged, into: survivor)
        let (one, other) = (customers[survivor.index], customers[merged.index])
        let resolved = terms ?? MergeTerms(addresses: other.addresses.map(\.id))
        merges.append(
            Merge(
                survivor: survivor,
                merged: merged,
                terms: resolved,
                survivorBefore: one,
                mergedBefore: other,
                orders: Set(orders.filter { $0.customer == merged }.map(\.order.number)),
                refunds: Set(refunds.filter { $0.customer == merged }.map(\.refund.reference)),
                cards: Set(loyaltyCards.filter { $0.value == merged }.keys),
                dataRequests: Set(dataRequests.filter { isAnswered($0.customer, by: merged) }.map(\.id)),
                creditLots: Set(credit.lots.filter { $0.customer == merged }.map(\.lot.id)),
                tags: Set(other.tags).subtracting(one.tags),
                groups: other.groups.subtracting(one.groups),
                obstacle: terms == nil ? MergeObstacle(.firstForm, head) : nil
            )
        )
        var left = other
        customers[survivor.index].takeOver(from: &left, resolved)
        customers[survivor.index].consents.items.append(.merged(merged, other.consents))
        credit.move(from: merged, to: survivor) { _ in true }
        left.status = .merged
        left.mergedInto = survivor
        customers[merged.index] = left
        give(from: merged, to: survivor) { _ in
            true
        } _: { _ in
            true
        } _: { _ in
            true
        }
    }

    /// As ``Event/customersUnmerged(merged:)`` says.
    mutating func unmerge(_ merged: CustomerOrdinal, from survivor: CustomerOrdinal) {
        guard let index = merges.lastIndex(where: { $0.survivor == survivor }), merges[index].merged == merged,
            merges[index].obstacle == nil, [.active, .disabled].contains(customers[survivor.index].status)
        else { return }
        let merge = merges.remove(at: index)
        let brought = Set(merge.mergedBefore.notes.map(\.note.id))
        let notes = customers[survivor.index].notes.filter { brought.contains($0.note.id) }
        customers[survivor.index] = merge.survivorAlone(from: customers[survivor.index])
        customers[merged.index] = merge.mergedBefore
        customers[merged.index].notes = notes
        unmergeRules(from: survivor)
        credit.move(from: survivor, to: merged) { merge.creditLots.contains($0) }
        give(from: survivor, to: merged) {
            merge.orders.contains($0)
        } _: {
            merge.refunds.contains($0)
        } _: {
            merge.cards.contains($0)
        }
    }

    private func isAnswered(_ customer: CustomerOrdinal, by other: CustomerOrdinal) -> Bool {
        var answering: CustomerOrdinal? = customer
        while let one = answering, one != other { answering = customers[one.index].mergedInto }
        return answering != nil
    }

    private mutating func give(
        from one: CustomerOrdinal,
        to other: CustomerOrdinal,
        _ isOrder: (String) -> Bool,
        _ isRefund: (String) -> Bool,
        _ isCard: (String) -> Bool
    ) {
        for index in orders.indices where orders[index].customer == one && isOrder(orders[index].order.number) {
            orders[index].customer = other
        }
        for index in refunds.indices where refunds[index].customer == one && isRefund(refunds[index].refund.reference) {
            refunds[index].customer = other
        }
        for (card, holder) in loyaltyCards where holder == one && isCard(card) { loyaltyCards[card] = other }
    }
}

extension OrganizationModel.Merge {
    /// Takes in what happens to the survivor.
    mutating func note(_ recorded: RecordedEvent) {
        switch recorded.event {
        case .customerUpdated(let update): editedFields.formUnion(update.profile.edited)
        case .customerDisabled, .customerEnabled: isStatusSet = true
        case .guestClaimed: isTypeSet = true
        case .customerLoggedIn: lastLoginAt = max(lastLoginAt ?? recorded.occurredAt, recorded.occurredAt)
        case .customerUntagged(let lost): tags.subtract(lost)
        case .groupLeft(let group): groups.remove(group)
        case .membershipChanged(let change): if !change.joins { groups.remove(change.group) }
        default: break
        }
        if obstacle == nil, let reason = reason(recorded.event) { obstacle = MergeObstacle(reason, recorded.sequence) }
    }

    private func reason(_ event: Event) -> MergeObstacle.Reason? {
        switch event {
        case .addressUpdated(let id, _), .addressRemoved(let id): terms.addresses.contains(id) ? .address : nil
        case .addressVerified(let verified): terms.addresses.contains(verified.address) ? .address : nil
        case .metadataChanged: terms.metadata != nil ? .metadata : nil
        case .orderCancelled(let cancelled): orders.contains(cancelled.number) ? .order : nil
        case .refundRecorded(let refund): isOrder(refund.orderNumber) ? .order : nil
        case .orderMovedAway(let moved): isOrder(moved.number) ? .order : nil
        case .pointsEarned(let earned): hasAccount || isOrder(earned.orderNumber) ? .points : nil
        case .pointsReversed(let reversed): hasAccount || isOrder(reversed.orderNumber) ? .points : nil
        case .pointsAdjusted, .pointsRedeemed, .pointsRestored, .pointsExpired, .pointsActivated, .birthdayRewarded:
            hasAccount ? .points : nil
        case .creditSpent(let spent): isOfLots(spent.allocations) ? .credit : nil
        case .creditReverted(let reverted): isOfLots(reverted.allocations) ? .credit : nil
        default: event.changedDataRequest.map { dataRequests.contains($0) } == true ? .dataRequest : nil
        }
    }

    private func isOfLots(_ allocations: [CreditAllocation]) -> Bool {
        allocations.contains { creditLots.contains($0.lot) }
    }

    private var hasAccount: Bool { mergedBefore.loyalty != nil }

    private func isOrder(_ number: String?) -> Bool { number.map { orders.contains($0) } ?? false }

    /// The survivor without what came with the merged customer.
    func survivorAlone(from now: OrganizationModel.Customer) -> OrganizationModel.Customer {
        var alone = now
        for field in terms.fields where !editedFields.contains(field) {
            alone.profile.take(field, of: survivorBefore.profile)
        }
        alone.contacts.giveBack(terms.fields.subtracting(editedFields))
        if terms.metadata != nil { alone.metadata = survivorBefore.metadata }
        if !isStatusSet { alone.status = survivorBefore.status }
        if !isTypeSet { alone.accountType = survivorBefore.accountType }
        alone.lastLoginAt = [survivorBefore.lastLoginAt, lastLoginAt].compactMap { $0 }.max()
        alone.tags.removeAll { tags.contains($0) }
        alone.groups.subtract(groups)
        alone.addresses.removeAll { terms.addresses.contains($0.id) }
        let notes = Set(mergedBefore.notes.map(\.sequence))
        alone.notes.removeAll { notes.contains($0.sequence) }
        alone.consents.items.removeAll { item in
            if case .merged(merged, _) = item { true } else { false }
        }
        if hasAccount { alone.loyalty = survivorBefore.loyalty }
        return alone
    }
}
