import CustomerDomain

extension LoyaltyTable {
    func archive(into writer: inout ArchiveWriter) throws {
        try archiveAccounts(into: &writer)
        try writer.add(column: movements.count) { movements[$0].sequence }
        try writer.add(column: movements.count) { movements[$0].points }
        try writer.add(column: movements.count) { movements[$0].at }
        try writer.add(column: movements.count) { movements[$0].rest }
        try writer.add(column: movements.count) { movements[$0].expiresAt }
        try writer.add(column: movements.count) { movements[$0].previous }
        try writer.add(column: movements.count) { movements[$0].order }
        try writer.add(column: movements.count) { movements[$0].kind.rawValue }
        for table in [pendingUntil, expired, pendingChanges, untaken] {
            let rows = table.sorted { $0.key < $1.key }
            try writer.add(column: rows.count) { rows[$0].key }
            try writer.add(column: rows.count) { rows[$0].value }
        }
        try writer.add(UInt64(redemptions.count))
        for (row, parts) in redemptions.sorted(by: { $0.key < $1.key }) {
            try writer.add(row)
            try writer.add(column: parts.count) { parts[$0].lot }
            try writer.add(column: parts.count) { parts[$0].remaining }
        }
        try writer.add(tierNames)
        try writer.add(column: books)
        try writer.add(column: cardNumbers.count) { owner(ofCard: UInt32($0)) }
        try writer.add(blobs: cardNumbers.count) { row, blob in blob.append(contentsOf: cardNumbers[row].utf8) }
    }

    private func archiveAccounts(into writer: inout ArchiveWriter) throws {
        try writer.add(column: accounts.count) { accounts[$0].customer }
        try writer.add(column: accounts.count) { accounts[$0].enrolledAt }
        try writer.add(column: accounts.count) { accounts[$0].balance }
        try writer.add(column: accounts.count) { accounts[$0].pending }
        try writer.add(column: accounts.count) { accounts[$0].owed }
        try writer.add(column: accounts.count) { accounts[$0].lifetimePoints }
        try writer.add(column: accounts.count) { accounts[$0].credited }
        try writer.add(column: accounts.count) { accounts[$0].debited }
        try writer.add(column: accounts.count) { accounts[$0].expired }
        try writer.add(column: accounts.count) { accounts[$0].marks.tierSince }
        try writer.add(column: accounts.count) { accounts[$0].lastMovement }
        try writer.add(column: accounts.count) { accounts[$0].movementCount }
        try writer.add(column: accounts.count) { accounts[$0].marks.tier }
        try writer.add(column: accounts.count) { accounts[$0].marks.birthdayYear }
        try writer.add(column: due)
        try writer.add(blobs: accounts.count) { row, blob in
            blob.append(contentsOf: cardNumbers[row].utf8)
        }
    }

    mutating func load(from reader: inout ArchiveReader, customerCount: Int) throws {
        try loadAccounts(from: &reader)
        try loadMovements(from: &reader)
        for account in accounts {
            try reader.check(account.customer < customerCount, "an account's customer is not there")
            try reader.check(
                account.lastMovement == noRow || account.lastMovement < movements.count,
                "an account's movement is not there"
            )
        }
        tierNames = try reader.texts()
        books = try reader.column(count: PointsAccount.allCases.count)
        let owners: ContiguousArray<UInt32> = try reader.column(count: accounts.count)
        try reader.check(owners.allSatisfy { $0 < accounts.count }, "a card's account is not there")
        cardIndex = HashIndex(expecting: owners.count)
        for card in owners.indices { give(card: UInt32(card), to: owners[card]) }
        var areTheirs = true
        try reader.forEachBlob(count: owners.count) { card, number in
            if !cardNumbers[card].utf8.elementsEqual(number) { areTheirs = false }
            cardIndex.insert(Hashing.hash(number), UInt32(card))
        }
        try reader.check(areTheirs, "a card is not the one that its account was opened with")
    }

