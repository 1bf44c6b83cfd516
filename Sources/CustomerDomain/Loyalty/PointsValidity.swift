public import EventSourcing

/// For how long points can be spent: a time of the calendar, in UTC.
public struct PointsValidity: Hashable, Sendable {
    /// How many ``unit``s; at least 1.
    public var count: Int
    /// What is counted.
    public var unit: CalendarUnit
    /// Up to the end of which day, month or year they last longer; `nil` for not longer.
    public var end: CalendarUnit?

    /// This long.
    public init(count: Int, unit: CalendarUnit, end: CalendarUnit? = nil) {
        self.count = count
        self.unit = unit
        self.end = end
    }

    /// One year, and until the end of that day.
    public static let oneYear = PointsValidity(count: 1, unit: .year, end: .day)

    /// From when on points that came at this time can no longer be spent; `nil` for a time behind the calendar's end.
    ///
    /// Months and years keep day and time of day; where the month is too short for the day, its last day takes the place.
    /// Rounded up, it is the start of the day, month or year after the one that it lies in.
    public func end(from time: Timestamp) -> Timestamp? {
        let (day, timeOfDay) = time.dayAndTime
        guard let last = day.advanced(by: count, unit) else { return nil }
        guard let end else { return last.start.map { Timestamp(microseconds: $0.microseconds + timeOfDay) } }
        return last.startOfNext(end)?.start
    }
}

/// A unit of the calendar; the numbers are stored.
public enum CalendarUnit: UInt8, Hashable, Sendable, Named {
    /// From midnight to midnight, in UTC.
    case day = 1
    /// As the calendar has them.
    case month
    /// As the calendar has them.
    case year

    /// The name on the wire.
    public var name: String {
        switch self {
        case .day: "day"
        case .month: "month"
        case .year: "year"
        }
    }
}

private let microsecondsPerDay: Int64 = 86_400_000_000

extension Timestamp {
    /// The day in UTC, and the microseconds since its start.
    var dayAndTime: (day: CalendarDate, microseconds: Int64) {
        let rest = microseconds % microsecondsPerDay
        let time = rest < 0 ? rest + microsecondsPerDay : rest
        let day = microseconds / microsecondsPerDay - (rest < 0 ? 1 : 0)
        return (CalendarDate(dayNumber: Int32(clamping: day)), time)
    }
}

extension CalendarDate {
    /// When it starts in UTC; `nil` behind the calendar's end.
    var start: Timestamp? {
        dayNumber > 2_932_896 ? nil : Timestamp(microseconds: Int64(dayNumber) * microsecondsPerDay)
    }

    /// The day so many units later or earlier; where its month is too short, that month's last.
    ///
    /// `nil` outside of the years 1 to 9999.
    func advanced(by count: Int, _ unit: CalendarUnit) -> CalendarDate? {
        switch unit {
        case .day: return CalendarDate(dayNumber: Int32(clamping: Int(dayNumber) + count))
        case .year: return advanced(by: 12 * count, .month)
        case .month:
            let (year, month, day) = components
            let months = year * 12 + month - 1 + count
            for day in stride(from: day, through: max(1, day - 3), by: -1) {
                if let date = CalendarDate(year: months / 12, month: months % 12 + 1, day: day) { return date }
            }
            return nil
        }
    }

    /// The first day of the next day, month or year.
    func startOfNext(_ unit: CalendarUnit) -> CalendarDate? {
        let (year, month, _) = components
        return switch unit {
        case .day: CalendarDate(dayNumber: dayNumber + 1)
        case .month: CalendarDate(year: year, month: month, day: 1)?.advanced(by: 1, .month)
        case .year: CalendarDate(year: year + 1, month: 1, day: 1)
        }
    }
}
