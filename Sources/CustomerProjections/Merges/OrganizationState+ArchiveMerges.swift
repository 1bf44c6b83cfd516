import CustomerDomain
import EventSourcing

// What it takes to undo merges: nothing personal. What a survivor is without them is archived with the people.
extension OrganizationState {
    func archiveMerges(into writer: inout ArchiveWriter) throws {
        try writer.begin(.merges)
        try writer.add(UInt64(merges.ledgers.count))
        for (survivor, ledger) in merges.ledgers.sorted(by: { $0.key < $1.key }) {
            try writer.add(survivor)
            try writer.add(ledger.status.rawValue)
            try writer.add(ledger.accountType.rawValue)
            try writer.add(ledger.lastLoginAt)
            try writer.add(UInt64(ledger.merges.count))
            for merge in ledger.merges {
                try writer.add(merge.merged)
                try writer.add(merge.sequence)
                try writer.add(merge.obstacle?.reason.rawValue ?? 0)
                try writer.add(merge.obstacle?.sequence.value ?? 0)
                try writer.add(UInt8(merge.moved == nil ? 0 : 1))
                if let moved = merge.moved { try moved.archive(into: &writer) }
            }
        }
        try writer.add(UInt64(merges.formerSurvivors.count))
        for (merged, survivors) in merges.formerSurvivors.sorted(by: { $0.key < $1.key }) {
            try writer.add(merged)
            try writer.add(column: survivors)
        }
    }

    mutating func loadMerges(from reader: inout ArchiveReader) throws {
        try reader.begin(.merges)
        for _ in 0..<(try reader.count(of: 22)) {
            let survivor: UInt32 = try reader.number()
            try reader.check(survivor < customers.count && merges.ledgers[survivor] == nil, "a survivor is not there")
            guard let status = CustomerStatus(rawValue: try reader.number()),
                let type = AccountType(rawValue: try reader.number())
            else { throw reader.malformed("a survivor has no status or type") }
            var ledger = MergeLedger(status: status, accountType: type, lastLoginAt: try reader.number())
            for _ in 0..<(try reader.count(of: 22)) { ledger.merges.append(try merge(from: &reader)) }
            merges.ledgers[survivor] = ledger
            merges.open[Int(survivor)] = ledger.isOpen
        }
        for _ in 0..<(try reader.count(of: 12)) {
            let merged: UInt32 = try reader.number()
            let survivors = try reader.column(UInt32.self)
            try reader.check(survivors.allSatisfy { $0 < customers.count }, "a former survivor is not there")
            merges.formerSurvivors[merged] = survivors
        }
    }

    private func merge(from reader: inout ArchiveReader) throws -> MergeLedger.Merge {
        let merged: UInt32 = try reader.number()
        try reader.check(merged < customers.count, "a merged customer is not there")
        let sequence: UInt64 = try reader.number()
        let reason = MergeObstacle.Reason(rawValue: try reader.number())
        let obstacle = SequenceNumber(try reader.number())
        let isOpen = try reader.number(UInt8.self) == 1
        return MergeLedger.Merge(
            merged: merged,
            sequence: sequence,
            obstacle: reason.map { MergeObstacle($0, obstacle) },
            moved: isOpen ? try MovedRows(from: &reader) : nil
        )
    }

    /// What merges refer to must be there, or undoing one would trap.
    func checkMerges(_ check: (Bool, String) throws -> Void) throws {
        for (survivor, ledger) in merges.ledgers {
            for merge in ledger.merges {
                try check(customers.mergedInto[Int(merge.merged)] == survivor, "a merge has another survivor")
                guard let moved = merge.moved else { continue }
                try check(isBelow(tagNames.count, moved.tags, moved.newTags), "a merged tag is not there")
                try check(isBelow(groups.rows.count, moved.groups, moved.newGroups), "a merged group is not there")
                try check(isBelow(orders.count, moved.orders), "a merged order is not there")
                try check(isBelow(notes.rows.count, moved.notes), "a merged note is not there")
                try check(isBelow(loyalty.movements.count, moved.movements), "a merged movement is not there")
                try check(isBelow(loyalty.cardNumbers.count, moved.cards), "a merged card is not there")
                try check(isRow(moved.account, of: loyalty.accounts.count), "a merged account is not there")
                try check(Int(moved.marks.tier) <= loyalty.tierNames.count, "a tier before a merge is not there")
            }
        }
    }

