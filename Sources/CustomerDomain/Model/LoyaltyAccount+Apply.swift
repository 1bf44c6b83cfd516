import EventSourcing

extension OrganizationModel.LoyaltyAccount {
    /// What the event does to the account.
    mutating func apply(_ recorded: RecordedEvent) {
        if case .tierChanged(let change) = recorded.event {
            tier = OrganizationModel.RecordedTier(name: change.to, since: recorded.occurredAt)
            return
        }
        guard var transaction = OrganizationModel.PointsTransaction(recorded) else { return }
        let (balance, pending) = (balance, pending)
        payWhatIsOwed()
        switch recorded.event {
        case .pointsEarned(let earned):
            transaction.earned = earned.points
            add(earned.points, recorded, earned.expiresAt, earned.pending, order: earned.orderNumber)
        case .birthdayRewarded(let reward):
            birthdayYear = max(birthdayYear ?? reward.year, reward.year)
            add(reward.points, recorded, reward.expiresAt)
        case .pointsAdjusted(let adjusted):
            switch adjusted.adjustment {
            case .add: add(adjusted.points, recorded, adjusted.expiresAt)
            case .deduct: _ = take(adjusted.points, adjusted.allocations)
            }
        case .pointsRedeemed(let redeemed):
            let taken = take(redeemed.points, redeemed.allocations)
            let (sequence, parts) = (recorded.sequence, taken)
            redemptions.append(OrganizationModel.Redemption(sequence: sequence, taken: parts, remaining: parts))
        case .pointsReversed(let reversed):
            transaction.earned = -reversed.points
            let points = reversed.points - reversed.forgiven
            _ = take(points, reversed.allocations, order: reversed.orderNumber)
        case .pointsRestored(let restored): restore(restored)
        case .pointsExpired(let parts): for part in parts { expire(part) }
        case .pointsActivated(let parts):
            for part in parts { change(part.lot) { $0.pending = nil } }
        default: break
        }
        payWhatIsOwed()
        transaction.change = self.balance - balance
        transaction.pendingChange = self.pending - pending
        transactions.append(transaction)
    }

    private mutating func add(
        _ points: Int64,
        _ recorded: RecordedEvent,
        _ expiresAt: Timestamp?,
        _ pending: PendingPoints? = nil,
        order: String? = nil
    ) {
        let lot = PointsLot(
            id: recorded.sequence,
            points: points,
            rest: points,
            earnedAt: recorded.occurredAt,
            expiresAt: expiresAt,
            pending: pending
        )
        lots.append(OrganizationModel.HeldLot(lot: lot, orderNumber: order))
    }

    /// Takes from the lots that are named, the rest by the rule; says what came from lots.
    private mutating func take(
        _ points: Int64,
        _ named: [PointsAllocation],
        order: String? = nil
    ) -> [PointsAllocation] {
        var missing = points
        var taken: [PointsAllocation] = []
        for part in named {
            let available = self.available(of: part)
            let count = min(part.points, available, missing)
            guard count > 0 else { continue }
            change(part.lot) { lot in
                if part.stage == .expired { lot.expired -= count } else { lot.rest -= count }
            }
            taken.append(PointsAllocation(lot: part.lot, points: count, stage: part.stage))
            missing -= count
        }
        let own = order == nil ? [] : lots.filter { $0.orderNumber == order }.map(\.lot.id)
        let queue = lots.map(\.lot).filter { $0.stage == .active }.sorted { $0.isSpent(before: $1) }
        for lot in queue.filter({ own.contains($0.id) }) + queue.filter({ !own.contains($0.id) }) {
            let count = min(lot.rest, missing)
            guard count > 0 else { continue }
            change(lot.id) { $0.rest -= count }
            taken.append(PointsAllocation(lot: lot.id, points: count))
            missing -= count
        }
        owed += missing
        return taken
    }

    private func available(of part: PointsAllocation) -> Int64 {
        guard let lot = lots.first(where: { $0.lot.id == part.lot })?.lot else { return 0 }
        if part.stage == .expired { return lot.expired }
        return lot.stage == part.stage ? lot.rest : 0
    }

    private mutating func restore(_ restored: PointsRestored) {
        guard let index = redemptions.firstIndex(where: { $0.sequence == restored.redemption }) else { return }
        for part in restored.allocations {
            for place in redemptions[index].remaining.indices
            where redemptions[index].remaining[place].lot == part.lot {
                let count = min(part.points, redemptions[index].remaining[place].points)
                redemptions[index].remaining[place].points -= count
                change(part.lot) { $0.rest += count }
            }
        }
    }

    private mutating func expire(_ part: PointsAllocation) {
        let count = min(part.points, available(of: part))
        guard count > 0, part.stage != .expired else { return }
        change(part.lot) { lot in
            lot.rest -= count
            lot.expired += count
        }
    }

    /// What can be spent pays what is owed, the soonest expiring lots first.
    private mutating func payWhatIsOwed() {
        for lot in lots.map(\.lot).filter({ $0.stage == .active }).sorted(by: { $0.isSpent(before: $1) }) {
            let count = min(lot.rest, owed)
            guard count > 0 else { continue }
            change(lot.id) { $0.rest -= count }
            owed -= count
        }
    }

    /// Takes all that another account has; what it owes is paid when the next event comes.
    mutating func takeOver(from other: OrganizationModel.LoyaltyAccount) {
        transactions = (transactions + other.transactions).sorted { $0.sequence < $1.sequence }
        lots = (lots + other.lots).sorted { $0.lot.id < $1.lot.id }
        redemptions = (redemptions + other.redemptions).sorted { $0.sequence < $1.sequence }
        owed += other.owed
        if let year = other.birthdayYear { birthdayYear = max(birthdayYear ?? year, year) }
    }

    private mutating func change(_ lot: SequenceNumber, _ change: (inout PointsLot) -> Void) {
        for index in lots.indices where lots[index].lot.id == lot { change(&lots[index].lot) }
    }
}

extension OrganizationModel.PointsTransaction {
    /// The transaction of an event that moves points, before it is known by how much.
    fileprivate init?(_ recorded: RecordedEvent) {
        self.init(sequence: recorded.sequence, occurredAt: recorded.occurredAt, kind: .earned, change: 0)
        switch recorded.event {
        case .pointsEarned(let earned): (orderNumber, reason) = (earned.orderNumber, earned.reason)
        case .birthdayRewarded: kind = .birthday
        case .pointsAdjusted(let adjusted): (kind, reason) = (.adjusted, adjusted.reason)
        case .pointsRedeemed(let redeemed):
            (kind, orderNumber, reason) = (.redeemed, redeemed.orderNumber, redeemed.reason)
        case .pointsReversed(let reversed): (kind, orderNumber) = (.reversed, reversed.orderNumber)
        case .pointsRestored(let restored): (kind, reason) = (.restored, restored.reason)
        case .pointsExpired: kind = .expired
        case .pointsActivated: kind = .activated
        default: return nil
        }
    }
}
