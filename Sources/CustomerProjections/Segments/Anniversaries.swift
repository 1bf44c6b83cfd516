import CustomerDomain

/// Days of the year that anniversaries are asked for.
struct Anniversaries {
    /// By ``code(of:)``.
    private(set) var isIn = [Bool](repeating: false, count: 13 * 32)

    /// The days of these numbers; of more than a year, all.
    init(_ days: ValueRanges) {
        for range in days.ranges {
            let count = Int(min(range.upperBound - range.lowerBound, 365))
            for distance in 0...count {
                let date = CalendarDate(dayNumber: Int32(clamping: range.lowerBound + Int64(distance)))
                let (year, month, day) = date.components
                isIn[month * 32 + day] = true
                // Who was born on a 29th of February has its day on the 28th in years without one.
                if month == 2, day == 28, CalendarDate(year: year, month: 2, day: 29) == nil {
                    isIn[2 * 32 + 29] = true
                }
            }
        }
    }

    /// The day of the year that a date is: month times 32 plus day.
    static func code(of date: CalendarDate) -> UInt16 {
        let (_, month, day) = date.components
        return UInt16(month * 32 + day)
    }

    func contains(_ date: CalendarDate) -> Bool { isIn[Int(Self.code(of: date))] }
}
