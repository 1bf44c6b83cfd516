public import CustomerDomain
public import EventSourcing

// What the schedule looks for.
extension OrganizationState {
    /// Who answers for points that expire or are pending no longer at a time.
    ///
    /// Costs time in proportion to the accounts, a number for each.
    ///
    /// - Parameters:
    ///   - time: The time to look from.
    ///   - limit: How many customers are enough.
    /// - Returns: The customers, erased ones among them, in the order in which they enrolled.
    public func customersWithDuePoints(at time: Timestamp, limit: Int) -> [CustomerID] {
        var found: [CustomerID] = []
        for account in loyalty.due.indices where loyalty.due[account] <= time.microseconds {
            let row = Int(loyalty.accounts[account].customer)
            guard customers.loyaltyAccount[row] == UInt32(account) else { continue }
            found.append(customers.ids[row])
            if found.count >= limit { break }
        }
        return found
    }

    /// Who, of some accounts, may have a birthday to be rewarded or a tier to be changed at a time: a candidate at least for
    /// each who has.
    ///
    /// Costs time in proportion to those accounts, and to their movements where a window decides the tier.
    ///
    /// - Parameters:
    ///   - time: The time to look from.
    ///   - accounts: Which accounts to look at, by the order in which they were opened.
    /// - Returns: The customers, and whether there are accounts behind these.
    public func customersToReview(at time: Timestamp, accounts: Range<Int>) -> (ids: [CustomerID], hasMore: Bool) {
        let hasMore = accounts.upperBound < loyalty.accounts.count
        guard let program = loyaltyProgram, program.isActive, !program.tiers.isEmpty else { return ([], false) }
        var found: [CustomerID] = []
        for account in accounts.clamped(to: loyalty.accounts.indices) {
            let row = Int(loyalty.accounts[account].customer)
            guard customers.loyaltyAccount[row] == UInt32(account), customers.status[row] == .active else { continue }
            if isTierDue(account, row, program, at: time) || isBirthdayDue(row, program, at: time) {
                found.append(customers.ids[row])
            }
        }
        return (found, hasMore)
    }

    private func isTierDue(_ account: Int, _ row: Int, _ program: LoyaltyProgram, at time: Timestamp) -> Bool {
        let current = tierIndex(of: account) ?? 0
        let points: Int64
        if program.qualification == .lifetime {
            points = loyalty.accounts[account].lifetimePoints
        } else {
            // Who never earned enough for another tier needs no look at when.
            if current == 0, program.tierIndex(earned: loyalty.accounts[account].credited) == 0 { return false }
            points = program.qualification.points(of: earnedPoints(of: CustomerOrdinal(UInt32(row))), at: time)
        }
        let earned = program.tierIndex(earned: points)
        return earned > current || earned < current && program.downgrade != .never
    }

    private func isBirthdayDue(_ row: Int, _ program: LoyaltyProgram, at time: Timestamp) -> Bool {
        guard program.birthdayPoints > 0, let date = record(of: row).birthDate,
            let birthday = date.lastAnniversary(before: time)
        else { return false }
        return Int64(birthday.dayNumber) + Int64(Limits.birthdayRewardDays) >= time.microseconds / 86_400_000_000
    }
}