    private func isBelow(_ count: Int, _ lists: MovedRows.Rows...) -> Bool {
        lists.allSatisfy { $0.allSatisfy { $0 < count } }
    }

    /// Makes what survivors show of what they are without their merges; their rows hold the latter as they come from an archive.
    mutating func deriveMerges() {
        // Who was merged with all who had been merged before comes first.
        let survivors = merges.ledgers.filter { $0.value.isOpen }
            .sorted { ($0.value.merges.last?.sequence ?? 0, $0.key) < ($1.value.merges.last?.sequence ?? 0, $1.key) }
        for (key, ledger) in survivors {
            let row = Int(key)
            var ledger = ledger
            ledger.profile = arena.copy(of: customers.profile[row])
            ledger.metadata = arena.copy(of: customers.metadata[row])
            merges.ledgers[key] = ledger
            var profile = mergedProfile(ledger)
            profile.externalID = record(of: row).externalID
            scratch.removeAll(keepingCapacity: true)
            profile.write(into: &scratch)
            arena.replace(&customers.profile[row], with: scratch)
            writeSearchText(of: row)
            setMetadata(mergedMetadata(ledger), of: row)
            fillAddresses(of: row, ledger)
        }
    }

    private mutating func fillAddresses(of row: Int, _ ledger: MergeLedger) {
        var fields: [AddressID: AddressFields] = [:]
        for merge in ledger.merges {
            guard let moved = merge.moved else { continue }
            for address in addresses(of: CustomerOrdinal(merge.merged)) where moved.terms.addresses.contains(address.id)
            {
                fields[address.id] = address.fields
            }
        }
        editAddresses(of: row) { book in
            for index in book.addresses.indices {
                if let fields = fields[book.addresses[index].id] { book.addresses[index].fields = fields }
            }
        }
    }
}

extension MovedRows {
    fileprivate func archive(into writer: inout ArchiveWriter) throws {
        try writer.add(column: ContiguousArray(terms.fields.map(\.rawValue).sorted()))
        try writer.add(terms.metadata?.rawValue ?? 0)
        try writer.add(column: ContiguousArray(terms.addresses.flatMap { [$0.high, $0.low] }))
        try writer.add(UInt8((wasDisabled ? 1 : 0) | (disables ? 2 : 0)))
        for rows in [tags, newTags, groups, newGroups, orders, notes, movements, cards] { try writer.add(column: rows) }
        try writer.add(account)
        try writer.add(marks.tier)
        try writer.add(marks.birthdayYear)
        try writer.add(marks.tierSince)
        try writer.add(UInt64(totals.count))
        for totals in totals {
            try writer.add(totals.currency.packed)
            try writer.add(totals.orderCount)
            try writer.add(totals.grossSpent)
            try writer.add(totals.refunded)
        }
    }

    fileprivate init(from reader: inout ArchiveReader) throws {
        var terms = MergeTerms()
        for code in try reader.column(UInt8.self) {
            guard let field = MergeField(rawValue: code) else { throw reader.malformed("there is no field \(code)") }
            terms.fields.insert(field)
        }
        terms.metadata = MergeSide(rawValue: try reader.number())
        let identifiers = try reader.column(UInt64.self)
        for index in stride(from: 0, to: identifiers.count - 1, by: 2) {
            terms.addresses.append(AddressID(high: identifiers[index], low: identifiers[index + 1]))
        }
        let flags: UInt8 = try reader.number()
        var lists: [Rows] = []
        for _ in 0..<8 { lists.append(try reader.column()) }
        self.init(
            terms: terms,
            wasDisabled: flags & 1 != 0,
            disables: flags & 2 != 0,
            tags: lists[0],
            newTags: lists[1],
            groups: lists[2],
            newGroups: lists[3],
            orders: lists[4],
            notes: lists[5],
            account: try reader.number(),
            movements: lists[6],
            cards: lists[7],
            marks: LoyaltyTable.Marks(
                tier: try reader.number(),
                birthdayYear: try reader.number(),
                tierSince: try reader.number()
            ),
            totals: []
        )
        for _ in 0..<(try reader.count(of: 28)) {
            totals.append(
                CurrencyTotals(
                    currency: CurrencyCode(packed: try reader.number()),
                    orderCount: try reader.number(),
                    grossSpent: try reader.number(),
                    refunded: try reader.number()
                )
            )
        }
    }
}
