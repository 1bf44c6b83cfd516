public import CustomerDomain
public import EventSourcing

/// The calendar of a time zone: which day an instant is on, and when a day begins.
///
/// Projections have no other.
public struct LocalCalendar: Hashable, Sendable {
    /// The time zone is so far ahead of UTC from a moment on.
    public struct Offset: Hashable, Sendable {
        /// Since when; the first of all holds for all times before, too.
        public var start: Timestamp
        /// Ahead of UTC.
        public var seconds: Int

        /// This offset from this moment on.
        public init(since start: Timestamp, seconds: Int) {
            self.start = start
            self.seconds = seconds
        }
    }

    /// The calendar of UTC.
    public static let utc = LocalCalendar([Offset(since: Timestamp(microseconds: 0), seconds: 0)])

    private static let day: Int64 = 86_400_000_000

    private let starts: [Int64]
    private let offsets: [Int64]

    /// The calendar of a zone of these offsets, in the order of time; UTC when there are none.
    public init(_ offsets: [Offset]) {
        starts = offsets.isEmpty ? [.min] : [.min] + offsets.dropFirst().map(\.start.microseconds)
        self.offsets = offsets.isEmpty ? [0] : offsets.map { Int64($0.seconds) * 1_000_000 }
    }

    /// The day that an instant is on.
    public func day(of time: Timestamp) -> CalendarDate { day(of: time.microseconds) }

    func day(of time: Int64) -> CalendarDate {
        let local = time + offsets[place(of: time)]
        let day = local >= 0 ? local / Self.day : (local - Self.day + 1) / Self.day
        return CalendarDate(dayNumber: Int32(clamping: day))
    }

    /// The first instant that is on a day or on one after it.
    func start(of date: CalendarDate) -> Int64 {
        let local = Int64(date.dayNumber) * Self.day
        // No zone is a day ahead or behind, so the offsets around the day are enough.
        var place = place(of: local - Self.day)
        while place + 1 < starts.count, starts[place + 1] + offsets[place] <= local { place += 1 }
        return max(starts[place], local - offsets[place])
    }

    /// The instants of these days, both of them in.
    func times(_ days: ClosedRange<CalendarDate>) -> ClosedRange<Int64> {
        start(of: days.lowerBound)...start(of: CalendarDate(dayNumber: days.upperBound.dayNumber + 1)) - 1
    }

    private func place(of time: Int64) -> Int {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= time { low = middle } else { high = middle }
        }
        return low
    }
}
