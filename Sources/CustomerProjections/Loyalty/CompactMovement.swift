import CustomerDomain

/// A movement of points in 32 bytes.
///
/// What is longer than its field is wide: more than 2³¹ points, an event behind the first 2⁴⁰, points that can be spent for more
/// than 179 years, and an end that is neither the start of a day nor at the time of day at which the points came.
struct CompactMovement: CompactRow {
    private static let wideBit: UInt8 = 0x80
    /// The end has the time of day at which the points came, not midnight.
    private static let timeBit: UInt8 = 0x40
    private static let kindBits: UInt8 = 0x3F
    private static let never = UInt16.max

    private var at: Int64
    private var sequence: UInt32
    private var points: Int32
    private var rest: Int32
    private var previous: UInt32
    private var order: UInt32
    /// The end, in days after the one on which the points came.
    private var days: UInt16
    private var sequenceHigh: UInt8
    private var code: UInt8

    static var wide: CompactMovement { CompactMovement() }

    private init() {
        (at, sequence, points, rest, previous, order) = (0, 0, 0, 0, noRow, noRow)
        (days, sequenceHigh, code) = (Self.never, 0, Self.wideBit | LoyaltyTransaction.Kind.earned.rawValue)
    }

    @inline(__always)
    init?(_ movement: LoyaltyTable.Movement) {
        guard let points = Int32(exactly: movement.points), let rest = Int32(exactly: movement.rest),
            let sequenceHigh = UInt8(exactly: movement.sequence >> 32)
        else { return nil }
        at = movement.at
        sequence = UInt32(truncatingIfNeeded: movement.sequence)
        self.points = points
        self.rest = rest
        previous = movement.previous
        order = movement.order
        days = Self.never
        self.sequenceHigh = sequenceHigh
        code = movement.kind.rawValue
        guard movement.expiresAt != LoyaltyTable.never else { return }
        let (start, end) = (Self.dayAndTime(of: at), Self.dayAndTime(of: movement.expiresAt))
        guard let count = UInt16(exactly: end.day - start.day), count != Self.never else { return nil }
        days = count
        if end.time == start.time { code |= Self.timeBit } else if end.time != 0 { return nil }
    }

    var isWide: Bool { code & Self.wideBit != 0 }

    @inline(__always)
    var value: LoyaltyTable.Movement {
        LoyaltyTable.Movement(
            sequence: UInt64(sequenceHigh) << 32 | UInt64(sequence),
            points: Int64(points),
            at: at,
            rest: Int64(rest),
            expiresAt: days == Self.never ? LoyaltyTable.never : end,
            previous: previous,
            order: order,
            kind: LoyaltyTransaction.Kind(rawValue: code & Self.kindBits) ?? .earned
        )
    }

    private var end: Int64 {
        let (day, time) = Self.dayAndTime(of: at)
        // The sum is a time that was; what is before it may be beyond all times.
        return (day + Int64(days)) &* microsecondsPerDay &+ (code & Self.timeBit != 0 ? time : 0)
    }

    /// The days since 1970, rounded down, and the microseconds since the day began.
    private static func dayAndTime(of time: Int64) -> (day: Int64, time: Int64) {
        let (day, rest) = time.quotientAndRemainder(dividingBy: microsecondsPerDay)
        return rest < 0 ? (day - 1, rest + microsecondsPerDay) : (day, rest)
    }
}

private let microsecondsPerDay: Int64 = 86_400_000_000
