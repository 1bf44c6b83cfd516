/// One side of a movement of points, as double-entry bookkeeping has it.
///
/// The postings of an event come to zero, and so do those of any history: what customers have, what is pending, was
/// redeemed, deducted, went back and expired is what was given.
public struct PointsPosting: Hashable, Sendable {
    /// Where it is posted.
    public var account: PointsAccount
    /// Above zero where the account gets them.
    public var points: Int64

    /// A posting of these parts.
    public init(account: PointsAccount, points: Int64) {
        self.account = account
        self.points = points
    }
}

/// Where points come from, lie, and go to.
public enum PointsAccount: String, Hashable, Sendable, CaseIterable {
    /// Earned; below zero.
    case earned
    /// Given by hand; below zero.
    case added
    /// Given for birthdays; below zero.
    case birthdays
    /// What customers can spend, less what they owe.
    case balances
    /// What cannot be spent yet.
    case pending
    /// Spent by customers.
    case redeemed
    /// Taken by hand.
    case deducted
    /// Gone back with orders.
    case reversed
    /// Expired.
    case expired
}

extension Event {
    /// The postings of a movement of points; none for any other event.
    public var pointsPostings: [PointsPosting] {
        switch self {
        case .pointsEarned(let earned):
            Self.move(earned.points, from: .earned, to: earned.pending == nil ? .balances : .pending)
        case .birthdayRewarded(let reward): Self.move(reward.points, from: .birthdays, to: .balances)
        case .pointsAdjusted(let adjusted):
            switch adjusted.adjustment {
            case .add: Self.move(adjusted.points, from: .added, to: .balances)
            case .deduct: Self.move(adjusted.points, from: .balances, to: .deducted)
            }
        case .pointsRedeemed(let redeemed): Self.move(redeemed.points, from: .balances, to: .redeemed)
        case .pointsRestored(let back): Self.move(back.allocations.total, from: .redeemed, to: .balances)
        case .pointsReversed(let back):
            Self.move(back.allocations.total(.pending), from: .pending, to: .reversed)
                + Self.move(back.allocations.total(.expired), from: .expired, to: .reversed)
                + Self.move(
                    back.points - back.forgiven - back.allocations.total(.pending) - back.allocations.total(.expired),
                    from: .balances,
                    to: .reversed
                )
        case .pointsActivated(let parts): Self.move(parts.total, from: .pending, to: .balances)
        case .pointsExpired(let parts):
            Self.move(parts.total(.active), from: .balances, to: .expired)
                + Self.move(parts.total(.pending), from: .pending, to: .expired)
        default: []
        }
    }

    private static func move(_ points: Int64, from: PointsAccount, to: PointsAccount) -> [PointsPosting] {
        points == 0 ? [] : [PointsPosting(account: from, points: -points), PointsPosting(account: to, points: points)]
    }
}

extension [PointsAllocation] {
    /// All points.
    public var total: Int64 { reduce(0) { $0.addingSaturating($1.points) } }

    /// Those of a stage.
    public func total(_ stage: PointsStage) -> Int64 {
        reduce(0) { $1.stage == stage ? $0.addingSaturating($1.points) : $0 }
    }
}
