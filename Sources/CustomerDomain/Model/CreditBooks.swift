public import EventSourcing

/// All store credit of an organization, said as plainly as possible.
public struct CreditBooks: Hashable, Sendable {
    /// In the order of the log.
    public internal(set) var lots: [HeldLot] = []
    /// In the order of the log.
    public internal(set) var spends: [Spend] = []
    /// In the order of the log.
    public internal(set) var lines: [Line] = []
    /// What all postings come to, by currency and account.
    public internal(set) var accounts: [CurrencyCode: [CreditAccount: Int64]] = [:]

    /// A lot, and who answers for it.
    public struct HeldLot: Hashable, Sendable {
        /// Who can spend it.
        public var customer: CustomerOrdinal
        /// The lot as it is now.
        public var lot: CreditLot
    }

    /// A spending, and what did not come back of it.
    public struct Spend: Hashable, Sendable {
        /// Who answers for who spent it.
        public var customer: CustomerOrdinal
        /// What was spent.
        public var spent: CreditSpent
        /// What did not come back of each allocation.
        public var remaining: [CreditAllocation]
    }

    /// A movement in its place.
    public struct Line: Hashable, Sendable {
        /// The event that brought it.
        public var sequence: SequenceNumber
        /// Whose ledger it is in.
        public var customer: CustomerOrdinal
        /// The first lot that it moves; the ledger follows it.
        public var lot: CreditLotID
        /// Above zero when the customer can spend more.
        public var change: Money
    }

    mutating func apply(_ recorded: RecordedEvent, of customer: CustomerOrdinal) {
        switch recorded.event {
        case .creditIssued(let issued): issue(issued, recorded, customer)
        case .creditSpent(let spent):
            guard !spends.contains(where: { $0.spent.id == spent.id }), isSound(spent.allocations) else { return }
            for part in spent.allocations { change(part.lot) { $0.rest -= part.amount } }
            let holder = holder(of: spent.allocations)
            spends.append(Spend(customer: holder, spent: spent, remaining: spent.allocations))
            enter(recorded, spent.allocations[0].lot)
        case .creditReverted(let reverted):
            guard isSound(reverted.allocations),
                let index = spends.firstIndex(where: { $0.spent.id == reverted.spend })
            else { return }
            for part in reverted.allocations {
                change(part.lot) { $0.rest += part.amount }
                for place in spends[index].remaining.indices where spends[index].remaining[place].lot == part.lot {
                    spends[index].remaining[place].amount -= part.amount
                }
            }
            enter(recorded, reverted.allocations[0].lot)
        case .creditExpired(let expired):
            guard isSound([CreditAllocation(lot: expired.lot, amount: expired.amount.minorUnits)]) else { return }
            change(expired.lot) { lot in
                lot.rest -= expired.amount.minorUnits
                lot.expired += expired.amount.minorUnits
            }
            enter(recorded, expired.lot)
        default: break
        }
    }

    private mutating func issue(_ issued: CreditIssued, _ recorded: RecordedEvent, _ customer: CustomerOrdinal) {
        guard !lots.contains(where: { $0.lot.id == issued.lot }) else { return }
        let lot = CreditLot(
            id: issued.lot,
            amount: issued.amount,
            rest: issued.amount.minorUnits,
            expired: 0,
            issuedAt: recorded.occurredAt,
            expiresAt: issued.expiresAt,
            source: issued.source,
            sequence: recorded.sequence
        )
        lots.append(HeldLot(customer: customer, lot: lot))
        enter(recorded, issued.lot)
    }

    /// What names lots that are not there, or none, moves nothing.
    private func isSound(_ allocations: [CreditAllocation]) -> Bool {
        !allocations.isEmpty && allocations.allSatisfy { part in lots.contains { $0.lot.id == part.lot } }
    }

    private func holder(of allocations: [CreditAllocation]) -> CustomerOrdinal {
        lots.first { $0.lot.id == allocations[0].lot }?.customer ?? CustomerOrdinal(0)
    }

    private mutating func change(_ lot: CreditLotID, _ change: (inout CreditLot) -> Void) {
        for index in lots.indices where lots[index].lot.id == lot { change(&lots[index].lot) }
    }

    private mutating func enter(_ recorded: RecordedEvent, _ lot: CreditLotID) {
        guard let (currency, postings) = recorded.event.creditPostings else { return }
        for posting in postings {
            accounts[currency, default: [:]][posting.account, default: 0] += posting.amount
            guard posting.account == .wallets else { continue }
            lines.append(
                Line(
                    sequence: recorded.sequence,
                    customer: holder(of: [CreditAllocation(lot: lot, amount: 0)]),
                    lot: lot,
                    change: Money(minorUnits: posting.amount, currency: currency)
                )
            )
        }
    }

    /// Gives the lots that are asked for to somebody else, with what was spent of them and the lines about them.
    mutating func move(from one: CustomerOrdinal, to other: CustomerOrdinal, _ isMoved: (CreditLotID) -> Bool) {
        for index in lots.indices where lots[index].customer == one && isMoved(lots[index].lot.id) {
            lots[index].customer = other
        }
        for index in spends.indices
        where spends[index].customer == one && isMoved(spends[index].spent.allocations[0].lot) {
            spends[index].customer = other
        }
        for index in lines.indices where lines[index].customer == one && isMoved(lines[index].lot) {
            lines[index].customer = other
        }
    }
}
