import CustomerDomain
import Testing

struct CalendarDateTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2024-02-29", 19_782), ("2011-12-09", 15_317),
        ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ])
    func `days are counted from 1970`(_ text: String, _ dayNumber: Int32) throws {
        let date = try #require(CalendarDate(text))
        #expect(date.dayNumber == dayNumber)
        #expect(date.description == text)
    }

    @Test(arguments: [
        "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "2024-01-00", "0000-01-01", "2024-1-01",
        "24-01-01", "2024/01/01", "2024-01-01T", "", "２０２４-01-01", "-001-01-01",
    ])
    func `there is no such day`(_ text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test func `every day of five centuries reads back`() {
        for dayNumber in Int32(-50_000)...130_000 {
            let date = CalendarDate(dayNumber: dayNumber)
            let (year, month, day) = date.components
            guard CalendarDate(year: year, month: month, day: day) == date else {
                Issue.record("day \(dayNumber) reads back as another")
                return
            }
        }
    }

    @Test func `earlier days come first`() {
        #expect(CalendarDate(dayNumber: -1) < CalendarDate(dayNumber: 0))
    }
}
