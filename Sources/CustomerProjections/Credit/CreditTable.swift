import CustomerDomain

/// One row for each lot of store credit, each spending and each movement, in the order of the log; texts stay there.
///
/// Rows stay those of the customer that the lot was issued to, whoever answers for it since: so a merge and its undoing
/// move nothing. A spending, and the line of a movement, are the customer's whose lot comes first in it.
struct CreditTable: Sendable {
    struct Lot: Sendable {
        var id: CreditLotID
        var customer: UInt32
        var currency: CurrencyCode
        var source: CreditSource
        var amount: Int64
        var rest: Int64
        var expired: Int64 = 0
        var issuedAt: Int64
        /// ``noTime`` for never.
        var expiresAt: Int64
        var sequence: UInt64
    }

    struct Spend: Sendable {
        var id: CreditSpendID
        var parts: ContiguousArray<Part>
    }

    /// An allocation, and what did not come back of it.
    struct Part: Sendable {
        var lot: UInt32
        var remaining: Int64
    }

    struct Line: Sendable {
        var sequence: UInt64
        var lot: UInt32
        var change: Int64
        var kind: CreditLine.Kind
    }

    typealias Rows = ContiguousArray<UInt32>

    private(set) var lots: ContiguousArray<Lot> = []
    private(set) var spends: ContiguousArray<Spend> = []
    private(set) var lines: ContiguousArray<Line> = []
    /// What all postings come to, by currency and account.
    private(set) var accounts: [CurrencyCode: [CreditAccount: Int64]] = [:]
    /// All that was ever issued, in any currency.
    private(set) var issued: Int64 = 0
    private var lotRows: [CreditLotID: UInt32] = [:]
    private var spendRows: [CreditSpendID: UInt32] = [:]
    private var lotsByCustomer: [UInt32: Rows] = [:]
    private var linesByCustomer: [UInt32: Rows] = [:]
    /// Lots with a rest that expire, by the day of that.
    private var ending: [Int64: Set<UInt32>] = [:]

    func lot(_ id: CreditLotID) -> Int? { lotRows[id].map { Int($0) } }
    func spend(_ id: CreditSpendID) -> Int? { spendRows[id].map { Int($0) } }
    /// The lots that were issued to a customer itself.
    func lots(of customer: Int) -> Rows { lotsByCustomer[UInt32(customer)] ?? [] }
    /// The lines about lots of a customer itself.
    func lines(of customer: Int) -> Rows { linesByCustomer[UInt32(customer)] ?? [] }

    mutating func append(_ lot: Lot) {
        let row = UInt32(lots.count)
        lotRows[lot.id] = row
        lotsByCustomer[lot.customer, default: []].append(row)
        lots.append(lot)
        issued += lot.amount
        noteEnd(of: Int(row))
    }

    mutating func append(_ spend: Spend) {
        spendRows[spend.id] = UInt32(spends.count)
        spends.append(spend)
    }

    mutating func append(_ line: Line) {
        linesByCustomer[lots[Int(line.lot)].customer, default: []].append(UInt32(lines.count))
        lines.append(line)
        let lot = lots[Int(line.lot)]
        post(line.change, to: .wallets, lot.currency)
        post(-line.change, to: line.kind.counterpart(of: lot.source), lot.currency)
    }

    private mutating func post(_ amount: Int64, to account: CreditAccount, _ currency: CurrencyCode) {
        let sum = accounts[currency]?[account] ?? 0
        accounts[currency, default: [:]][account] = sum.addingSaturating(amount)
    }

    /// Changes the rest of a lot, and what of it expired.
    mutating func change(_ lot: Int, rest: Int64, expired: Int64 = 0) {
        lots[lot].rest += rest
        lots[lot].expired += expired
        noteEnd(of: lot)
    }

    /// Gives back what was spent of a lot.
    mutating func giveBack(_ amount: Int64, to lot: UInt32, of spend: Int) {
        change(Int(lot), rest: amount)
        for place in spends[spend].parts.indices where spends[spend].parts[place].lot == lot {
            spends[spend].parts[place].remaining -= amount
        }
    }

    /// Lots with a rest whose time has come, those first that came first.
    func due(at time: Int64) -> [Int] {
        let today = Self.day(of: time)
        return ending.filter { $0.key <= today }
            .flatMap { $0.value }
            .map { Int($0) }
            .filter { lots[$0].expiresAt <= time }
            .sorted { (lots[$0].expiresAt, $0) < (lots[$1].expiresAt, $1) }
    }

    private mutating func noteEnd(of lot: Int) {
        let end = lots[lot].expiresAt
        guard end != noTime else { return }
        let day = Self.day(of: end)
        if lots[lot].rest > 0 {
            ending[day, default: []].insert(UInt32(lot))
        } else {
            ending[day]?.remove(UInt32(lot))
            if ending[day]?.isEmpty == true { ending[day] = nil }
        }
    }

    /// About nineteen hours each: what they are for is that few lots end in the same.
    private static func day(of time: Int64) -> Int64 { time >> 36 }
}
