import EventSourcing

// Whether points are expired follows from their time alone: so nothing is spent that the schedule has not come to yet.
extension Decision {
    func earnPoints(_ earned: PointsEarned, by id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try activeSubject(id)
        let (account, program) = try account(of: subject)
        try check(earned.points, "points", Limits.points)
        try check(earned.reason, "reason", Limits.reason, .paragraphs)
        var isCompleted = false
        if let number = earned.orderNumber {
            guard let order = facts.order(number), survivor(of: order.customer) == subject.ordinal else {
                throw .orderNotFound(number)
            }
            guard order.status != .cancelled else { throw .orderCancelled(number) }
            isCompleted = order.status == .completed
        }
        try checkRoom(for: earned.points, in: account)
        let lot = program.lot(of: earned, at: now, isCompleted: isCompleted)
        return subject.events([.pointsEarned(lot)] + rise(of: account, subject.ordinal, program, by: earned.points))
    }

    func adjustPoints(_ adjusted: PointsAdjusted, of id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        let (account, program) = try account(of: subject)
        try check(adjusted.points, "points", Limits.points)
        try check(adjusted.reason, "reason", Limits.reason, .paragraphs)
        var adjusted = adjusted
        switch adjusted.adjustment {
        case .add:
            try checkRoom(for: adjusted.points, in: account)
            adjusted.expiresAt = program.validity?.end(from: now)
            return subject.events([.pointsAdjusted(adjusted)])
        case .deduct:
            let (expired, taken) = try take(adjusted.points, of: subject.ordinal, account)
            adjusted.allocations = taken
            return subject.events(expired + [.pointsAdjusted(adjusted)])
        }
    }

    func redeemPoints(_ redeemed: PointsRedeemed, of id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try activeSubject(id)
        let (account, program) = try account(of: subject)
        try check(redeemed.points, "points", Limits.points)
        try check(redeemed.reason, "reason", Limits.reason, .paragraphs)
        // Points are often redeemed before the order that they pay for is placed, so it need not be there.
        try check(redeemed.orderNumber, "orderNumber", Limits.orderNumber)
        if redeemed.points < program.minimumRedemption {
            throw .invalid(field: "points", reason: "must be at least \(grouped(program.minimumRedemption))")
        }
        var redeemed = redeemed
        let (expired, taken) = try take(redeemed.points, of: subject.ordinal, account)
        redeemed.allocations = taken
        return subject.events(expired + [.pointsRedeemed(redeemed)])
    }

    /// Gives back to the lots that were taken from, those first that expire last; what goes back to one that is expired
    /// expires at once.
    func restorePoints(_ restore: RestorePoints, of id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        guard let account = facts.loyaltyAccount(of: subject.ordinal) else { throw .loyaltyAccountMissing }
        try check(restore.reason, "reason", Limits.reason, .paragraphs)
        guard let redemption = facts.pointsRedemption(restore.redemption, of: subject.ordinal) else {
            throw .redemptionNotFound(restore.redemption)
        }
        let remaining = redemption.remaining.total
        if remaining == 0 { throw .nothingToRestore(restore.redemption) }
        let points = restore.points ?? remaining
        try check(points, "points", Limits.points)
        if points > remaining { throw .restoreExceedsRedemption(remaining: remaining) }
        try checkRoom(for: points, in: account)

        var missing = points
        var parts: [PointsAllocation] = []
        for part in redemption.remaining.reversed() where missing > 0 && part.points > 0 {
            parts.append(PointsAllocation(lot: part.lot, points: min(part.points, missing)))
            missing -= min(part.points, missing)
        }
        let ends = facts.pointsLots(parts.map(\.lot), of: subject.ordinal)
        let late = parts.filter { part in ends.contains { $0.id == part.lot && $0.isDue(at: now) } }
        // What comes back pays first what is owed, the soonest expiring lot before others: only the rest can expire.
        let owed = PointsPurse(facts.openPointsLots(of: subject.ordinal), owed: account.owed).owed
        let expired = expiring(late, paying: owed, with: parts, of: ends)
        let restored = PointsRestored(redemption: restore.redemption, allocations: parts, reason: restore.reason)
        return subject.events([.pointsRestored(restored)] + expired.runs.map { .pointsExpired($0) })
    }

    private func expiring(
        _ late: [PointsAllocation],
        paying owed: Int64,
        with parts: [PointsAllocation],
        of ends: [PointsLot]
    ) -> [PointsAllocation] {
        let lots = parts.compactMap { part in
            ends.first { $0.id == part.lot }
                .map { lot in
                    var lot = lot
                    (lot.rest, lot.pending) = (part.points, nil)
                    return lot
                }
        }
        var purse = PointsPurse(lots, owed: owed)
        return purse.take(.max) { lot in late.contains { $0.lot == lot.id } }
    }