    /// What rows refer to must be there.
    func check(orderCount: Int, _ check: (Bool, String) throws -> Void) throws {
        for account in accounts {
            try check(Int(account.marks.tier) <= tierNames.count, "an account's tier is not there")
        }
        for movement in movements {
            try check(movement.order == noRow || movement.order < orderCount, "a lot's order is not there")
        }
        for table in [pendingUntil, expired, pendingChanges, untaken] {
            try check(table.keys.allSatisfy { $0 < movements.count }, "a movement is not there")
        }
        for (row, parts) in redemptions {
            try check(row < movements.count, "a redemption is not there")
            try check(parts.allSatisfy { $0.lot < movements.count }, "a redeemed lot is not there")
        }
    }

    private mutating func loadAccounts(from reader: inout ArchiveReader) throws {
        let customers: ContiguousArray<UInt32> = try reader.column()
        let count = customers.count
        var numbers: [ContiguousArray<Int64>] = []
        for _ in 0..<9 { numbers.append(try reader.column(count: count)) }
        let lastMovements: ContiguousArray<UInt32> = try reader.column(count: count)
        let movementCounts: ContiguousArray<UInt32> = try reader.column(count: count)
        let tiers: ContiguousArray<UInt16> = try reader.column(count: count)
        let years: ContiguousArray<UInt16> = try reader.column(count: count)
        due = try reader.column(count: count)
        accounts.reserveCapacity(count)
        cardNumbers.reserveCapacity(count)
        try reader.forEachBlob(count: count) { row, number in
            cardNumbers.append(String(utf8: number))
            accounts.append(
                Account(
                    customer: customers[row],
                    enrolledAt: numbers[0][row],
                    balance: numbers[1][row],
                    pending: numbers[2][row],
                    owed: numbers[3][row],
                    lifetimePoints: numbers[4][row],
                    credited: numbers[5][row],
                    debited: numbers[6][row],
                    expired: numbers[7][row],
                    lastMovement: lastMovements[row],
                    movementCount: movementCounts[row],
                    marks: Marks(tier: tiers[row], birthdayYear: years[row], tierSince: numbers[8][row])
                )
            )
        }
    }

    private mutating func loadMovements(from reader: inout ArchiveReader) throws {
        let sequences: ContiguousArray<UInt64> = try reader.column()
        let count = sequences.count
        try reader.check(count < noRow, "there are \(count) movements")
        let points: ContiguousArray<Int64> = try reader.column(count: count)
        let times: ContiguousArray<Int64> = try reader.column(count: count)
        let rests: ContiguousArray<Int64> = try reader.column(count: count)
        let ends: ContiguousArray<Int64> = try reader.column(count: count)
        let previous: ContiguousArray<UInt32> = try reader.column(count: count)
        let orders: ContiguousArray<UInt32> = try reader.column(count: count)
        let kinds: ContiguousArray<LoyaltyTransaction.Kind> = try reader.values(count: count)
        movements.reserveCapacity(count)
        for row in 0..<count {
            try reader.check(previous[row] == noRow || previous[row] < row, "a movement follows a later one")
            movements.append(
                Movement(
                    sequence: sequences[row],
                    points: points[row],
                    at: times[row],
                    rest: rests[row],
                    expiresAt: ends[row],
                    previous: previous[row],
                    order: orders[row],
                    kind: kinds[row]
                )
            )
        }
        pendingUntil = try Self.table(from: &reader)
        expired = try Self.table(from: &reader)
        pendingChanges = try Self.table(from: &reader)
        untaken = try Self.table(from: &reader)
        for _ in 0..<(try reader.count(of: 20)) {
            let row: UInt32 = try reader.number()
            let lots: ContiguousArray<UInt32> = try reader.column()
            let remaining: ContiguousArray<Int64> = try reader.column(count: lots.count)
            redemptions[row] = ContiguousArray(zip(lots, remaining).map { Part(lot: $0, remaining: $1) })
        }
    }

    private static func table(from reader: inout ArchiveReader) throws -> [UInt32: Int64] {
        let rows: ContiguousArray<UInt32> = try reader.column()
        let numbers: ContiguousArray<Int64> = try reader.column(count: rows.count)
        return Dictionary(zip(rows, numbers)) { $1 }
    }
}
