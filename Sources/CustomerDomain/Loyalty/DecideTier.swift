public import EventSourcing

// What time does to an account, and which tier it is in.
extension Decision {
    /// What is due of whoever answers for a customer; points of erased ones, too: what the shop owes must come to an end.
    func reviewLoyalty(of id: CustomerID) throws(Rejection) -> [Decided] {
        guard let ordinal = facts.customer(id) else { throw .customerNotFound(id) }
        let holder = survivor(of: ordinal)
        guard let account = facts.loyaltyAccount(of: holder) else { return [] }
        var purse = PointsPurse(facts.openPointsLots(of: holder), owed: account.owed)
        var events = purse.expire(at: now)
        let waited = purse.lots
            .filter { lot in
                if case .until(let time)? = lot.pending { time <= now && lot.rest > 0 } else { false }
            }
            .map { PointsAllocation(lot: $0.id, points: $0.rest, stage: .pending) }
        events += waited.runs.map { .pointsActivated($0) }
        if let program = facts.loyaltyProgram, program.isActive, facts.standing(of: holder).status == .active {
            events += birthdayReward(of: account, holder, program)
            events += review(of: account, holder, program)
        }
        return events.map { Decided(customer: holder, event: $0) }
    }

    /// The event of a tier above the one that the account is in, after so many points more; none where it is not.
    func rise(
        of account: LoyaltyStanding,
        _ customer: CustomerOrdinal,
        _ program: LoyaltyProgram,
        by points: Int64
    ) -> [Event] {
        let current = program.tierIndex(of: account)
        let sum = qualifyingPoints(of: account, customer, program).addingSaturating(points)
        let earned = program.tierIndex(earned: sum)
        return earned > current ? [change(program, current, earned, sum)] : []
    }

    /// After a merge of two accounts: the highest tier of what both were in, and of what both earned together.
    func tier(
        of survivor: CustomerOrdinal,
        merging merged: CustomerOrdinal
    ) -> [Event] {
        guard let program = facts.loyaltyProgram, let one = facts.loyaltyAccount(of: survivor),
            let other = facts.loyaltyAccount(of: merged)
        else { return [] }
        let lifetimePoints = one.lifetimePoints + other.lifetimePoints
        let changes = facts.earnedPoints(of: survivor) + facts.earnedPoints(of: merged)
        let counted = program.qualification.points(of: changes, at: now)
        let sum = program.qualification == .lifetime ? lifetimePoints : counted
        let current = program.tierIndex(recorded: one.tier, lifetimePoints: lifetimePoints)
        let both = max(program.tierIndex(of: one), program.tierIndex(of: other), program.tierIndex(earned: sum))
        return both > current ? [change(program, current, both, sum)] : []
    }

    private func review(
        of account: LoyaltyStanding,
        _ customer: CustomerOrdinal,
        _ program: LoyaltyProgram
    ) -> [Event] {
        let current = program.tierIndex(of: account)
        let sum = qualifyingPoints(of: account, customer, program)
        let earned = program.tierIndex(earned: sum)
        if earned > current { return [change(program, current, earned, sum)] }
        guard earned < current else { return [] }
        switch program.downgrade {
        case .never: return []
        case .balanceBased: return [change(program, current, earned, sum)]
        case .oneDown:
            // A step down begins a window of its own.
            if let since = account.tierSince, let end = program.qualification.end(of: since), end > now { return [] }
            return [change(program, current, current - 1, sum)]
        }
    }

    private func change(_ program: LoyaltyProgram, _ from: Int, _ to: Int, _ points: Int64) -> Event {
        .tierChanged(TierChanged(from: program.tiers[from].name, to: program.tiers[to].name, points: points))
    }

    private func qualifyingPoints(
        of account: LoyaltyStanding,
        _ customer: CustomerOrdinal,
        _ program: LoyaltyProgram
    ) -> Int64 {
        if program.qualification == .lifetime { return account.lifetimePoints }
        return program.qualification.points(of: facts.earnedPoints(of: customer), at: now)
    }

    /// On the birthday, or a few days later where the schedule did not run; never for one before the account was opened.
    private func birthdayReward(
        of account: LoyaltyStanding,
        _ customer: CustomerOrdinal,
        _ program: LoyaltyProgram
    ) -> [Event] {
        guard program.birthdayPoints > 0, account.room >= program.birthdayPoints,
            let birthday = facts.profile(of: customer).birthDate?.lastAnniversary(before: now),
            now.dayAndTime.day.dayNumber - birthday.dayNumber <= Limits.birthdayRewardDays,
            birthday >= account.enrolledAt.dayAndTime.day, birthday.components.year > account.birthdayYear ?? 0
        else { return [] }
        let end = program.validity?.end(from: now)
        let year = birthday.components.year
        return [.birthdayRewarded(BirthdayRewarded(points: program.birthdayPoints, year: year, expiresAt: end))]
    }
}

extension CalendarDate {
    /// The last day on which this one was celebrated, today among them; 29 February on the 28th of years without.
    public func lastAnniversary(before now: Timestamp) -> CalendarDate? {
        let today = now.dayAndTime.day
        let (_, month, day) = components
        for year in [today.components.year, today.components.year - 1] {
            let date = CalendarDate(year: year, month: month, day: day) ?? CalendarDate(year: year, month: 2, day: 28)
            if let date, date <= today { return date }
        }
        return nil
    }
}
