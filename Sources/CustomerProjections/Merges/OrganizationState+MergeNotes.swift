import CustomerDomain
import EventSourcing

// What happens to a survivor while a merge can be undone: what it sets is its own from then on, and what belongs to both
// forbids undoing.
extension OrganizationState {
    /// Takes in the next event of a survivor, before it is applied.
    mutating func noteForMerges(_ record: RecordView, _ row: Int) {
        if let ban = ban(by: record.event, row) {
            let all = merges.ledgers[UInt32(row)]?.merges ?? []
            if let index = all.lastIndex(where: { merge in merge.moved.map { ban.applies(merge.merged, $0) } ?? false })
            {
                settle(row, through: index, MergeObstacle(ban.reason, record.sequence))
            }
        }
        guard merges.open[row] else { return }
        switch record.event {
        case .customerLoggedIn:
            let time = record.occurredAt.microseconds
            editLedger(row) { $0.lastLoginAt = max($0.lastLoginAt, time) }
        case .orderPlaced(let order): noteOwnNames(order, row)
        case .other(let event): noteForMerges(event, row)
        default: break
        }
    }

    private mutating func noteForMerges(_ event: Event, _ row: Int) {
        switch event {
        case .customerUpdated(let updated):
            editOwnProfile(row) { own in
                own.profile = updated.profile.applied(to: own.profile)
                own.externalID = updated.externalID.applied(to: own.externalID)
            }
            editMoved(row) { $0.terms.fields.subtract(updated.profile.edited) }
        case .customerDisabled, .customerEnabled:
            let status: CustomerStatus = if case .customerDisabled = event { .disabled } else { .active }
            editLedger(row) { $0.status = status }
            editMoved(row) { $0.disables = false }
        case .guestClaimed: editLedger(row) { $0.accountType = .registered }
        case .metadataChanged(let metadata):
            guard var handle = merges.ledgers[UInt32(row)]?.metadata else { return }
            packMetadata(metadata)
            arena.replaceOrRemove(&handle, with: scratch)
            editLedger(row) { $0.metadata = handle }
        case .customerUntagged(let tags):
            let codes = tags.compactMap { tagNames.code(of: $0) }
            editMoved(row) { $0.newTags.removeAll { codes.contains($0) } }
        case .ruleWithdrew(let move) where move.isChange:
            switch move.gift {
            case .tag(let tag): noteForMerges(.customerUntagged([tag]), row)
            case .group(let id): if let group = group(id) { noteForMerges(.groupLeft(group), row) }
            }
        case .groupLeft(let group): editMoved(row) { $0.newGroups.removeAll { $0 == group.value } }
        case .membershipChanged(let change) where !change.joins:
            editMoved(row) { $0.newGroups.removeAll { $0 == change.group.value } }
        default: break
        }
    }

    private mutating func noteOwnNames(_ order: PlacedOrderView, _ row: Int) {
        guard order.recipientFirstName != nil || order.recipientLastName != nil else { return }
        let names = (order.recipientFirstName.map { String($0) }, order.recipientLastName.map { String($0) })
        editOwnProfile(row) { ($0.orderFirstName, $0.orderLastName) = names }
    }

    private mutating func editLedger(_ row: Int, _ edit: (inout MergeLedger) -> Void) {
        guard var ledger = merges.ledgers.removeValue(forKey: UInt32(row)) else { return }
        edit(&ledger)
        merges.ledgers[UInt32(row)] = ledger
    }

    private mutating func editMoved(_ row: Int, _ edit: (inout MovedRows) -> Void) {
        editLedger(row) { ledger in
            for index in ledger.merges.indices {
                guard var moved = ledger.merges[index].moved else { continue }
                edit(&moved)
                ledger.merges[index].moved = moved
            }
        }
    }

    private mutating func editOwnProfile(_ row: Int, _ edit: (inout ProfileRecord) -> Void) {
        guard var ledger = merges.ledgers[UInt32(row)] else { return }
        var profile = arena.withBytes(ledger.profile) { ProfileRecord($0) }
        edit(&profile)
        writeProfile(profile, at: &ledger.profile)
        merges.ledgers[UInt32(row)] = ledger
    }

