import CustomerDomain
import CustomerProjections
import EventSourcing
import Foundation
import Testing

@testable import CustomerProjections
@testable import CustomerService

struct CalendarTests {
    @Test(arguments: [
        "UTC", "Europe/Zurich", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Australia/Lord_Howe",
        "Africa/Casablanca", "Pacific/Apia",
    ])
    func `days begin and end as the system's calendar has them`(_ name: String) throws {
        let calendar = Calendars().calendar(of: name)
        var system = Calendar(identifier: .gregorian)
        system.timeZone = try #require(TimeZone(identifier: name))
        let first = try #require(CalendarDate("1971-01-01")).dayNumber
        for dayNumber in stride(from: first, to: first + 22_000, by: 1) {
            let date = CalendarDate(dayNumber: dayNumber)
            let start = calendar.start(of: date)
            let (year, month, day) = date.components
            // A day that a zone left out begins where the next one does.
            let noon = try #require(system.date(from: DateComponents(year: year, month: month, day: day, hour: 12)))
            let expected = system.startOfDay(for: noon).timeIntervalSince1970
            #expect(start == Int64(expected) * 1_000_000, "\(name) \(date)")
            let last = system.dateComponents([.year, .month, .day], from: Date(timeIntervalSince1970: expected - 1))
            let found = calendar.day(of: Timestamp(microseconds: start - 1)).components
            #expect(found.year == last.year && found.month == last.month && found.day == last.day, "\(name) \(date)")
        }
    }

    @Test func `a zone that nobody knows is UTC`() {
        #expect(Calendars().calendar(of: "Mars/Olympus") == .utc)
    }
}
