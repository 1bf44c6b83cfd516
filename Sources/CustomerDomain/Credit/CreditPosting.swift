/// One side of a movement of store credit, as double-entry bookkeeping has it.
///
/// The postings of an event come to zero, and so do those of any history: what is in wallets, was spent and expired is what
/// was issued.
public struct CreditPosting: Hashable, Sendable {
    /// Where it is posted.
    public var account: CreditAccount
    /// Minor units: above zero where the account gets them.
    public var amount: Int64

    /// A posting of these parts.
    public init(account: CreditAccount, amount: Int64) {
        self.account = account
        self.amount = amount
    }
}

/// Where store credit comes from, lies, and goes to; one account of each for every currency.
public enum CreditAccount: Hashable, Sendable {
    /// What the shop gave for this reason; below zero.
    case issued(CreditSource)
    /// What customers can spend: what the shop owes.
    case wallets
    /// What was spent.
    case spent
    /// What expired.
    case expired

    /// All accounts.
    public static let all: [CreditAccount] = [.wallets, .spent, .expired] + CreditSource.allCases.map { .issued($0) }

    /// The name on the wire.
    public var name: String {
        switch self {
        case .issued(let source): "issued:\(source.name)"
        case .wallets: "wallets"
        case .spent: "spent"
        case .expired: "expired"
        }
    }
}

extension Event {
    /// The currency and the postings of a movement of store credit; `nil` for any other event.
    public var creditPostings: (currency: CurrencyCode, postings: [CreditPosting])? {
        switch self {
        case .creditIssued(let issued):
            (issued.amount.currency, Self.move(issued.amount.minorUnits, from: .issued(issued.source), to: .wallets))
        case .creditSpent(let spent): (spent.currency, Self.move(spent.total, from: .wallets, to: .spent))
        case .creditReverted(let back): (back.currency, Self.move(back.total, from: .spent, to: .wallets))
        case .creditExpired(let gone):
            (gone.amount.currency, Self.move(gone.amount.minorUnits, from: .wallets, to: .expired))
        default: nil
        }
    }

    private static func move(_ amount: Int64, from: CreditAccount, to: CreditAccount) -> [CreditPosting] {
        [CreditPosting(account: from, amount: -amount), CreditPosting(account: to, amount: amount)]
    }
}

extension CreditSpent {
    /// All that was spent, in minor units.
    public var total: Int64 { allocations.reduce(0) { $0.addingSaturating($1.amount) } }
}

extension CreditReverted {
    /// All that came back, in minor units.
    public var total: Int64 { allocations.reduce(0) { $0.addingSaturating($1.amount) } }
}
