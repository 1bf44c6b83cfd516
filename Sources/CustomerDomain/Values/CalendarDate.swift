import EventSourcing

/// A day of the proleptic Gregorian calendar, without a time zone.
public struct CalendarDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before it.
    public let dayNumber: Int32

    /// The day `dayNumber` days after 1970-01-01.
    public init(dayNumber: Int32) {
        self.dayNumber = dayNumber
    }

    /// The day of this year, month (1…12) and day (1…31); `nil` when there is none or the year is not in 1…9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        dayNumber = Int32(CivilCalendar.dayNumber(year: Int64(year), month: Int64(month), day: Int64(day)))
        let parts = self.components
        guard parts.month == month, parts.day == day else { return nil }
    }

    /// The day's year, month and day of the month.
    public var components: (year: Int, month: Int, day: Int) {
        let date = CivilCalendar.date(dayNumber: Int64(dayNumber))
        return (Int(date.year), Int(date.month), Int(date.day))
    }

    /// Whether `left` is the earlier day.
    public static func < (left: CalendarDate, right: CalendarDate) -> Bool { left.dayNumber < right.dayNumber }
}

extension CalendarDate: LosslessStringConvertible {
    /// Reads `YYYY-MM-DD`.
    public init?(_ description: String) {
        let bytes = Array(description.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = decimal(bytes[0..<4]), let month = decimal(bytes[5..<7]), let day = decimal(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day as `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = components
        var bytes: [UInt8] = []
        if year < 0 { bytes.append(UInt8(ascii: "-")) }
        bytes.appendDigits(UInt64(year.magnitude), width: 4)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendDigits(UInt64(month), width: 2)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendDigits(UInt64(day), width: 2)
        return String(decoding: bytes, as: UTF8.self)
    }
}

private func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
}
