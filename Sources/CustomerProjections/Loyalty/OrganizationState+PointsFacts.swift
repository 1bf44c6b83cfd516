public import CustomerDomain
public import EventSourcing

extension OrganizationState {
    /// What deciding knows of a loyalty account; `nil` when there is none.
    public func loyaltyAccount(of customer: CustomerOrdinal) -> LoyaltyStanding? {
        guard let account = accountRow(of: customer) else { return nil }
        let row = loyalty.accounts[account]
        let marks = row.marks
        return LoyaltyStanding(
            cardNumber: loyalty.cardNumbers[account],
            enrolledAt: Timestamp(microseconds: row.enrolledAt),
            balance: row.balance,
            pending: row.pending,
            owed: row.owed,
            lifetimePoints: row.lifetimePoints,
            tier: marks.tier == 0 ? nil : loyalty.tierNames[Int(marks.tier) - 1],
            tierSince: marks.tier == 0 ? nil : Timestamp(microseconds: marks.tierSince),
            birthdayYear: marks.birthdayYear == 0 ? nil : Int(marks.birthdayYear)
        )
    }

    /// Who answers for this card.
    public func customer(withLoyaltyCard cardNumber: String) -> CustomerOrdinal? {
        loyalty.account(withCard: cardNumber).map { CustomerOrdinal(loyalty.accounts[$0].customer) }
    }

    /// The lots of points with a rest, the soonest expiring first.
    public func openPointsLots(of customer: CustomerOrdinal) -> [PointsLot] {
        pointsLots(of: customer) { loyalty.movements[Int($0)].rest > 0 }.sorted { $0.isSpent(before: $1) }
    }

    /// The lots of points of these identifiers.
    public func pointsLots(_ ids: [SequenceNumber], of customer: CustomerOrdinal) -> [PointsLot] {
        pointsLots(of: customer) { ids.contains(SequenceNumber(loyalty.movements[Int($0)].sequence)) }
    }

    /// The lots of points that an order earned.
    public func pointsLots(ofOrder number: String) -> [PointsLot] {
        guard let order = orderRow(number) else { return [] }
        let customer = CustomerOrdinal(orders.customer[order])
        return pointsLots(of: customer) { loyalty.movements[Int($0)].order == UInt32(order) }
    }

    /// Points that this event redeemed.
    public func pointsRedemption(_ sequence: SequenceNumber, of customer: CustomerOrdinal) -> RedemptionStanding? {
        guard let account = accountRow(of: customer),
            let row = loyalty.movements(of: account)
                .first(where: { loyalty.movements[Int($0)].sequence == sequence.value }),
            let parts = loyalty.redemptions[row]
        else { return nil }
        return RedemptionStanding(
            remaining: parts.map { part in
                let lot = SequenceNumber(loyalty.movements[Int(part.lot)].sequence)
                return PointsAllocation(lot: lot, points: part.remaining)
            }
        )
    }

    /// All points that the customer earned, and what went back, in the order of the log.
    public func earnedPoints(of customer: CustomerOrdinal) -> [EarnedPoints] {
        guard let account = accountRow(of: customer) else { return [] }
        var earned: [EarnedPoints] = []
        for row in loyalty.movements(of: account).reversed() {
            let movement = loyalty.movements[Int(row)]
            let points: Int64
            switch movement.kind {
            case .earned: points = movement.points
            case .reversed: points = movement.points - (loyalty.untaken[row] ?? 0)
            default: continue
            }
            earned.append(EarnedPoints(points: points, at: Timestamp(microseconds: movement.at)))
        }
        return earned
    }

    func accountRow(of customer: CustomerOrdinal) -> Int? {
        let account = customers.loyaltyAccount[customer.index]
        return account == noRow ? nil : Int(account)
    }

    /// The lots of a customer that are asked for, in the order of the log.
    func pointsLots(of customer: CustomerOrdinal, where isWanted: (UInt32) -> Bool) -> [PointsLot] {
        guard let account = accountRow(of: customer) else { return [] }
        return loyalty.lots(of: account).reversed().filter(isWanted).map { pointsLot($0) }
    }

    private func pointsLot(_ row: UInt32) -> PointsLot {
        let movement = loyalty.movements[Int(row)]
        let pending = loyalty.pendingUntil[row]
            .map { time -> PendingPoints in
                time == LoyaltyTable.orderCompletion ? .orderCompletion : .until(Timestamp(microseconds: time))
            }
        return PointsLot(
            id: SequenceNumber(movement.sequence),
            points: movement.points,
            rest: movement.rest,
            expired: loyalty.expired[row] ?? 0,
            earnedAt: Timestamp(microseconds: movement.at),
            expiresAt: movement.expiresAt == LoyaltyTable.never ? nil : Timestamp(microseconds: movement.expiresAt),
            pending: pending
        )
    }
}
