import EventSourcing

/// The open lots of an account while a command takes from them; what is owed is paid first, as applying the next event will.
struct PointsPurse {
    /// The soonest expiring first.
    private(set) var lots: [PointsLot]
    /// What is owed beyond all that can be spent.
    private(set) var owed: Int64

    init(_ lots: [PointsLot], owed: Int64) {
        self.lots = lots.sorted { $0.isSpent(before: $1) }
        self.owed = owed
        let paid = take(owed) { $0.stage == .active }
        self.owed -= paid.total
    }

    /// What can be spent, less what is owed.
    var balance: Int64 { lots.reduce(-owed) { $1.stage == .active ? $0 + $1.rest : $0 } }

    /// Takes as much as there is in the lots that are asked for, up to so many points.
    mutating func take(_ points: Int64, from isTaken: (PointsLot) -> Bool) -> [PointsAllocation] {
        var missing = points
        var allocations: [PointsAllocation] = []
        for index in lots.indices where missing > 0 && lots[index].rest > 0 && isTaken(lots[index]) {
            let part = min(missing, lots[index].rest)
            allocations.append(PointsAllocation(lot: lots[index].id, points: part, stage: lots[index].stage))
            lots[index].rest -= part
            missing -= part
        }
        return allocations
    }

    /// Takes all that is due, pending or not.
    mutating func expire(at now: Timestamp) -> [Event] {
        let gone = take(.max) { $0.isDue(at: now) }
        return gone.runs.map { .pointsExpired($0) }
    }
}

extension [PointsAllocation] {
    /// In runs that one event may hold.
    var runs: [[PointsAllocation]] {
        stride(from: 0, to: count, by: Limits.allocationsPerEvent)
            .map { Array(self[$0..<Swift.min(count, $0 + Limits.allocationsPerEvent)]) }
    }
}
