import CustomerProjections
import EventSourcing
import Foundation
import Synchronization

/// The calendars of time zones, made from the system's rules once; an organization has one zone, and few before it.
final class Calendars: Sendable {
    /// From 1900 to 2100: beyond, the first and the last offset hold.
    private static let first: Int64 = -2_208_988_800
    private static let last: Int64 = 4_102_444_800

    private static let step: Int64 = 7 * 86_400
    private static let keptCount = 8

    private let kept = Mutex<[String: LocalCalendar]>([:])

    /// The calendar of the time zone of this IANA name; UTC where the name is not known.
    func calendar(of timeZone: String) -> LocalCalendar {
        kept.withLock { kept in
            if let calendar = kept[timeZone] { return calendar }
            if kept.count >= Self.keptCount { kept = [:] }
            let calendar = Self.make(timeZone)
            kept[timeZone] = calendar
            return calendar
        }
    }

    private static func make(_ timeZone: String) -> LocalCalendar {
        guard timeZone != "UTC", let zone = TimeZone(identifier: timeZone) else { return .utc }
        func offset(at seconds: Int64) -> LocalCalendar.Offset {
            let date = Date(timeIntervalSince1970: Double(seconds))
            return LocalCalendar.Offset(since: .seconds(seconds), seconds: zone.secondsFromGMT(for: date))
        }
        var offsets = [offset(at: first)]
        // Zones change their offset for other reasons than daylight saving, which no function of the system tells: so every
        // seventh day is looked at, and the second is searched where two differ. It takes some milliseconds, once.
        for time in stride(from: first + step, through: last, by: Int64.Stride(step)) {
            let next = offset(at: time)
            guard let before = offsets.last, next.seconds != before.seconds else { continue }
            var (low, high) = (time - step, time)
            while high - low > 1 {
                let middle = (low + high) / 2
                if offset(at: middle).seconds == before.seconds { low = middle } else { high = middle }
            }
            offsets.append(offset(at: high))
        }
        return LocalCalendar(offsets)
    }
}
