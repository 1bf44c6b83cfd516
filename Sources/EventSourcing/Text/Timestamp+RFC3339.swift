private let microsecondsPerSecond: Int64 = 1_000_000
private let microsecondsPerDay: Int64 = 86_400_000_000

extension Timestamp {
    /// Reads `2010-12-01T08:26:00Z`, with up to nine fractional digits and any offset; `nil` for anything else.
    ///
    /// A date alone, or a time without an offset, is not an instant. Digits beyond microseconds are dropped. A leap
    /// second is the second after it. `T` and `Z` may be lower-case, as RFC 3339 allows.
    public init?(rfc3339 text: some StringProtocol) {
        let whole = String(text)
        self.init(rfc3339: whole.utf8.span.bytes)
    }

    /// Reads the bytes of such a text; no allocation.
    public init?(rfc3339 bytes: RawSpan) {
        // Everything up to the seconds has a fixed place: YYYY-MM-DDThh:mm:ss.
        guard bytes.byteCount >= 20, let year = number(bytes, 0..<4), isMark("-", bytes, 4),
            let month = number(bytes, 5..<7), isMark("-", bytes, 7), let day = number(bytes, 8..<10),
            isMark("T", bytes, 10) || isMark("t", bytes, 10), let hour = number(bytes, 11..<13), isMark(":", bytes, 13),
            let minute = number(bytes, 14..<16), isMark(":", bytes, 16), let second = number(bytes, 17..<19)
        else { return nil }
        guard (1...12).contains(month), day >= 1, day <= dayCount(ofMonth: month, year: year), hour < 24, minute < 60,
            second <= 60
        else { return nil }
        var place = 19
        guard let fraction = microsecondsOfFraction(bytes, &place), let offset = secondsOfOffset(bytes, place)
        else { return nil }
        let secondOfDay = hour * 3_600 + minute * 60 + second
        let seconds = CivilCalendar.dayNumber(year: year, month: month, day: day) * 86_400 + secondOfDay - offset
        // A leap second only ever ends a day of UTC.
        guard second < 60 || seconds % 86_400 == 0 else { return nil }
        self.init(microseconds: seconds * microsecondsPerSecond + fraction)
    }

    /// The instant as RFC 3339 in UTC: `2010-12-01T08:26:00Z`, with three or six fractional digits when there are any.
    ///
    /// Years outside of 0 to 9999, which RFC 3339 cannot say, are written with a sign, as ISO 8601 does.
    public var rfc3339: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        appendRFC3339(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends ``rfc3339`` as UTF-8.
    public func appendRFC3339(into bytes: inout [UInt8]) {
        let remainder = microseconds % microsecondsPerDay
        let timeOfDay = remainder < 0 ? remainder + microsecondsPerDay : remainder
        // Not (microseconds - timeOfDay) / day, which overflows at the lowest instant.
        let date = CivilCalendar.date(dayNumber: microseconds / microsecondsPerDay - (remainder < 0 ? 1 : 0))
        if !(0...9999).contains(date.year) { bytes.append(UInt8(ascii: date.year < 0 ? "-" : "+")) }
        bytes.appendDigits(date.year.magnitude, width: 4)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendDigits(date.month.magnitude, width: 2)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendDigits(date.day.magnitude, width: 2)
        bytes.append(UInt8(ascii: "T"))
        let second = (timeOfDay / microsecondsPerSecond).magnitude
        bytes.appendDigits(second / 3_600, width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendDigits(second / 60 % 60, width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendDigits(second % 60, width: 2)
        let fraction = (timeOfDay % microsecondsPerSecond).magnitude
        if fraction > 0 {
            bytes.append(UInt8(ascii: "."))
            let isMilliseconds = fraction % 1_000 == 0
            bytes.appendDigits(isMilliseconds ? fraction / 1_000 : fraction, width: isMilliseconds ? 3 : 6)
        }
        bytes.append(UInt8(ascii: "Z"))
    }
}

private func byte(_ bytes: RawSpan, _ place: Int) -> UInt8 {
    bytes.unsafeLoad(fromByteOffset: place, as: UInt8.self)
}

private func isMark(_ mark: Unicode.Scalar, _ bytes: RawSpan, _ place: Int) -> Bool {
    byte(bytes, place) == UInt8(ascii: mark)
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

/// The number of these digits, and of nothing else.
private func number(_ bytes: RawSpan, _ places: Range<Int>) -> Int64? {
    var value: Int64 = 0
    for place in places {
        let digit = byte(bytes, place)
        guard isDigit(digit) else { return nil }
        value = value * 10 + Int64(digit - UInt8(ascii: "0"))
    }
    return value
}

/// The fraction at `place`, 0 when there is none; moves `place` behind it.
private func microsecondsOfFraction(_ bytes: RawSpan, _ place: inout Int) -> Int64? {
    guard place < bytes.byteCount, isMark(".", bytes, place) else { return 0 }
    let start = place + 1
    place = start
    var value: Int64 = 0
    var unit: Int64 = 100_000
    while place < bytes.byteCount, isDigit(byte(bytes, place)) {
        value += Int64(byte(bytes, place) - UInt8(ascii: "0")) * unit
        unit /= 10
        place += 1
    }
    return (1...9).contains(place - start) ? value : nil
}

/// The offset from UTC that fills the rest of the text.
private func secondsOfOffset(_ bytes: RawSpan, _ place: Int) -> Int64? {
    let count = bytes.byteCount - place
    if count == 1, isMark("Z", bytes, place) || isMark("z", bytes, place) { return 0 }
    guard count == 6, isMark("+", bytes, place) || isMark("-", bytes, place), isMark(":", bytes, place + 3),
        let hour = number(bytes, place + 1..<place + 3), let minute = number(bytes, place + 4..<place + 6),
        hour < 24, minute < 60
    else { return nil }
    let seconds = hour * 3_600 + minute * 60
    return isMark("-", bytes, place) ? -seconds : seconds
}

private func dayCount(ofMonth month: Int64, year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
}
