public import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// The loyalty account of a customer; `nil` when there is none.
    public func loyalty(of customer: CustomerOrdinal) -> LoyaltySummary? {
        let place = customers.loyaltyAccount[customer.index]
        guard place != noRow else { return nil }
        let account = loyalty.accounts[Int(place)]
        return LoyaltySummary(
            cardNumber: account.cardNumber,
            memberSince: Timestamp(microseconds: account.enrolledAt),
            pointsEarned: account.credited,
            pointsSpent: account.debited,
            balance: account.balance,
            lifetimePoints: account.lifetimePoints,
            tier: tier(of: Int(place)),
            nextTier: nextTier(after: account.lifetimePoints),
            cashValue: cashValue(of: account.balance)
        )
    }

    /// Movements of points, newest first; none without an account.
    ///
    /// Costs time in proportion to the account's movements.
    public func loyaltyTransactions(
        of customer: CustomerOrdinal,
        page: PageRequest
    ) throws(QueryError) -> LoyaltyTransactionPage {
        var transactions: [LoyaltyTransaction] = []
        let place = customers.loyaltyAccount[customer.index]
        if place != noRow {
            var balance = loyalty.accounts[Int(place)].balance
            var row = loyalty.accounts[Int(place)].lastMovement
            while row != noRow {
                let movement = loyalty.movements[Int(row)]
                transactions.append(
                    LoyaltyTransaction(
                        kind: movement.kind,
                        points: movement.points,
                        balanceAfter: balance,
                        at: Timestamp(microseconds: movement.at),
                        sequence: SequenceNumber(movement.sequence)
                    )
                )
                balance -= movement.points
                row = movement.previous
            }
        }
        let newest = transactions.count - 1
        return try places(transactions.count, page, kind: 3, isNewestFirst: true).map { transactions[newest - $0] }
    }

    private func nextTier(after points: Int64) -> LoyaltyTier? {
        guard let program = loyaltyProgram else { return nil }
        let next = program.tierIndex(earned: points) + 1
        return next < program.tiers.count ? program.tiers[next] : nil
    }

    /// What points are worth, rounded down.
    private func cashValue(of points: Int64) -> Int64? {
        guard let program = loyaltyProgram, program.pointsPerRedeemedUnit > 0, let currency = settings.currency else {
            return nil
        }
        let minorUnits = (0..<currency.minorDigitCount).reduce(Int128(1)) { power, _ in power * 10 }
        return Int64(clamping: Int128(max(0, points)) * minorUnits / Int128(program.pointsPerRedeemedUnit))
    }
}
