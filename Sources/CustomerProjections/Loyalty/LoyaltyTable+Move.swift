import CustomerDomain
import EventSourcing

// What movements do to accounts and lots, as ``Event/pointsEarned(_:)`` says. Bringing points costs the same however many
// there are; the rest costs time as the account had movements.
extension LoyaltyTable {
    /// Brings a lot of more than zero points.
    mutating func bring(
        _ points: Int64,
        _ kind: LoyaltyTransaction.Kind,
        to account: Int,
        _ place: RecordedPlace,
        expiresAt: Timestamp? = nil,
        pending: PendingPoints? = nil,
        order: Int? = nil
    ) {
        if accounts[account].owed > 0 { payWhatIsOwed(account) }
        let end = expiresAt?.microseconds ?? Self.never
        due[account] = min(due[account], end)
        var row = accounts[account]
        let movement = append(points, kind, to: &row, place, rest: points, expiresAt: end, order: order)
        row.credited += points
        if kind == .earned { row.lifetimePoints += points }
        if let pending {
            row.pending += points
            pendingChanges[movement] = points
            switch pending {
            case .until(let time):
                pendingUntil[movement] = time.microseconds
                due[account] = min(due[account], time.microseconds)
            case .orderCompletion: pendingUntil[movement] = Self.orderCompletion
            }
        } else {
            row.balance += points
        }
        accounts[account] = row
        let source: PointsAccount = kind == .earned ? .earned : kind == .birthday ? .birthdays : .added
        post(points, from: source, to: pending == nil ? .balances : .pending)
        if row.owed > 0 { settle(account) }
    }

    /// Takes more than zero points from an account: what is named first, the rest by the rule.
    ///
    /// - Parameters:
    ///   - points: How many are taken.
    ///   - kind: Why.
    ///   - named: Where they are taken from, as far as there is enough.
    ///   - order: The order whose lots come first in the rest.
    ///   - untaken: Points that count as gone, and are not taken.
    ///   - account: The account.
    ///   - place: The event.
    mutating func take(
        _ points: Int64,
        _ kind: LoyaltyTransaction.Kind,
        named: [PointsAllocation],
        order: Int? = nil,
        untaken: Int64 = 0,
        from account: Int,
        _ place: RecordedPlace
    ) {
        payWhatIsOwed(account)
        var parts = ContiguousArray<Part>()
        var missing = points
        var (held, late) = (0 as Int64, 0 as Int64)
        let lots = lots(of: account)
        for part in named where missing > 0 {
            guard let lot = lots.first(where: { movements[Int($0)].sequence == part.lot.value }) else { continue }
            let count = min(part.points, available(in: lot, part.stage), missing)
            guard count > 0 else { continue }
            switch part.stage {
            case .active: break
            case .pending: held += count
            case .expired: late += count
            }
            if part.stage == .expired { expire(lot, -count) } else { movements[Int(lot)].rest -= count }
            parts.append(Part(lot: lot, remaining: count))
            missing -= count
        }
        if missing > 0 {
            let open = lots.filter { movements[Int($0)].rest > 0 && isActive($0) }.sorted { isSpent($0, before: $1) }
            let own = open.filter { order.map(UInt32.init) == movements[Int($0)].order }
            for lot in own + open where missing > 0 && movements[Int(lot)].rest > 0 {
                let count = min(movements[Int(lot)].rest, missing)
                movements[Int(lot)].rest -= count
                parts.append(Part(lot: lot, remaining: count))
                missing -= count
            }
        }
        let row = append(late - points, kind, to: account, place)
        if held > 0 { pendingChanges[row] = -held }
        edit(account) { account in
            account.owed += missing
            account.balance -= points - held - late
            account.pending -= held
            account.expired -= late
            account.debited += points
            if kind == .reversed { account.lifetimePoints -= points + untaken }
        }
        if kind == .redeemed { redemptions[row] = parts }
        if kind == .reversed, untaken + late > 0 { self.untaken[row] = untaken + late }
        let target: PointsAccount = kind == .redeemed ? .redeemed : kind == .reversed ? .reversed : .deducted
        post(points - held - late, from: .balances, to: target)
        post(held, from: .pending, to: target)
        post(late, from: .expired, to: target)
        settle(account)
    }

    /// Gives redeemed points back to their lots.
    mutating func restore(_ restored: PointsRestored, to account: Int, _ place: RecordedPlace) {
        payWhatIsOwed(account)
        let lots = lots(of: account)
        let all = movements(of: account)
        var points: Int64 = 0
        if let redemption = all.first(where: { movements[Int($0)].sequence == restored.redemption.value }),
            var parts = redemptions[redemption]
        {
            for part in restored.allocations {
                for index in parts.indices where movements[Int(parts[index].lot)].sequence == part.lot.value {
                    let count = min(part.points, parts[index].remaining)
                    guard count > 0, lots.contains(parts[index].lot) else { continue }
                    parts[index].remaining -= count
                    movements[Int(parts[index].lot)].rest += count
                    points += count
                }
            }
            redemptions[redemption] = parts
        }
        _ = append(points, .restored, to: account, place)
        edit(account) { account in
            account.balance += points
            account.debited -= points
        }
        post(points, from: .redeemed, to: .balances)
        settle(account)
    }

