import CustomerDomain
import EventSourcing

/// One row for each loyalty account, and one for each movement of points; a movement that brings points is a lot, too.
///
/// What few movements have is kept beside them.
struct LoyaltyTable: Sendable {
    struct Account: Sendable, Equatable {
        var customer: UInt32
        var enrolledAt: Int64
        var balance: Int64 = 0
        var pending: Int64 = 0
        /// What is owed beyond what can be spent; then the lots that can be spent are empty, but for those of a merge.
        var owed: Int64 = 0
        /// Earned less reversed.
        var lifetimePoints: Int64 = 0
        var credited: Int64 = 0
        var debited: Int64 = 0
        var expired: Int64 = 0
        var lastMovement: UInt32 = noRow
        var movementCount: UInt32 = 0
        var marks = Marks()
    }

    /// What a merge does not add up, and its undoing gives back.
    struct Marks: Sendable, Equatable {
        /// The place of the recorded tier's name plus one; zero for none.
        var tier: UInt16 = 0
        /// Of the last birthday that was rewarded; zero for none.
        var birthdayYear: UInt16 = 0
        var tierSince: Int64 = 0
    }

    struct Movement: Sendable, Equatable {
        var sequence: UInt64
        /// By how much the balance and what is pending changed together; of a lot, how many came.
        var points: Int64
        var at: Int64
        /// What is left of a lot.
        var rest: Int64 = 0
        /// From when on nothing of a lot can be spent; ``never``.
        var expiresAt: Int64 = LoyaltyTable.never
        var previous: UInt32
        /// The order that earned a lot; ``noRow`` for none.
        var order: UInt32 = noRow
        var kind: LoyaltyTransaction.Kind
    }

    /// An allocation of a redemption.
    struct Part: Sendable {
        var lot: UInt32
        var remaining: Int64
    }

    typealias Rows = ContiguousArray<UInt32>

    /// A time that does not come.
    static let never = Int64.max
    /// What waits for an order's completion waits until this time.
    static let orderCompletion = Int64.max

    var accounts = CompactColumn<CompactAccount>()
    /// By account: what is on the card that it was opened with, which has the account's place.
    var cardNumbers: ContiguousArray<String> = []
    /// By account: when the next of its points expires or is pending no longer; never too late.
    var due: ContiguousArray<Int64> = []
    var movements = CompactColumn<CompactMovement>()
    /// By lot that is pending: until when.
    var pendingUntil: [UInt32: Int64] = [:]
    /// By lot of which some expired: how much.
    var expired: [UInt32: Int64] = [:]
    /// By movement that changed what is pending: by how much.
    var pendingChanges: [UInt32: Int64] = [:]
    /// By reversal that took less than went back: how much less.
    var untaken: [UInt32: Int64] = [:]
    /// By redemption: what did not come back of each lot.
    var redemptions: [UInt32: ContiguousArray<Part>] = [:]
    /// The names of tiers that were recorded.
    var tierNames: [String] = []
    /// What the postings of all movements come to, by the order of ``PointsAccount``.
    var books = ContiguousArray<Int64>(repeating: 0, count: PointsAccount.allCases.count)
    /// By card that came with a merge: the account that it belongs to; the others belong to the accounts opened with them.
    var movedCards: [UInt32: UInt32] = [:]
    var cardIndex = HashIndex()

    /// The account that a card belongs to.
    func account(withCard number: String) -> Int? {
        cardIndex.find(Hashing.hash(number)) { cardNumbers[Int($0)] == number }.map { Int(owner(ofCard: $0)) }
    }

    /// The account that a card belongs to.
    func owner(ofCard card: UInt32) -> UInt32 { movedCards.isEmpty ? card : movedCards[card] ?? card }

    mutating func give(card: UInt32, to account: UInt32) { movedCards[card] = account == card ? nil : account }

    mutating func open(customer: Int, cardNumber: String, at time: Int64) -> UInt32 {
        let account = UInt32(accounts.count)
        accounts.append(Account(customer: UInt32(customer), enrolledAt: time))
        due.append(Self.never)
        cardIndex.insert(Hashing.hash(cardNumber), account)
        cardNumbers.append(cardNumber)
        return account
    }

    /// The movements of an account, the latest first.
    func movements(of account: Int) -> Rows {
        var rows: Rows = []
        var row = accounts[account].lastMovement
        while row != noRow {
            rows.append(row)
            row = movements[Int(row)].previous
        }
        return rows
    }

    func isLot(_ row: UInt32) -> Bool {
        switch movements[Int(row)].kind {
        case .earned, .birthday: true
        case .adjusted: movements[Int(row)].points > 0
        case .redeemed, .reversed, .restored, .expired, .activated: false
        }
    }

    /// The lots of an account, the latest first.
    func lots(of account: Int) -> Rows { movements(of: account).filter { isLot($0) } }

    /// Whether what is left of a lot can be spent.
    func isActive(_ lot: UInt32) -> Bool { pendingUntil.isEmpty || pendingUntil[lot] == nil }

    /// Whether a lot is spent before another: the soonest expiring first, of those the oldest.
    func isSpent(_ lot: UInt32, before other: UInt32) -> Bool {
        let (one, two) = (movements[Int(lot)], movements[Int(other)])
        return (one.expiresAt, one.at, one.sequence) < (two.expiresAt, two.at, two.sequence)
    }

    /// The cards that belong to an account.
    func cards(of account: UInt32) -> Rows {
        var cards = Rows(movedCards.filter { $0.value == account }.keys)
        if movedCards[account] == nil { cards.append(account) }
        return Rows(cards.sorted())
    }

    // MARK: Merges

    /// Puts everything of one account into another; its cards, too.
    mutating func absorb(_ merged: Int, into survivor: Int) {
        link(movements(of: survivor) + movements(of: merged), to: survivor)
        link([], to: merged)
        add(accounts[merged], to: survivor, 1)
        let year = accounts[merged].marks.birthdayYear
        accounts[survivor].marks.birthdayYear = max(accounts[survivor].marks.birthdayYear, year)
        due[survivor] = min(due[survivor], due[merged])
        for card in cards(of: UInt32(merged)) { give(card: card, to: UInt32(survivor)) }
    }

    /// Gives an account that was absorbed back what came with it; its sums were kept.
    mutating func release(_ merged: Int, _ movements: Rows, _ cards: Rows, from survivor: Int) {
        let own = Set(movements)
        link(self.movements(of: survivor).filter { !own.contains($0) }, to: survivor)
        link(movements, to: merged)
        add(accounts[merged], to: survivor, -1)
        for card in cards { give(card: card, to: UInt32(merged)) }
        findDue(survivor)
    }

    private mutating func add(_ other: Account, to account: Int, _ sign: Int64) {
        var row = accounts[account]
        row.balance += sign * other.balance
        row.pending += sign * other.pending
        row.owed += sign * other.owed
        row.lifetimePoints += sign * other.lifetimePoints
        row.credited += sign * other.credited
        row.debited += sign * other.debited
        row.expired += sign * other.expired
        accounts[account] = row
    }

    /// Makes these the movements of an account.
    private mutating func link(_ rows: Rows, to account: Int) {
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
