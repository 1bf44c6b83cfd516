import CustomerDomain

/// Whole numbers, as ranges that rise and do not touch.
///
/// The smallest `Int64`, which stands for no value, is in none.
struct ValueRanges: Hashable {
    static let lowest = Int64.min + 1
    static let all = ValueRanges([lowest...(.max)])

    let ranges: [ClosedRange<Int64>]
    private let isOneRange: Bool
    private let low: Int64
    private let span: UInt64

    /// All that is in any of these.
    init(_ ranges: [ClosedRange<Int64>]) {
        var joined: [ClosedRange<Int64>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, last.upperBound == .max || range.lowerBound <= last.upperBound + 1 {
                joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        self.ranges = joined
        isOneRange = joined.count == 1
        low = joined.first?.lowerBound ?? 0
        span = joined.first.map { UInt64(bitPattern: $0.upperBound &- $0.lowerBound) } ?? 0
    }

    /// What a comparison asks for in units of `1 / 10^digits`.
    init(_ comparison: SegmentComparison<SegmentNumber>, digits: Int = 0) {
        func atLeast(_ number: SegmentNumber) -> Int64 {
            let (units, isExact) = number.floor(digits: digits)
            return isExact ? units : units + 1
        }
        func atMost(_ number: SegmentNumber) -> Int64 { number.floor(digits: digits).units }
        switch comparison {
        case .oneOf(let numbers):
            self.init(
                numbers.compactMap { number in
                    let (units, isExact) = number.floor(digits: digits)
                    return isExact ? units...units : nil
                }
            )
        case .less(let number): self.init([Self.lowest...atLeast(number) - 1])
        case .atMost(let number): self.init([Self.lowest...atMost(number)])
        case .more(let number): self.init([atMost(number) + 1...(.max)])
        case .atLeast(let number): self.init([atLeast(number)...(.max)])
        case .between(let low, let high):
            let (low, high) = (atLeast(low), atMost(high))
            self.init(low <= high ? [low...high] : [])
        }
    }

    /// The numbers of the days that a comparison asks for.
    init(_ comparison: SegmentComparison<SegmentDay>, today: CalendarDate) {
        func number(_ day: SegmentDay) -> Int64 { Int64(day.resolved(today: today).dayNumber) }
        switch comparison {
        case .oneOf(let days): self.init(days.map { number($0)...number($0) })
        case .less(let day): self.init([Self.lowest...number(day) - 1])
        case .atMost(let day): self.init([Self.lowest...number(day)])
        case .more(let day): self.init([number(day) + 1...(.max)])
        case .atLeast(let day): self.init([number(day)...(.max)])
        case .between(let first, let last):
            let (first, last) = (number(first), number(last))
            self.init(first <= last ? [first...last] : [])
        }
    }

    /// All other numbers.
    var complement: ValueRanges {
        var rest: [ClosedRange<Int64>] = []
        var next = Self.lowest
        for range in ranges {
            if range.lowerBound > next { rest.append(next...range.lowerBound - 1) }
            if range.upperBound == .max { return ValueRanges(rest) }
            next = range.upperBound + 1
        }
        return ValueRanges(rest + [next...(.max)])
    }

    /// This, or all other numbers.
    func negated(_ isNegated: Bool) -> ValueRanges { isNegated ? complement : self }

    @inline(__always)
    func contains(_ number: Int64) -> Bool {
        // Without a branch or a reference for the one range that most comparisons ask for.
        if isOneRange { return UInt64(bitPattern: number &- low) <= span }
        for range in ranges where range.contains(number) { return true }
        return false
    }

    /// The instants of the days of these numbers.
    func times(_ calendar: LocalCalendar) -> ValueRanges {
        ValueRanges(
            ranges.map { days in
                let low =
                    days.lowerBound == Self.lowest ? days.lowerBound : calendar.start(of: Self.date(days.lowerBound))
                let high =
                    days.upperBound == .max ? .max : calendar.start(of: Self.date(days.upperBound.advanced(by: 1))) - 1
                return low...max(low, high)
            }
        )
    }

    /// The numbers of the days that so many days have passed since.
    func daysBefore(_ today: CalendarDate) -> ValueRanges {
        let today = Int64(today.dayNumber)
        return ValueRanges(
            ranges.map { counts in
                let low = counts.upperBound == .max ? Self.lowest : today - Self.dayCount(counts.upperBound)
                let high = counts.lowerBound == Self.lowest ? Int64.max : today - Self.dayCount(counts.lowerBound)
                return low...high
            }
        )
    }

    /// More days than there are in the calendar mean the same, and must not overflow.
    private static func dayCount(_ count: Int64) -> Int64 { min(max(count, -3_660_000), 3_660_000) }

    private static func date(_ number: Int64) -> CalendarDate {
        CalendarDate(dayNumber: Int32(min(max(number, -3_660_000), 3_660_000)))
    }
}
