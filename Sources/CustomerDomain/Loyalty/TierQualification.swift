public import EventSourcing

/// Which of the points earned decide the tier; never the balance.
public enum TierQualification: Hashable, Sendable {
    /// All that were ever earned.
    case lifetime
    /// Those of this many months: points count until the end of the day so many months after they were earned.
    case months(Int)
    /// Those of this calendar year, in UTC.
    case calendarYear

    /// Until when points count that were earned at this time; `nil` for ever.
    public func end(of earnedAt: Timestamp) -> Timestamp? {
        let day = earnedAt.dayAndTime.day
        return switch self {
        case .lifetime: nil
        case .months(let count): day.advanced(by: count, .month)?.startOfNext(.day)?.start
        case .calendarYear: day.startOfNext(.year)?.start
        }
    }

    /// What these earnings, and what went back of them, come to at a time.
    ///
    /// What goes back counts on the day on which it does, and nothing is below zero.
    public func points(of changes: [EarnedPoints], at now: Timestamp) -> Int64 {
        let sum = changes.reduce(0 as Int64) { sum, change in
            if let end = end(of: change.at), end <= now { return sum }
            return sum.addingSaturating(change.points)
        }
        return max(0, sum)
    }
}

/// Points earned, or gone back, at a time.
public struct EarnedPoints: Hashable, Sendable {
    /// Below zero for what went back.
    public var points: Int64
    /// When, in business time.
    public var at: Timestamp

    /// These points.
    public init(points: Int64, at: Timestamp) {
        self.points = points
        self.at = at
    }
}

extension LoyaltyProgram {
    /// When a customer who earns nothing more comes to have less points than its tier needs, and which tier follows.
    ///
    /// `nil` when that never comes: the first tier, a policy that keeps tiers, or points that count for ever.
    ///
    /// - Parameters:
    ///   - index: The tier that the customer is in.
    ///   - changes: What it earned, and what went back of that.
    ///   - now: The time to look from.
    /// - Returns: The time, and the index of the tier.
    public func downgrade(from index: Int, _ changes: [EarnedPoints], at now: Timestamp) -> (at: Timestamp, to: Int)? {
        guard index > 0, index < tiers.count, downgrade != .never, qualification != .lifetime else { return nil }
        let ends = Set(changes.compactMap { qualification.end(of: $0.at) }).filter { $0 > now }.sorted()
        for time in [now] + ends {
            let earned = tierIndex(earned: qualification.points(of: changes, at: time))
            if earned < index { return (time, downgrade == .oneDown ? index - 1 : earned) }
        }
        return nil
    }
}