    /// Points that an order earned go back: first from what is left of its own lots, pending or not; what of them expired is
    /// gone already and counts as gone back; for what was spent, other points go, the soonest expiring first; then the balance
    /// goes below zero, or the shop bears it.
    func reversal(of points: Int64, _ number: String, _ customer: CustomerOrdinal) -> [Event] {
        guard points > 0 else { return [] }
        guard let account = facts.loyaltyAccount(of: customer) else {
            return [.pointsReversed(PointsReversed(points: points, orderNumber: number))]
        }
        var purse = PointsPurse(facts.openPointsLots(of: customer), owed: account.owed)
        let own = facts.pointsLots(ofOrder: number)
        var allocations = purse.take(points) { lot in own.contains { $0.id == lot.id } }
        var missing = points - allocations.total
        for lot in own where missing > 0 && lot.expired > 0 {
            let part = min(lot.expired, missing)
            allocations.append(PointsAllocation(lot: lot.id, points: part, stage: .expired))
            missing -= part
        }
        allocations += purse.take(missing) { $0.stage == .active }
        missing = points - allocations.total
        var reversed = PointsReversed(points: points, orderNumber: number, allocations: allocations)
        if facts.loyaltyProgram?.allowsNegativeBalance == false { reversed.forgiven = missing }
        return [.pointsReversed(reversed)]
    }

    /// What a customer earns by an order of this total, and the tier that it comes to: nothing without a programme that pays
    /// for orders, without an account, and in a currency that the programme does not count in.
    func earnings(by order: Order, _ total: Money, of customer: CustomerOrdinal) -> [Event] {
        guard let program = facts.loyaltyProgram, program.isActive, program.earnsOnOrders,
            let account = facts.loyaltyAccount(of: customer),
            facts.settings.currency == nil || facts.settings.currency == total.currency
        else { return [] }
        let points = min(program.points(for: total, tier: program.tierIndex(of: account)), account.room)
        guard points > 0 else { return [] }
        let earned = PointsEarned(points: points, orderNumber: order.number)
        let lot = program.lot(of: earned, at: now, isCompleted: order.status == .completed)
        return [.pointsEarned(lot)] + rise(of: account, customer, program, by: points)
    }

    /// The points of an order that waited for its completion.
    func activation(by order: String) -> [Event] {
        facts.pointsLots(ofOrder: order)
            .filter { $0.pending == .orderCompletion && $0.rest > 0 }
            .map { PointsAllocation(lot: $0.id, points: $0.rest, stage: .pending) }
            .runs.map { .pointsActivated($0) }
    }

    private func account(of subject: Subject) throws(Rejection) -> (LoyaltyStanding, LoyaltyProgram) {
        guard let account = facts.loyaltyAccount(of: subject.ordinal) else { throw .loyaltyAccountMissing }
        guard let program = facts.loyaltyProgram, program.isActive else { throw .loyaltyProgramInactive }
        return (account, program)
    }

    /// What is due expires, and then so many points are taken, the soonest expiring first.
    private func take(
        _ points: Int64,
        of customer: CustomerOrdinal,
        _ account: LoyaltyStanding
    ) throws(Rejection) -> (expired: [Event], taken: [PointsAllocation]) {
        var purse = PointsPurse(facts.openPointsLots(of: customer), owed: account.owed)
        let expired = purse.expire(at: now)
        if points > purse.balance { throw .insufficientPoints(balance: purse.balance) }
        return (expired, purse.take(points) { $0.stage == .active })
    }

    private func checkRoom(for points: Int64, in account: LoyaltyStanding) throws(Rejection) {
        if points > account.room {
            throw .limitReached("points in an account", limit: Int(Limits.pointsPerAccount))
        }
    }
}

extension LoyaltyProgram {
    /// The points that an amount earns in a tier: whole points, rounded down.
    ///
    /// Exact for any amount up to ``Limits/amount``; more than an `Int64` of points becomes `Int64.max`.
    public func points(for amount: Money, tier index: Int) -> Int64 {
        let minorUnitsPerUnit = (0..<amount.currency.minorDigitCount).reduce(Int128(1)) { power, _ in power * 10 }
        let pointsPerUnit = tiers.indices.contains(index) ? tiers[index].pointsPerUnit : 0
        return Int64(clamping: Int128(amount.minorUnits) * Int128(pointsPerUnit) / minorUnitsPerUnit)
    }

    /// Earned points with their end, and what they wait for: only those of an order wait.
    func lot(of earned: PointsEarned, at now: Timestamp, isCompleted: Bool) -> PointsEarned {
        var lot = earned
        lot.expiresAt = validity?.end(from: now)
        lot.pending = nil
        guard earned.orderNumber != nil else { return lot }
        switch pending {
        case .none: break
        case .days(let count): lot.pending = .until(now.advanced(byDays: count))
        case .orderCompletion: if !isCompleted { lot.pending = .orderCompletion }
        }
        return lot
    }

    /// The index of the tier that an account is in.
    public func tierIndex(of account: LoyaltyStanding) -> Int {
        tierIndex(recorded: account.tier, lifetimePoints: account.lifetimePoints)
    }
}

extension LoyaltyStanding {
    /// How many points more the account can take.
    var room: Int64 { max(0, Limits.pointsPerAccount - max(balance + pending, lifetimePoints)) }
}