    /// Lets points of lots expire.
    mutating func expire(_ named: [PointsAllocation], of account: Int, _ place: RecordedPlace) {
        payWhatIsOwed(account)
        let lots = lots(of: account)
        var (gone, held) = (0 as Int64, 0 as Int64)
        for part in named where part.stage != .expired {
            guard let lot = lots.first(where: { movements[Int($0)].sequence == part.lot.value }) else { continue }
            let count = min(part.points, available(in: lot, part.stage))
            guard count > 0 else { continue }
            movements[Int(lot)].rest -= count
            expire(lot, count)
            gone += count
            if part.stage == .pending { held += count }
        }
        let row = append(-gone, .expired, to: account, place)
        if held > 0 { pendingChanges[row] = -held }
        edit(account) { account in
            account.balance -= gone - held
            account.pending -= held
            account.expired += gone
        }
        post(gone - held, from: .balances, to: .expired)
        post(held, from: .pending, to: .expired)
        settle(account)
    }

    /// Makes what is pending of lots a part of the balance.
    mutating func activate(_ named: [PointsAllocation], of account: Int, _ place: RecordedPlace) {
        payWhatIsOwed(account)
        let lots = lots(of: account)
        var points: Int64 = 0
        for part in named {
            guard let lot = lots.first(where: { movements[Int($0)].sequence == part.lot.value }),
                pendingUntil.removeValue(forKey: lot) != nil
            else { continue }
            points += movements[Int(lot)].rest
        }
        let row = append(0, .activated, to: account, place)
        if points > 0 { pendingChanges[row] = -points }
        edit(account) { account in
            account.balance += points
            account.pending -= points
        }
        post(points, from: .pending, to: .balances)
        settle(account)
    }

    private mutating func append(
        _ points: Int64,
        _ kind: LoyaltyTransaction.Kind,
        to account: Int,
        _ place: RecordedPlace
    ) -> UInt32 {
        var row = accounts[account]
        let movement = append(points, kind, to: &row, place)
        accounts[account] = row
        return movement
    }

    /// Changes numbers that hang together at once, as they are packed together.
    private mutating func edit(_ account: Int, _ change: (inout Account) -> Void) {
        var row = accounts[account]
        change(&row)
        accounts[account] = row
    }

    private mutating func append(
        _ points: Int64,
        _ kind: LoyaltyTransaction.Kind,
        to account: inout Account,
        _ place: RecordedPlace,
        rest: Int64 = 0,
        expiresAt: Int64 = LoyaltyTable.never,
        order: Int? = nil
    ) -> UInt32 {
        let row = UInt32(movements.count)
        movements.append(
            Movement(
                sequence: place.sequence,
                points: points,
                at: place.occurredAt,
                rest: rest,
                expiresAt: expiresAt,
                previous: account.lastMovement,
                order: order.map(UInt32.init) ?? noRow,
                kind: kind
            )
        )
        account.lastMovement = row
        account.movementCount += 1
        return row
    }

    private func available(in lot: UInt32, _ stage: PointsStage) -> Int64 {
        switch stage {
        case .active: isActive(lot) ? movements[Int(lot)].rest : 0
        case .pending: isActive(lot) ? 0 : movements[Int(lot)].rest
        case .expired: expired[lot] ?? 0
        }
    }

    private mutating func expire(_ lot: UInt32, _ points: Int64) {
        let sum = (expired[lot] ?? 0) + points
        expired[lot] = sum == 0 ? nil : sum
    }

    private mutating func post(_ points: Int64, from one: PointsAccount, to other: PointsAccount) {
        books[one.place] -= points
        books[other.place] += points
    }

    /// After an event: what can be spent pays what is owed, and what comes next is found.
    private mutating func settle(_ account: Int) {
        payWhatIsOwed(account)
        findDue(account)
    }

    /// What can be spent pays what is owed, the soonest expiring lots first.
    private mutating func payWhatIsOwed(_ account: Int) {
        guard accounts[account].owed > 0 else { return }
        let open = lots(of: account).filter { movements[Int($0)].rest > 0 && isActive($0) }
        for lot in open.sorted(by: { isSpent($0, before: $1) }) {
            let count = min(movements[Int(lot)].rest, accounts[account].owed)
            movements[Int(lot)].rest -= count
            accounts[account].owed -= count
        }
    }

    /// Finds when the next of an account's points expires or is pending no longer.
    mutating func findDue(_ account: Int) {
        var next = Self.never
        var row = accounts[account].lastMovement
        while row != noRow {
            let movement = movements[Int(row)]
            if movement.rest > 0 {
                next = min(next, movement.expiresAt)
                if !pendingUntil.isEmpty, let time = pendingUntil[row] { next = min(next, time) }
            }
            row = movement.previous
        }
        due[account] = next
    }
}

extension PointsAccount {
    /// Its place in the books.
    var place: Int {
        switch self {
        case .earned: 0
        case .added: 1
        case .birthdays: 2
        case .balances: 3
        case .pending: 4
        case .redeemed: 5
        case .deducted: 6
        case .reversed: 7
        case .expired: 8
        }
    }
}
