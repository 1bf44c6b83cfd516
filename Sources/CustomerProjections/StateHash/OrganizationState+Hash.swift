import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// SHA-256 of everything that can be asked for, in an order that only the log decides.
    ///
    /// Equal for equal answers, whatever the layout in memory; so also equal after a replay of a log whose erased persons
    /// can no longer be read. Costs time in proportion to the whole state.
    public func stateHash() -> [UInt8] {
        var digest = StateDigest()
        digest.add(head.value)
        digest.add(lastRecordedAt.microseconds)
        addSettings(to: &digest)
        for row in 0..<customers.count {
            addCustomer(row, to: &digest)
            addTexts(of: row, to: &digest)
            addHistory(of: row, to: &digest)
        }
        addOrders(to: &digest)
        addGroups(to: &digest)
        addLoyalty(to: &digest)
        addSums(to: &digest)
        addIdempotency(to: &digest)
        return digest.finish()
    }

    private func addSettings(to digest: inout StateDigest) {
        digest.add(settings.currency?.description)
        digest.add(settings.timeZone)
        digest.add(Int64(settings.activityWindowDays))
        digest.add(loyaltyProgram?.name)
        digest.add(loyaltyProgram?.pointsPerRedeemedUnit ?? 0)
        digest.add(loyaltyProgram?.earnsOnOrders == true ? 1 as Int64 : 0)
        for tier in loyaltyProgram?.tiers ?? [] {
            digest.add(tier.name)
            digest.add(tier.threshold)
            digest.add(tier.pointsPerUnit)
        }
        digest.add(Int64(keys.keys.count))
        for key in keys.keys.sorted(by: { $0.id < $1.id }) {
            digest.add(key.id.high)
            digest.add(key.id.low)
            digest.add(key.name)
            key.secretDigest.withUnsafeBufferPointer { digest.add($0) }
            digest.add(Int64(key.role.rawValue))
            digest.add(key.permissions.map(\.name).sorted().joined(separator: ","))
        }
    }

    private func addCustomer(_ row: Int, to digest: inout StateDigest) {
        digest.add(customers.ids[row].high)
        digest.add(customers.ids[row].low)
        digest.add(Int64(customers.status[row].rawValue) << 8 | Int64(customers.accountType[row].rawValue))
        digest.add(UInt64(customers.version[row]) << 32 | UInt64(customers.mergedInto[row]))
        digest.add(customers.createdAt[row])
        digest.add(customers.updatedAt[row])
        digest.add(customers.lastLoginAt[row])
        digest.add(customers.firstOrderAt[row])
        digest.add(customers.lastOrderAt[row])
        digest.add(customers.orderCount[row])
        digest.add(customers.grossSpent[row])
        digest.add(customers.refunded[row])
        digest.add(Int64(customers.country[row]))
        digest.add(customers.source[row] == 0 ? nil : sources[customers.source[row] - 1])
        for totals in spending.others[UInt32(row)] ?? [] {
            digest.add(totals.currency.description)
            digest.add(totals.orderCount)
            digest.add(totals.grossSpent)
            digest.add(totals.refunded)
        }
    }

    private func addTexts(of row: Int, to digest: inout StateDigest) {
        arena.withBytes(customers.profile[row]) { digest.add($0) }
        arena.withBytes(customers.searchText[row]) { digest.add($0) }
        arena.withBytes(customers.metadata[row]) { digest.add($0) }
        arena.withBytes(customers.addresses[row]) { digest.add($0) }
        let tags = tags(of: CustomerOrdinal(UInt32(row)))
        digest.add(Int64(tags.count))
        for tag in tags { digest.add(tag) }
        arena.withBytes(customers.groups[row]) { digest.add($0) }
    }

    private func addHistory(of row: Int, to digest: inout StateDigest) {
        var event = customers.lastEvent[row]
        while event != 0 {
            digest.add(event)
            event = timeline.previous(of: event)
        }
        digest.add(0 as Int64)
        for place in notes.rows(of: row) {
            let note = notes.rows[Int(place)]
            digest.add(note.id.high)
            digest.add(note.id.low)
            digest.add(Int64(note.type.rawValue))
            digest.add(actors[note.author])
            digest.add(note.at)
            digest.add(note.sequence)
        }
        digest.add(0 as Int64)
    }

    private func addOrders(to digest: inout StateDigest) {
        digest.add(Int64(orders.count))
        for row in 0..<orders.count {
            arena.withBytes(orders.number[row]) { digest.add($0) }
            digest.add(UInt64(orders.customer[row]))
            digest.add(orders.sequence[row])
            digest.add(orders.placedAt[row])
            digest.add(orders.total[row])
            digest.add(orders.refunded(row))
            digest.add(orders.pointsEarned[row])
            digest.add(UInt64(orders.currency[row].packed) << 32 | UInt64(orders.itemCount[row]))
            digest.add(Int64(orders.status[row].rawValue) << 8 | Int64(orders.fulfillment[row].rawValue))
        }
        digest.add(Int64(refundReferences.count))
        for reference in refundReferences.sorted() { digest.add(reference) }
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
        }
    }

    private func addLoyalty(to digest: inout StateDigest) {
        for row in 0..<customers.count where customers.loyaltyAccount[row] != noRow {
            let account = loyalty.accounts[Int(customers.loyaltyAccount[row])]
            digest.add(Int64(row))
            digest.add(account.cardNumber)
            digest.add(account.enrolledAt)
            digest.add(account.balance)
            digest.add(account.lifetimePoints)
            digest.add(account.credited)
            digest.add(account.debited)
            var place = account.lastMovement
            while place != noRow {
                let movement = loyalty.movements[Int(place)]
                digest.add(movement.sequence)
                digest.add(movement.points)
                digest.add(movement.at)
                digest.add(Int64(movement.kind.rawValue))
                place = movement.previous
            }
            digest.add(0 as Int64)
        }
        for (number, account) in loyalty.cardOwners {
            digest.add(number)
            digest.add(Int64(loyalty.accounts[account].customer))
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
