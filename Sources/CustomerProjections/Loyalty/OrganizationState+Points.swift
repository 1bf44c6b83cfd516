import CustomerDomain
import EventSourcing

extension OrganizationState {
    mutating func enroll(_ row: Int, _ cardNumber: String, at time: Int64) {
        guard customers.loyaltyAccount[row] == noRow else { return }
        customers.loyaltyAccount[row] = loyalty.open(customer: row, cardNumber: cardNumber, at: time)
        showAccount(of: row)
    }

    mutating func earn(_ earned: EarnedPointsView, _ row: Int, _ record: RecordView) {
        let order: Int? = if let number = earned.orderNumber { orderRow(number.bytes, of: row) } else { nil }
        if let order { orders.pointsEarned[order] += earned.points }
        let account = customers.loyaltyAccount[row]
        guard account != noRow, earned.points > 0 else { return }
        loyalty.bring(
            earned.points,
            .earned,
            to: Int(account),
            RecordedPlace(record),
            expiresAt: earned.expiresAt,
            pending: earned.pending,
            order: order
        )
        showAccount(of: row)
    }

    /// The types of events about points of which there are few.
    mutating func applyToPoints(_ event: Event, _ row: Int, _ record: RecordView) {
        var order: Int?
        if case .pointsReversed(let back) = event {
            order = orderRow(back.orderNumber, of: row)
            if let order { orders.pointsEarned[order] -= back.points }
        }
        guard customers.loyaltyAccount[row] != noRow else { return }
        let (account, place) = (Int(customers.loyaltyAccount[row]), RecordedPlace(record))
        switch event {
        case .pointsReversed(let back):
            loyalty.take(
                back.points - back.forgiven,
                .reversed,
                named: back.allocations,
                order: order,
                untaken: back.forgiven,
                from: account,
                place
            )
        case .pointsRedeemed(let redeemed):
            loyalty.take(redeemed.points, .redeemed, named: redeemed.allocations, from: account, place)
        case .pointsAdjusted(let adjusted):
            switch adjusted.adjustment {
            case .add:
                guard adjusted.points > 0 else { return }
                loyalty.bring(adjusted.points, .adjusted, to: account, place, expiresAt: adjusted.expiresAt)
            case .deduct:
                loyalty.take(adjusted.points, .adjusted, named: adjusted.allocations, from: account, place)
            }
        case .birthdayRewarded(let reward):
            let year = UInt16(clamping: reward.year)
            loyalty.accounts[account].marks.birthdayYear = max(loyalty.accounts[account].marks.birthdayYear, year)
            guard reward.points > 0 else { return }
            loyalty.bring(reward.points, .birthday, to: account, place, expiresAt: reward.expiresAt)
        case .pointsRestored(let restored): loyalty.restore(restored, to: account, place)
        case .pointsExpired(let parts): loyalty.expire(parts, of: account, place)
        case .pointsActivated(let parts): loyalty.activate(parts, of: account, place)
        case .tierChanged(let change):
            let code = loyalty.tierNames.firstIndex(of: change.to) ?? loyalty.tierNames.count
            if code == loyalty.tierNames.count { loyalty.tierNames.append(change.to) }
            loyalty.accounts[account].marks.tier = UInt16(clamping: code + 1)
            loyalty.accounts[account].marks.tierSince = place.occurredAt
        default: return
        }
        showAccount(of: row)
    }

    /// Gives the account of one customer to another, who may have one already.
    mutating func moveAccount(from merged: Int, to survivor: Int) {
        let moved = customers.loyaltyAccount[merged]
        guard moved != noRow else { return }
        customers.loyaltyAccount[merged] = noRow
        let own = customers.loyaltyAccount[survivor]
        if own == noRow {
            customers.loyaltyAccount[survivor] = moved
            loyalty.accounts[Int(moved)].customer = UInt32(survivor)
        } else {
            loyalty.absorb(Int(moved), into: Int(own))
        }
        showAccount(of: survivor)
        showAccount(of: merged)
    }

    /// Puts what the list sorts and filters by into the columns.
    mutating func showAccount(of row: Int) {
        let account = customers.loyaltyAccount[row]
        guard account != noRow else {
            customers.points[row] = noTime
            customers.tier[row] = 0
            return
        }
        let balance = loyalty.accounts[Int(account)].balance
        if customers.points[row] != balance { customers.points[row] = balance }
        customers.tier[row] = tierIndex(of: Int(account)).map { UInt8(clamping: $0 + 1) } ?? 0
    }

    /// A new programme, by which everybody's tier is found anew.
    mutating func configureLoyalty(_ program: LoyaltyProgram) {
        loyaltyProgram = program
        for account in loyalty.accounts.indices {
            let row = Int(loyalty.accounts[account].customer)
            guard customers.loyaltyAccount[row] == UInt32(account) else { continue }
            customers.tier[row] = tierIndex(of: account).map { UInt8(clamping: $0 + 1) } ?? 0
        }
    }

    /// The index of the tier that an account is in; `nil` without a programme.
    func tierIndex(of account: Int) -> Int? {
        guard let loyaltyProgram, !loyaltyProgram.tiers.isEmpty else { return nil }
        let row = loyalty.accounts[account]
        let name = row.marks.tier == 0 ? nil : loyalty.tierNames[Int(row.marks.tier) - 1]
        return loyaltyProgram.tierIndex(recorded: name, lifetimePoints: row.lifetimePoints)
    }
}

extension RecordedPlace {
    fileprivate init(_ record: RecordView) {
        self.init(sequence: record.sequence.value, occurredAt: record.occurredAt.microseconds)
    }
}
