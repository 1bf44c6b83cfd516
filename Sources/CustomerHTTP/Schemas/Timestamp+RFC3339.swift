import CustomerDomain
import EventSourcing

extension Timestamp {
    /// Reads `2024-03-10T08:00:00Z`, with a fraction of up to nine digits, of which six count, or an offset for the `Z`.
    ///
    /// A leap second is the first second of the next minute.
    init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, let date = CalendarDate(String(decoding: bytes[0..<10], as: UTF8.self)),
            bytes[10] | 0x20 == UInt8(ascii: "t"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let hour = twoDigits(bytes, 11), hour < 24, let minute = twoDigits(bytes, 14), minute < 60,
            let second = twoDigits(bytes, 17), second <= 60
        else { return nil }
        var index = 19
        guard let fraction = Self.fraction(bytes, &index), let offset = Self.offset(bytes, index) else { return nil }
        let seconds = Int64(date.dayNumber) * 86_400 + Int64(hour * 3_600 + minute * 60 + second) - offset
        self.init(microseconds: seconds * 1_000_000 + fraction)
    }

    private static func fraction(_ bytes: [UInt8], _ index: inout Int) -> Int64? {
        guard bytes[index] == UInt8(ascii: ".") else { return 0 }
        index += 1
        let start = index
        var value: Int64 = 0
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) {
            if index - start < 6 { value = value * 10 + Int64(bytes[index] - 0x30) }
            index += 1
        }
        let digitCount = index - start
        guard (1...9).contains(digitCount) else { return nil }
        for _ in min(digitCount, 6)..<6 { value *= 10 }
        return value
    }

    private static func offset(_ bytes: [UInt8], _ index: Int) -> Int64? {
        guard index < bytes.count else { return nil }
        switch bytes[index] {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"): return index + 1 == bytes.count ? 0 : nil
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            guard bytes.count == index + 6, bytes[index + 3] == UInt8(ascii: ":"),
                let hours = twoDigits(bytes, index + 1), hours < 24,
                let minutes = twoDigits(bytes, index + 4), minutes < 60
            else { return nil }
            let seconds = Int64(hours * 3_600 + minutes * 60)
            return bytes[index] == UInt8(ascii: "-") ? -seconds : seconds
        default: return nil
        }
    }
}

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

private func twoDigits(_ bytes: [UInt8], _ index: Int) -> Int? {
    guard (0x30...0x39).contains(bytes[index]), (0x30...0x39).contains(bytes[index + 1]) else { return nil }
    return Int(bytes[index] - 0x30) * 10 + Int(bytes[index + 1] - 0x30)
}
