public import CustomerDomain
public import EventSourcing

extension OrganizationState {
    /// The loyalty account of a customer; `nil` when there is none.
    ///
    /// Costs time as the account had movements.
    ///
    /// - Parameters:
    ///   - customer: The customer.
    ///   - time: The time from which to look at a tier's end.
    /// - Returns: The account.
    public func loyalty(of customer: CustomerOrdinal, at time: Timestamp) -> LoyaltySummary? {
        guard let place = accountRow(of: customer) else { return nil }
        let account = loyalty.accounts[place]
        let changes = loyaltyProgram?.qualification == .lifetime ? [] : earnedPoints(of: customer)
        let points = loyaltyProgram.map { program in
            program.qualification == .lifetime
                ? account.lifetimePoints : program.qualification.points(of: changes, at: time)
        }
        let index = tierIndex(of: place)
        let open = openPointsLots(of: customer)
        let next = open.first?.expiresAt
        return LoyaltySummary(
            cardNumber: loyalty.cardNumbers[place],
            memberSince: Timestamp(microseconds: account.enrolledAt),
            pointsEarned: account.credited,
            pointsSpent: account.debited,
            pointsExpired: account.expired,
            balance: account.balance,
            pending: account.pending,
            lifetimePoints: account.lifetimePoints,
            qualifyingPoints: points ?? account.lifetimePoints,
            tier: tier(of: place),
            nextTier: index.flatMap { index in
                loyaltyProgram.flatMap { index + 1 < $0.tiers.count ? $0.tiers[index + 1] : nil }
            },
            downgrade: index.flatMap { index in
                loyaltyProgram.flatMap { program in
                    program.downgrade(from: index, changes, at: time)
                        .map { LoyaltySummary.Downgrade(at: $0.at, tier: program.tiers[$0.to]) }
                }
            },
            nextExpiry: next.map { end in
                let points = open.reduce(0) { $1.expiresAt == end ? $0 + $1.rest : $0 }
                return LoyaltySummary.NextExpiry(at: end, points: points)
            },
            cashValue: cashValue(of: account.balance),
            currency: settings.currency
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
        if let place = accountRow(of: customer) {
            var balance = loyalty.accounts[place].balance
            for row in loyalty.movements(of: place) {
                let movement = loyalty.movements[Int(row)]
                let pending = loyalty.pendingChanges[row] ?? 0
                let change = movement.points - pending
                transactions.append(
                    LoyaltyTransaction(
                        kind: movement.kind,
                        change: change,
                        pendingChange: pending,
                        balanceAfter: balance,
                        at: Timestamp(microseconds: movement.at),
                        sequence: SequenceNumber(movement.sequence)
                    )
                )
                balance -= change
            }
        }
        let newest = transactions.count - 1
        return try places(transactions.count, page, kind: 3, isNewestFirst: true).map { transactions[newest - $0] }
    }

    /// Lots of points of a customer, the soonest expiring first; none without an account.
    ///
    /// Costs time in proportion to the account's movements.
    public func pointsLots(
        of customer: CustomerOrdinal,
        _ selection: LotSelection,
        page: PageRequest
    ) throws(QueryError) -> Page<PointsLot> {
        let lots = pointsLots(of: customer) { _ in true }
            .filter { lot in
                switch selection {
                case .active: lot.rest > 0 && lot.stage == .active
                case .pending: lot.rest > 0 && lot.stage == .pending
                case .expiring(let end): lot.rest > 0 && lot.isDue(at: end)
                case .expired: lot.expired > 0
                case .all: true
                }
            }
            .sorted { $0.isSpent(before: $1) }
        return try places(lots.count, page, kind: 8, isNewestFirst: false).map { lots[$0] }
    }

    /// What customers could still spend.
    ///
    /// Costs time in proportion to all accounts and movements.
    public func loyaltyLiability(at time: Timestamp) -> LoyaltyLiability {
        var liability = LoyaltyLiability()
        liability.tierRows = loyaltyProgram?.tiers ?? []
        liability.sums = liability.tierRows.map { _ in LoyaltyLiability.Sum() }
        liability.currency = settings.currency
        for index in loyalty.accounts.indices {
            let account = loyalty.accounts[index]
            guard customers.loyaltyAccount[Int(account.customer)] == UInt32(index) else { continue }
            liability.all.add(account)
            if let tier = tierIndex(of: index) { liability.sums[tier].add(account) }
        }
        liability.all.cashValue = cashValue(of: liability.all.points)
        for index in liability.sums.indices {
            liability.sums[index].cashValue = cashValue(of: liability.sums[index].points)
        }
        let month = time.advanced(byDays: 30).microseconds
        let quarter = time.advanced(byDays: 90).microseconds
        for movement in loyalty.movements where movement.rest > 0 && movement.expiresAt <= quarter {
            liability.expiringIn90Days += movement.rest
            if movement.expiresAt <= month { liability.expiringIn30Days += movement.rest }
        }
        liability.books = PointsAccount.allCases.map { account in
            PointsPosting(account: account, points: loyalty.books[account.place])
        }
        return liability
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

extension LoyaltyLiability.Sum {
    fileprivate mutating func add(_ account: LoyaltyTable.Account) {
        accounts += 1
        points += max(0, account.balance)
        pending += account.pending
        owed -= min(0, account.balance)
    }
}
