public import CustomerDomain
public import EventSourcing

/// A movement of store credit, in the order of a customer's ledger.
public struct CreditLine: Hashable, Sendable {
    /// What kind of movement; the numbers are archived.
    public enum Kind: UInt8, Hashable, Sendable, Named {
        /// A lot came to be.
        case issued = 1
        /// Credit was spent.
        case spent
        /// Credit that was spent came back.
        case reverted
        /// What was left of a lot expired.
        case expired

        /// The name on the wire.
        public var name: String {
            switch self {
            case .issued: "issued"
            case .spent: "spent"
            case .reverted: "reverted"
            case .expired: "expired"
            }
        }

        /// The other account of the movement, when it is of a lot with this source.
        public func counterpart(of source: CreditSource) -> CreditAccount {
            switch self {
            case .issued: .issued(source)
            case .spent, .reverted: .spent
            case .expired: .expired
            }
        }
    }

    /// What kind of movement.
    public var kind: Kind
    /// Above zero when the customer can spend more.
    public var change: Money
    /// The balance of the currency after it, in minor units.
    public var balanceAfter: Int64
    /// The event; texts and lots are there.
    public var sequence: SequenceNumber
}

/// What a customer has in one currency.
public struct CreditBalance: Hashable, Sendable {
    /// What can be spent.
    public var balance: Money
    /// When the next of it expires; `nil` when none does.
    public var nextExpiry: Timestamp?
}
