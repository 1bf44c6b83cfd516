import CustomerDomain
import EventSourcing
import Foundation

/// What a client may give for a point in time: an instant, or a day.
enum Moment: Hashable, Sendable {
    case instant(Timestamp)
    case day(CalendarDate)

    init?(_ text: String) {
        if let date = CalendarDate(text) {
            self = .day(date)
        } else if let instant = Timestamp(rfc3339: text) {
            self = .instant(instant)
        } else {
            return nil
        }
    }
}

extension Moment {
    /// The first instant of it, in the time zone of this IANA name; UTC where the name is not known.
    func start(timeZone: String) -> Timestamp {
        switch self {
        case .instant(let instant): instant
        case .day(let date): Self.midnight(of: date, timeZone)
        }
    }

    /// The first instant after it, for a day; the instant itself otherwise.
    func end(timeZone: String) -> Timestamp {
        switch self {
        case .instant(let instant): instant
        case .day(let date): Self.midnight(of: CalendarDate(dayNumber: date.dayNumber + 1), timeZone)
        }
    }

    var isDay: Bool {
        guard case .day = self else { return false }
        return true
    }

    private static func midnight(of date: CalendarDate, _ timeZone: String) -> Timestamp {
        let utc = Int64(date.dayNumber) * 86_400
        guard timeZone != "UTC", let zone = TimeZone(identifier: timeZone) else { return .seconds(utc) }
        // The offset that holds at the local midnight: twice, since the first guess may lie across a change.
        var guess = utc
        for _ in 0..<2 {
            guess = utc - Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(guess))))
        }
        return .seconds(guess)
    }
}
