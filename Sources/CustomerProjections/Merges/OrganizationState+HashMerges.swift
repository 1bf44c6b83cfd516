import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// Adds what it takes to undo merges, but for what is personal.
    func addMerges(to digest: inout StateDigest) {
        digest.add(Int64(merges.ledgers.count))
        for (survivor, ledger) in merges.ledgers.sorted(by: { $0.key < $1.key }) {
            digest.add(UInt64(survivor))
            digest.add(Int64(ledger.merges.count))
            if ledger.isOpen {
                digest.add(Int64(ledger.status.rawValue))
                digest.add(Int64(ledger.accountType.rawValue))
                digest.add(ledger.lastLoginAt)
            }
            for merge in ledger.merges {
                digest.add(UInt64(merge.merged))
                digest.add(merge.sequence)
                digest.add(Int64(merge.obstacle?.reason.rawValue ?? 0))
                digest.add(merge.obstacle?.sequence.value ?? 0)
                digest.add(Int64(merge.moved == nil ? 0 : 1))
                if let moved = merge.moved { add(moved, to: &digest) }
            }
        }
        digest.add(Int64(merges.formerSurvivors.count))
        for (merged, survivors) in merges.formerSurvivors.sorted(by: { $0.key < $1.key }) {
            digest.add(UInt64(merged))
            digest.add(survivors)
        }
    }

    private func add(_ moved: MovedRows, to digest: inout StateDigest) {
        digest.add(Int64(moved.terms.metadata?.rawValue ?? 0))
        digest.add(ContiguousArray(moved.terms.addresses.flatMap { [$0.high, $0.low] }))
        digest.add(Int64((moved.wasDisabled ? 1 : 0) | (moved.disables ? 2 : 0)))
        let lists = [moved.tags, moved.newTags, moved.groups, moved.newGroups, moved.orders, moved.notes]
        for rows in lists + [moved.movements, moved.cards, [moved.account]] { digest.add(rows) }
        digest.add([moved.marks.tier, moved.marks.birthdayYear])
        digest.add(moved.marks.tierSince)
        digest.add(Int64(moved.totals.count))
        for totals in moved.totals {
            digest.add(totals.currency.description)
            digest.add(totals.orderCount)
            digest.add(totals.grossSpent)
            digest.add(totals.refunded)
        }
    }
}
