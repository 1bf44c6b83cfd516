import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// SHA-256 of everything that can be asked for and is not personal, in an order that only the log decides.
    ///
    /// Equal for equal answers, whatever the layout in memory, and whoever reads the log: with the keys of all persons, of
    /// some, or of none. So it tells nothing about a person, and may be shown and kept. Costs time in proportion to the
    /// whole state.
    public func stateHash() -> [UInt8] { stateHash(columns: columnsHash()) }

    /// SHA-256 of what is personal in the state; ``stateHash()`` and this one together are of all that can be asked for.
    ///
    /// Only to compare two states in memory: kept, it would let somebody who guesses a person's data find out whether he is
    /// right, after the person was erased.
    public func personalHash() -> [UInt8] {
        var digest = StateDigest()
        digest.add(customers.country.values)
        for column in [customers.profile, customers.searchText, customers.metadata, customers.addresses] {
            for handle in column { arena.withBytes(handle) { digest.add($0) } }
        }
        for (_, ledger) in merges.ledgers.sorted(by: { $0.key < $1.key }) {
            for handle in [ledger.profile, ledger.metadata] { arena.withBytes(handle) { digest.add($0) } }
            // Which of them the survivor has set since is known to who can read what it set.
            for merge in ledger.merges {
                digest.add(ContiguousArray((merge.moved?.terms.fields ?? []).map(\.rawValue).sorted()))
            }
        }
        return digest.finish()
    }

    /// The state's hash, when that of its columns is known.
    func stateHash(columns: [UInt8]) -> [UInt8] {
        var digest = StateDigest()
        columns.withUnsafeBufferPointer { digest.add($0) }
        digest.add(head.value)
        digest.add(lastRecordedAt.microseconds)
        addSettings(to: &digest)
        addGroups(to: &digest)
        pricing.add(to: &digest)
        customFieldTable.add(to: &digest)
        returns.add(to: &digest)
        addSums(to: &digest)
        addIdempotency(to: &digest)
        addMerges(to: &digest)
        return digest.finish()
    }

    /// The hash of what is large, and follows from nothing else of the state; so it can be made beside the rest.
    func columnsHash() -> [UInt8] {
        var digest = StateDigest()
        addCustomers(to: &digest)
        addTexts(to: &digest)
        addHistories(to: &digest)
        addConsents(to: &digest)
        addDataRequests(to: &digest)
        addOrders(to: &digest)
        addLoyalty(to: &digest)
        addCredit(to: &digest)
        addJobs(to: &digest)
        addSegments(to: &digest)
        addWebhooks(to: &digest)
        addContacts(to: &digest)
        ruleTable.add(to: &digest)
        addViews(to: &digest)
        return digest.finish()
    }

    private func addSettings(to digest: inout StateDigest) {
        digest.add(settings.currency?.description)
        digest.add(settings.timeZone)
        digest.add(Int64(settings.activityWindowDays))
        digest.add(settings.recordedReads.map(\.name).sorted().joined(separator: ","))
        digest.add(settings.recordsOrigin ? 1 as Int64 : 0)
        digest.add(settings.displayName)
        digest.add(settings.joinsVerifiedGuests ? 1 as Int64 : 0)
        addProgram(to: &digest)
        addKeys(to: &digest)
    }

    // Columns rather than rows: a row at a time waits for memory.

    private func addCustomers(to digest: inout StateDigest) {
        let count = customers.count
        digest.add(column: count) { customers.ids[$0].high }
        digest.add(column: count) { customers.ids[$0].low }
        digest.add(column: count) { customers.status[$0].rawValue }
        digest.add(column: count) { customers.accountType[$0].rawValue }
        digest.add(customers.version)
        digest.add(customers.mergedInto)
        digest.add(customers.createdAt.values)
        digest.add(customers.updatedAt.values)
        digest.add(customers.lastLoginAt.values)
        digest.add(customers.firstOrderAt)
        digest.add(customers.lastOrderAt.values)
        digest.add(customers.orderCount.values)
        digest.add(customers.grossSpent.values)
        digest.add(customers.refunded)
        digest.add(customers.source)
        digest.add(sources.texts)
        digest.add(Int64(spending.others.count))
        for (row, others) in spending.others.sorted(by: { $0.key < $1.key }) {
            digest.add(UInt64(row))
            digest.add(Int64(others.count))
            for totals in others {
                digest.add(totals.currency.description)
                digest.add(totals.orderCount)
                digest.add(totals.grossSpent)
                digest.add(totals.refunded)
            }
        }
    }

    private func addTexts(to digest: inout StateDigest) {
        for handle in customers.profile {
            arena.withBytes(handle) { profile in
                let externalID = ProfileRecord.text(.externalID, in: profile)
                digest.add(externalID == nil ? 0 as Int64 : 1)
                if let externalID { digest.add(externalID) }
            }
        }
        for column in [customers.tags, customers.groups] {
            for handle in column { arena.withBytes(handle) { digest.add($0) } }
        }
        digest.add(tagNames.texts)
    }

    private func addHistories(to digest: inout StateDigest) {
        digest.add(customers.lastEvent)
        var distances = timeline.distances
        digest.add(column: timeline.count) { _ in distances.next() ?? 0 }
        digest.add(Int64(notes.rows.count))
        for note in notes.rows {
            digest.add(note.id.high)
            digest.add(note.id.low)
            digest.add(Int64(note.type.rawValue))
            digest.add(actors[note.author])
            digest.add(note.at)
            digest.add(note.sequence)
            digest.add(Int64(note.visibility.rawValue))
            digest.add(Int64((note.isPinned ? 1 : 0) | (note.isRemoved ? 2 : 0)))
            digest.add(note.textSequence)
            digest.add(note.updatedAt)
        }
        for row in 0..<customers.count {
            let places = notes.rows(of: row)
            guard !places.isEmpty else { continue }
            digest.add(Int64(row))
            digest.add(places)
        }
    }

    private func addConsents(to digest: inout StateDigest) {
        let rows = consents.rows
        digest.add(consents.last)
        digest.add(column: rows.count) { rows[$0].sequence }
        digest.add(column: rows.count) { rows[$0].at }
        digest.add(column: rows.count) { rows[$0].previous }
        digest.add(column: rows.count) { rows[$0].merged }
        digest.add(column: rows.count) { rows[$0].kind.rawValue }
        digest.add(column: rows.count) { rows[$0].state.rawValue }
        digest.add(column: rows.count) { rows[$0].optInLevel.rawValue }
        digest.add(reads.sequences)
        digest.add(reads.customers)
    }

    private func addDataRequests(to digest: inout StateDigest) {
        digest.add(Int64(dataRequests.rows.count))
        for row in dataRequests.rows {
            digest.add(row.id.high)
            digest.add(row.id.low)
            digest.add(UInt64(row.customer))
            digest.add(Int64(row.right.rawValue))
            digest.add(Int64(row.channel.rawValue))
            digest.add(Int64(row.status.rawValue))
            digest.add(row.openedAt)
            digest.add(row.dueAt)
            digest.add(actors[row.openedBy])
            digest.add(row.approvedBy == noRow ? nil : actors[row.approvedBy])
            digest.add(ContiguousArray(row.events))
        }
    }

    private func addOrders(to digest: inout StateDigest) {
        let count = orders.count
        for handle in orders.number { arena.withBytes(handle) { digest.add($0) } }
        digest.add(customers.lastOrder)
        digest.add(orders.previous)
        digest.add(orders.customer)
        digest.add(column: count) { orders.sequence[$0] }
        digest.add(orders.placedAt)
        digest.add(orders.total)
        digest.add(column: count) { orders.pointsEarned[$0] }
        digest.add(column: count) { orders.currency[$0].packed }
        digest.add(column: count) { orders.itemCount[$0] }
        digest.add(column: count) { orders.status[$0].rawValue }
        digest.add(column: count) { orders.fulfillment[$0].rawValue }
        digest.add(Int64(orders.refundedByRow.count))
        for (row, amount) in orders.refundedByRow.sorted(by: { $0.key < $1.key }) {
            digest.add(UInt64(row))
            digest.add(amount)
        }
        digest.add(Int64(orders.formerCustomers.count))
        for (row, customers) in orders.formerCustomers.sorted(by: { $0.key < $1.key }) {
            digest.add(UInt64(row))
            digest.add(customers)
        }
        digest.add(refundReferences.sorted())
    }

    private func addGroups(to digest: inout StateDigest) {
        digest.add(Int64(groups.rows.count))
        for group in groups.rows {
            digest.add(group.id.high)
            digest.add(group.id.low)
            digest.add(group.name)
            digest.add(group.description)
            digest.add(group.createdAt)
            digest.add(group.updatedAt)
            digest.add(Int64(group.members.count))
            digest.add(group.isDeleted ? 1 as Int64 : 0)
            digest.add(group.terms)
        }
    }

    private func addSums(to digest: inout StateDigest) {
        digest.add(spending.orderCount)
        digest.add(spending.allOrderCount)
        digest.add(spending.grossSpent)
        digest.add(spending.refunded)
        digest.add(spending.recordedAmount)
        digest.add(Int64(spending.buyerCount))
        digest.add(Int64(customers.standingCount))
        digest.add(Int64(customers.standingRegisteredCount))
        digest.add(Int64(activity.total))
    }

    private func addIdempotency(to digest: inout StateDigest) {
        for (key, entry) in idempotency.all {
            digest.add(key.actor)
            digest.add(key.key)
            digest.add(entry.fingerprint)
            digest.add(entry.firstSequence.value)
            digest.add(Int64(entry.eventCount))
            digest.add(entry.recordedAt.microseconds)
            digest.add(entry.customer.map { Int64($0.value) } ?? -1)
        }
    }
}
