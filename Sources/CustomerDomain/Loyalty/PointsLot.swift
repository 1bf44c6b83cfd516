public import EventSourcing

/// Points that came at one time, and what is left of them; known by the event that brought them.
///
/// Of its points a part is spent or gone back, a part is expired, and the rest can be spent, now or once it is not pending.
public struct PointsLot: Hashable, Sendable {
    /// The event that brought it.
    public var id: SequenceNumber
    /// How many came.
    public var points: Int64
    /// What is left.
    public var rest: Int64
    /// What expired.
    public var expired: Int64
    /// When they came, in business time.
    public var earnedAt: Timestamp
    /// From when on nothing of it can be spent; `nil` for never.
    public var expiresAt: Timestamp?
    /// What it waits for; `nil` when it can be spent.
    public var pending: PendingPoints?

    /// A lot of these parts.
    public init(
        id: SequenceNumber,
        points: Int64,
        rest: Int64,
        expired: Int64 = 0,
        earnedAt: Timestamp,
        expiresAt: Timestamp? = nil,
        pending: PendingPoints? = nil
    ) {
        self.id = id
        self.points = points
        self.rest = rest
        self.expired = expired
        self.earnedAt = earnedAt
        self.expiresAt = expiresAt
        self.pending = pending
    }

    /// Whether nothing of it can be spent any more at this time, whether that was recorded yet or not.
    public func isDue(at time: Timestamp) -> Bool { expiresAt.map { $0 <= time } ?? false }

    /// Whether this lot is spent before another: the soonest expiring first, of those the oldest.
    public func isSpent(before other: PointsLot) -> Bool {
        let (mine, its) = (expiresAt?.microseconds ?? .max, other.expiresAt?.microseconds ?? .max)
        return (mine, earnedAt, id) < (its, other.earnedAt, other.id)
    }

    /// Where what is left of it lies.
    public var stage: PointsStage { pending == nil ? .active : .pending }
}

/// What points wait for that cannot be spent yet.
public enum PendingPoints: Hashable, Sendable {
    /// A time.
    case until(Timestamp)
    /// The completion of the order that earned them.
    case orderCompletion
}

/// Where points of a lot lie; the numbers are stored.
public enum PointsStage: UInt8, Hashable, Sendable, Named {
    /// In the balance.
    case active = 1
    /// Not in the balance yet.
    case pending
    /// Expired; only what goes back with an order is taken from there, so that it does not go twice.
    case expired

    /// The name on the wire.
    public var name: String {
        switch self {
        case .active: "active"
        case .pending: "pending"
        case .expired: "expired"
        }
    }
}

/// Points of a lot that something takes, or gives back.
public struct PointsAllocation: Hashable, Sendable {
    /// The event that brought the lot.
    public var lot: SequenceNumber
    /// More than zero.
    public var points: Int64
    /// Where they are taken from, or given back to.
    public var stage: PointsStage

    /// This much of this lot.
    public init(lot: SequenceNumber, points: Int64, stage: PointsStage = .active) {
        self.lot = lot
        self.points = points
        self.stage = stage
    }
}

/// What deciding knows of points that were redeemed.
public struct RedemptionStanding: Hashable, Sendable {
    /// What did not come back yet of each lot, in the order in which they were taken; zero where all did.
    public var remaining: [PointsAllocation]

    /// A standing of these parts.
    public init(remaining: [PointsAllocation]) {
        self.remaining = remaining
    }
}