    private mutating func writeProfile(_ profile: ProfileRecord, at handle: inout Arena.Handle) {
        scratch.removeAll(keepingCapacity: true)
        profile.write(into: &scratch)
        arena.replace(&handle, with: scratch)
    }

    // MARK: What forbids undoing

    /// Which merges an event forbids to undo, and why.
    private struct Ban {
        var reason: MergeObstacle.Reason
        var applies: (_ merged: UInt32, MovedRows) -> Bool
    }

    private mutating func ban(by event: EventView, _ row: Int) -> Ban? {
        switch event {
        case .pointsEarned(let earned):
            return pointsBan(orderRow: earned.orderNumber.flatMap { orderRow($0.bytes, of: row) })
        case .other(.pointsReversed(let reversed)): return pointsBan(orderRow: orderRow(reversed.orderNumber, of: row))
        case .other(.pointsAdjusted), .other(.pointsRedeemed), .other(.pointsRestored), .other(.pointsExpired),
            .other(.pointsActivated), .other(.birthdayRewarded):
            return pointsBan(orderRow: nil)
        case .other(.addressUpdated(let id, _)), .other(.addressRemoved(let id)):
            return Ban(reason: .address) { $1.terms.addresses.contains(id) }
        case .other(.addressVerified(let verified)):
            return Ban(reason: .address) { $1.terms.addresses.contains(verified.address) }
        case .other(.metadataChanged): return Ban(reason: .metadata) { $1.terms.metadata != nil }
        case .other(.orderCancelled(let cancelled)):
            let order = orderRow(cancelled.number, of: row)
            return Ban(reason: .order) { $1.holds(order: order) }
        case .other(.refundRecorded(let refund)):
            guard let number = refund.orderNumber else { return nil }
            let order = orderRow(number, of: row)
            return Ban(reason: .order) { $1.holds(order: order) }
        case .other(.orderMovedAway(let moved)):
            let order = orderRow(moved.number, of: row)
            return Ban(reason: .order) { $1.holds(order: order) }
        case .other(.creditSpent(let spent)): return creditBan(spent.allocations)
        case .other(.creditReverted(let reverted)): return creditBan(reverted.allocations)
        case .other(let event):
            guard let request = event.changedDataRequest.flatMap({ dataRequests.row($0) }) else { return nil }
            let answering = answering(for: dataRequests.rows[request].customer)
            return Ban(reason: .dataRequest) { merged, _ in answering.contains(merged) }
        default: return nil
        }
    }

    private func creditBan(_ allocations: [CreditAllocation]) -> Ban {
        let lots = allocations.compactMap { credit.lot($0.lot) }
        let answering = lots.flatMap { self.answering(for: credit.lots[$0].customer) }
        return Ban(reason: .credit) { merged, _ in answering.contains(merged) }
    }

    /// A customer, and all who answer for it by merges.
    private func answering(for customer: UInt32) -> [UInt32] {
        var answering: [UInt32] = []
        var next = customer
        while next != noRow {
            answering.append(next)
            next = customers.mergedInto[Int(next)]
        }
        return answering
    }

    private func pointsBan(orderRow order: Int?) -> Ban {
        Ban(reason: .points) { $1.account != noRow || $1.holds(order: order) }
    }

    /// From now on a merge, and those before it, cannot be undone: what the survivor took is its own.
    mutating func settle(_ survivor: Int, through last: Int, _ obstacle: MergeObstacle) {
        guard var ledger = merges.ledgers[UInt32(survivor)] else { return }
        var settled = ledger
        settled.merges.removeSubrange((last + 1)...)
        writeProfile(mergedProfile(settled), at: &ledger.profile)
        packMetadata(mergedMetadata(settled))
        arena.replaceOrRemove(&ledger.metadata, with: scratch)
        ledger.accountType = mergedAccountType(settled)
        for index in 0...last {
            guard let moved = ledger.merges[index].moved else { continue }
            if moved.disables { ledger.status = .disabled }
            ledger.lastLoginAt = max(ledger.lastLoginAt, customers.lastLoginAt[Int(ledger.merges[index].merged)])
            ledger.merges[index].moved = nil
        }
        ledger.merges[last].obstacle = obstacle
        merges.ledgers[UInt32(survivor)] = ledger
        if !ledger.isOpen { closeLedger(of: survivor) }
    }
}
