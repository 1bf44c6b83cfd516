import EventSourcing

/// One row for each loyalty account, and one for each movement of points.
struct LoyaltyTable: Sendable {
    struct Account: Sendable {
        var customer: UInt32
        var cardNumber: String
        var enrolledAt: Int64
        var balance: Int64 = 0
        /// Earned less reversed.
        var lifetimePoints: Int64 = 0
        var credited: Int64 = 0
        var debited: Int64 = 0
        var lastMovement: UInt32 = noRow
        var movementCount: UInt32 = 0
    }

    struct Movement: Sendable {
        var sequence: UInt64
        var points: Int64
        var at: Int64
        var previous: UInt32
        var kind: LoyaltyTransaction.Kind
    }

    struct Card: Sendable {
        var number: String
        var account: UInt32
    }

    var accounts: ContiguousArray<Account> = []
    var movements: ContiguousArray<Movement> = []
    var cards: ContiguousArray<Card> = []
    var cardIndex = HashIndex()

    /// The account that a card belongs to.
    func account(withCard number: String) -> Int? {
        cardIndex.find(Hashing.hash(number)) { cards[Int($0)].number == number }.map { Int(cards[Int($0)].account) }
    }

    /// All cards and whose accounts they belong to, in the order of the log.
    var cardOwners: [(number: String, account: Int)] { cards.map { ($0.number, Int($0.account)) } }

    mutating func open(customer: Int, cardNumber: String, at time: Int64) -> UInt32 {
        let account = UInt32(accounts.count)
        accounts.append(Account(customer: UInt32(customer), cardNumber: cardNumber, enrolledAt: time))
        cardIndex.insert(Hashing.hash(cardNumber), UInt32(cards.count))
        cards.append(Card(number: cardNumber, account: account))
        return account
    }

    mutating func move(_ points: Int64, _ kind: LoyaltyTransaction.Kind, of account: Int, in event: RecordedPlace) {
        let movement = Movement(
            sequence: event.sequence,
            points: points,
            at: event.occurredAt,
            previous: accounts[account].lastMovement,
            kind: kind
        )
        accounts[account].lastMovement = UInt32(movements.count)
        accounts[account].movementCount += 1
        movements.append(movement)
        accounts[account].balance += points
        if points >= 0 { accounts[account].credited += points } else { accounts[account].debited -= points }
        if kind == .earned || kind == .reversed { accounts[account].lifetimePoints += points }
    }

    /// The movements of an account, the latest first.
    func movements(of account: Int) -> ContiguousArray<UInt32> {
        var rows: ContiguousArray<UInt32> = []
        var row = accounts[account].lastMovement
        while row != noRow {
            rows.append(row)
            row = movements[Int(row)].previous
        }
        return rows
    }

    /// The cards that belong to an account.
    func cards(of account: UInt32) -> ContiguousArray<UInt32> {
        ContiguousArray(cards.indices.filter { cards[$0].account == account }.map(UInt32.init))
    }

    /// Puts everything of one account into another; its cards, too.
    mutating func absorb(_ merged: Int, into survivor: Int) {
        link(movements(of: survivor) + movements(of: merged), to: survivor)
        link([], to: merged)
        let other = accounts[merged]
        accounts[survivor].balance += other.balance
        accounts[survivor].lifetimePoints += other.lifetimePoints
        accounts[survivor].credited += other.credited
        accounts[survivor].debited += other.debited
        for card in cards.indices where cards[card].account == UInt32(merged) { cards[card].account = UInt32(survivor) }
    }

    /// Gives an account that was absorbed back what came with it; its sums were kept.
    mutating func release(
        _ merged: Int,
        _ movements: ContiguousArray<UInt32>,
        _ cards: ContiguousArray<UInt32>,
        from survivor: Int
    ) {
        let own = Set(movements)
        link(self.movements(of: survivor).filter { !own.contains($0) }, to: survivor)
        link(movements, to: merged)
        let other = accounts[merged]
        accounts[survivor].balance -= other.balance
        accounts[survivor].lifetimePoints -= other.lifetimePoints
        accounts[survivor].credited -= other.credited
        accounts[survivor].debited -= other.debited
        for card in cards { self.cards[Int(card)].account = UInt32(merged) }
    }

    /// Makes these the movements of an account.
    private mutating func link(_ rows: ContiguousArray<UInt32>, to account: Int) {
        let rows = rows.sorted(by: >)
        for (place, row) in rows.enumerated() {
            movements[Int(row)].previous = place + 1 < rows.count ? rows[place + 1] : noRow
        }
        accounts[account].lastMovement = rows.first ?? noRow
        accounts[account].movementCount = UInt32(rows.count)
    }
}

/// Where in the log something happened, and when.
struct RecordedPlace {
    var sequence: UInt64
    var occurredAt: Int64
}
