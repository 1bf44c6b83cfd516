import EventSourcing
import Foundation
import Synchronization

/// Where calendar months begin in a time zone; remembers the last answer, since a month lasts.
final class MonthStarts: Sendable {
    private struct Month {
        var timeZone: String
        var start: Timestamp
        var end: Timestamp
    }

    private let last = Mutex<Month?>(nil)

    /// The start of the calendar month of `time`; UTC where the zone is not known.
    func start(of time: Timestamp, timeZone: String) -> Timestamp {
        last.withLock { last in
            if let month = last, month.timeZone == timeZone, month.start <= time, time < month.end {
                return month.start
            }
            let month = Self.month(of: time, timeZone)
            last = month
            return month.start
        }
    }

    private static func month(of time: Timestamp, _ timeZone: String) -> Month {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: timeZone) ?? .gmt
        let date = Date(timeIntervalSince1970: Double(time.microseconds) / 1e6)
        guard let interval = calendar.dateInterval(of: .month, for: date) else {
            return Month(timeZone: timeZone, start: time, end: time)
        }
        return Month(
            timeZone: timeZone,
            start: .seconds(Int64(interval.start.timeIntervalSince1970)),
            end: .seconds(Int64(interval.end.timeIntervalSince1970))
        )
    }
}
