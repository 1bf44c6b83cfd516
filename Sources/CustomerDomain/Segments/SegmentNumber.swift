/// A decimal number as it was written: exact.
public struct SegmentNumber: Hashable, Sendable {
    /// The digits without the point.
    public let mantissa: Int64
    /// How many of them are behind the point.
    public let decimalCount: Int

    /// `mantissa / 10^decimalCount`.
    public init(mantissa: Int64, decimalCount: Int = 0) {
        self.mantissa = mantissa
        self.decimalCount = decimalCount
    }

    /// The largest whole number of units that is not above it, and whether it is exactly that; a unit is
    /// `1 / 10^digits`, as the minor unit of a currency with so many digits.
    public func floor(digits: Int) -> (units: Int64, isExact: Bool) {
        var numerator = Int128(mantissa)
        var denominator = Int128(1)
        for _ in 0..<max(0, digits - decimalCount) { numerator *= 10 }
        for _ in 0..<max(0, decimalCount - digits) { denominator *= 10 }
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        return (Int64(clamping: remainder < 0 ? quotient - 1 : quotient), remainder == 0)
    }
}

/// A day, fixed or as seen from today.
public enum SegmentDay: Hashable, Sendable {
    /// This day.
    case date(CalendarDate)
    /// So many days from today.
    case days(Int)
    /// So many months from today, on the same day of the month or the last that the month has.
    case months(Int)

    /// The day, as seen from this one; never before year 1 or after year 9999.
    public func resolved(today: CalendarDate) -> CalendarDate {
        switch self {
        case .date(let date): return date
        case .days(let count): return Self.clamped(Int(today.dayNumber) + count)
        case .months(let count):
            let (year, month, day) = today.components
            let months = year * 12 + month - 1 + count
            let (newYear, newMonth) = (months / 12, months % 12 + 1)
            guard (1...9_999).contains(newYear), months >= 12 else { return Self.clamped(count < 0 ? .min : .max) }
            for last in stride(from: day, through: 1, by: -1) {
                if let date = CalendarDate(year: newYear, month: newMonth, day: last) { return date }
            }
            return today
        }
    }

    private static let first = -719_162
    private static let last = 2_932_896

    private static func clamped(_ dayNumber: Int) -> CalendarDate {
        CalendarDate(dayNumber: Int32(min(max(dayNumber, first), last)))
    }
}
