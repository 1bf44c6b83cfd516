import CustomerDomain

extension LoyaltyTable {
    func archive(into writer: inout ArchiveWriter) throws {
        try writer.add(column: accounts.count) { accounts[$0].customer }
        try writer.add(column: accounts.count) { accounts[$0].enrolledAt }
        try writer.add(column: accounts.count) { accounts[$0].balance }
        try writer.add(column: accounts.count) { accounts[$0].lifetimePoints }
        try writer.add(column: accounts.count) { accounts[$0].credited }
        try writer.add(column: accounts.count) { accounts[$0].debited }
        try writer.add(column: accounts.count) { accounts[$0].lastMovement }
        try writer.add(column: accounts.count) { accounts[$0].movementCount }
        try writer.add(blobs: accounts.count) { row, blob in
            blob.append(contentsOf: accounts[row].cardNumber.utf8)
        }
        try writer.add(column: movements.count) { movements[$0].sequence }
        try writer.add(column: movements.count) { movements[$0].points }
        try writer.add(column: movements.count) { movements[$0].at }
        try writer.add(column: movements.count) { movements[$0].previous }
        try writer.add(column: movements.count) { movements[$0].kind.rawValue }
        try writer.add(column: cards.count) { cards[$0].account }
        try writer.add(blobs: cards.count) { row, blob in blob.append(contentsOf: cards[row].number.utf8) }
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
        let owners: ContiguousArray<UInt32> = try reader.column()
        try reader.check(owners.allSatisfy { $0 < accounts.count }, "a card's account is not there")
        cardIndex = HashIndex(expecting: owners.count)
        cards.reserveCapacity(owners.count)
        try reader.forEachBlob(count: owners.count) { card, number in
            cardIndex.insert(Hashing.hash(number), UInt32(card))
            cards.append(Card(number: String(utf8: number), account: owners[card]))
        }
    }

    private mutating func loadAccounts(from reader: inout ArchiveReader) throws {
        let customers: ContiguousArray<UInt32> = try reader.column()
        let count = customers.count
        let enrolledAt: ContiguousArray<Int64> = try reader.column(count: count)
        let balances: ContiguousArray<Int64> = try reader.column(count: count)
        let lifetimePoints: ContiguousArray<Int64> = try reader.column(count: count)
        let credited: ContiguousArray<Int64> = try reader.column(count: count)
        let debited: ContiguousArray<Int64> = try reader.column(count: count)
        let lastMovements: ContiguousArray<UInt32> = try reader.column(count: count)
        let movementCounts: ContiguousArray<UInt32> = try reader.column(count: count)
        accounts.reserveCapacity(count)
        try reader.forEachBlob(count: count) { row, number in
            accounts.append(
                Account(
                    customer: customers[row],
                    cardNumber: String(utf8: number),
                    enrolledAt: enrolledAt[row],
                    balance: balances[row],
                    lifetimePoints: lifetimePoints[row],
                    credited: credited[row],
                    debited: debited[row],
                    lastMovement: lastMovements[row],
                    movementCount: movementCounts[row]
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
        let previous: ContiguousArray<UInt32> = try reader.column(count: count)
        let kinds: ContiguousArray<LoyaltyTransaction.Kind> = try reader.values(count: count)
        movements.reserveCapacity(count)
        for row in 0..<count {
            try reader.check(previous[row] == noRow || previous[row] < row, "a movement follows a later one")
            movements.append(
                Movement(
                    sequence: sequences[row],
                    points: points[row],
                    at: times[row],
                    previous: previous[row],
                    kind: kinds[row]
                )
            )
        }
    }
}
