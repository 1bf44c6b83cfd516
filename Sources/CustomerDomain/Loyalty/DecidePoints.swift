extension Decision {
    func earnPoints(_ earned: PointsEarned, by id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try activeSubject(id)
        let account = try account(of: subject)
        try check(earned.points, "points", Limits.points)
        try check(earned.reason, "reason", Limits.reason, .paragraphs)
        if let number = earned.orderNumber {
            guard let order = facts.order(number), survivor(of: order.customer) == subject.ordinal else {
                throw .orderNotFound(number)
            }
            guard order.status != .cancelled else { throw .orderCancelled(number) }
        }
        try checkRoom(for: earned.points, in: account)
        return subject.events([.pointsEarned(earned)])
    }

    func adjustPoints(_ adjusted: PointsAdjusted, of id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        let account = try account(of: subject)
        try check(adjusted.points, "points", Limits.points)
        try check(adjusted.reason, "reason", Limits.reason, .paragraphs)
        switch adjusted.adjustment {
        case .add: try checkRoom(for: adjusted.points, in: account)
        case .deduct: try checkBalance(covers: adjusted.points, of: account)
        }
        return subject.events([.pointsAdjusted(adjusted)])
    }

    func redeemPoints(_ redeemed: PointsRedeemed, of id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try activeSubject(id)
        let account = try account(of: subject)
        try check(redeemed.points, "points", Limits.points)
        try check(redeemed.reason, "reason", Limits.reason, .paragraphs)
        // Points are often redeemed before the order that they pay for is placed, so it need not be there.
        try check(redeemed.orderNumber, "orderNumber", Limits.orderNumber)
        try checkBalance(covers: redeemed.points, of: account)
        return subject.events([.pointsRedeemed(redeemed)])
    }

    /// What an order of this total earns a customer: 0 without a programme that pays for orders, without an account, and
    /// in a currency that the programme does not count in.
    func pointsEarned(by total: Money, of customer: CustomerOrdinal) -> Int64 {
        guard let program = facts.loyaltyProgram, program.earnsOnOrders,
            let account = facts.loyaltyAccount(of: customer),
            facts.settings.currency == nil || facts.settings.currency == total.currency
        else { return 0 }
        return min(program.points(for: total, earnedBefore: account.lifetimePoints), account.room)
    }

    private func account(of subject: Subject) throws(Rejection) -> LoyaltyStanding {
        guard let account = facts.loyaltyAccount(of: subject.ordinal) else { throw .loyaltyAccountMissing }
        return account
    }

    private func checkBalance(covers points: Int64, of account: LoyaltyStanding) throws(Rejection) {
        if points > account.balance { throw .insufficientPoints(balance: account.balance) }
    }

    private func checkRoom(for points: Int64, in account: LoyaltyStanding) throws(Rejection) {
        if points > account.room {
            throw .limitReached("points in an account", limit: Int(Limits.pointsPerAccount))
        }
    }
}

extension LoyaltyProgram {
    /// The points that somebody with `earnedBefore` points earned in all gets for an amount: whole points, rounded down.
    ///
    /// Exact for any amount up to ``Limits/amount``; more than an `Int64` of points becomes `Int64.max`.
    public func points(for amount: Money, earnedBefore: Int64) -> Int64 {
        let minorUnitsPerUnit = (0..<amount.currency.minorDigitCount).reduce(Int128(1)) { power, _ in power * 10 }
        let pointsPerUnit = tiers.isEmpty ? 0 : tiers[tierIndex(earned: earnedBefore)].pointsPerUnit
        return Int64(clamping: Int128(amount.minorUnits) * Int128(pointsPerUnit) / minorUnitsPerUnit)
    }
}

extension LoyaltyStanding {
    /// How many points more the account can take.
    fileprivate var room: Int64 { max(0, Limits.pointsPerAccount - max(balance, lifetimePoints)) }
}
