import CustomerDomain

/// A loyalty account in 48 bytes.
///
/// What is longer than its field is wide, and so is an account that owes points.
struct CompactAccount: CompactRow {
    private static let yearBase: UInt16 = 1_969

    private var enrolledAt: Int64
    private var tierSince: Int64
    private var customer: UInt32
    private var lastMovement: UInt32
    private var balance: Int32
    private var pending: Int32
    private var credited: Int32
    private var expired: Int32
    /// What was credited less the lifetime points.
    private var otherCredit: Int32
    /// The largest for a wide account.
    private var movementCount: UInt16
    private var tier: UInt8
    /// Of the birthday, from 1969 on; zero for none.
    private var year: UInt8

    static var wide: CompactAccount { CompactAccount() }

    private init() {
        (enrolledAt, tierSince, customer, lastMovement) = (0, 0, noRow, noRow)
        (balance, pending, credited, expired, otherCredit) = (0, 0, 0, 0, 0)
        (movementCount, tier, year) = (.max, 0, 0)
    }

    @inline(__always)
    init?(_ account: LoyaltyTable.Account) {
        guard account.owed == 0, let balance = Int32(exactly: account.balance),
            let pending = Int32(exactly: account.pending), let credited = Int32(exactly: account.credited),
            let expired = Int32(exactly: account.expired), account.movementCount < UInt16.max,
            let otherCredit = Int32(exactly: account.credited &- account.lifetimePoints),
            let tier = UInt8(exactly: account.marks.tier)
        else { return nil }
        let birthday = account.marks.birthdayYear
        let yearsAfter = birthday == 0 ? 0 : Int(birthday) - Int(Self.yearBase)
        guard let year = UInt8(exactly: yearsAfter), year > 0 || birthday == 0 else { return nil }
        enrolledAt = account.enrolledAt
        tierSince = account.marks.tierSince
        customer = account.customer
        lastMovement = account.lastMovement
        self.balance = balance
        self.pending = pending
        self.credited = credited
        self.expired = expired
        self.otherCredit = otherCredit
        movementCount = UInt16(account.movementCount)
        self.tier = tier
        self.year = year
        guard debited == account.debited else { return nil }
    }

    var isWide: Bool { movementCount == .max }

    /// What came and is neither there nor expired was taken.
    private var debited: Int64 { Int64(credited) - Int64(balance) - Int64(pending) - Int64(expired) }

    @inline(__always)
    var value: LoyaltyTable.Account {
        LoyaltyTable.Account(
            customer: customer,
            enrolledAt: enrolledAt,
            balance: Int64(balance),
            pending: Int64(pending),
            lifetimePoints: Int64(credited) - Int64(otherCredit),
            credited: Int64(credited),
            debited: debited,
            expired: Int64(expired),
            lastMovement: lastMovement,
            movementCount: UInt32(movementCount),
            marks: LoyaltyTable.Marks(
                tier: UInt16(tier),
                birthdayYear: year == 0 ? 0 : Self.yearBase + UInt16(year),
                tierSince: tierSince
            )
        )
    }
}
