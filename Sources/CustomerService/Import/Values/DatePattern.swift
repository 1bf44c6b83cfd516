import CustomerDomain
import EventSourcing

/// How a date is written: `yyyy-MM-dd HH:mm:ss`, `M/d/yyyy H:mm`.
///
/// `yyyy` has four digits; `yy` two, of the years 2000 to 2099; `MM`, `dd`, `HH`, `mm`, `ss` two; `M`, `d`, `H` one or two; `Z` is an offset (`Z`, `+01:00`).
/// Text in single quotes and every other character stand for themselves.
public struct DatePattern: Hashable, Sendable {
    private enum Part: Hashable {
        case number(Unit, digitCounts: ClosedRange<Int>)
        case offset
        case literal(UInt8)
    }

    private enum Unit: Hashable {
        case year, month, day, hour, minute, second
    }

    private var parts: [Part] = []

    /// Reads a pattern; `nil` unless it has year, month and day, and no unit twice.
    public init?(_ text: String) {
        var rest = Substring(text)
        var units: [Unit] = []
        while let first = rest.first {
            let run = rest.prefix { $0 == first }
            if first == "'" {
                guard let end = rest.dropFirst().firstIndex(of: "'") else { return nil }
                parts += rest[rest.index(after: rest.startIndex)..<end].utf8.map { .literal($0) }
                rest = rest[rest.index(after: end)...]
                continue
            }
            switch Self.known[String(run)] {
            case .number(let unit, let counts):
                units.append(unit)
                parts.append(.number(unit, digitCounts: counts))
            case .offset: parts.append(.offset)
            default:
                guard !first.isLetter else { return nil }
                parts += run.utf8.map { .literal($0) }
            }
            rest = rest[run.endIndex...]
        }
        guard Set(units).count == units.count, Set(units).isSuperset(of: [.year, .month, .day]) else { return nil }
    }

    private static let known: [String: Part] = [
        "yyyy": .number(.year, digitCounts: 4...4), "yy": .number(.year, digitCounts: 2...2),
        "MM": .number(.month, digitCounts: 2...2), "M": .number(.month, digitCounts: 1...2),
        "dd": .number(.day, digitCounts: 2...2), "d": .number(.day, digitCounts: 1...2),
        "HH": .number(.hour, digitCounts: 2...2), "H": .number(.hour, digitCounts: 1...2),
        "mm": .number(.minute, digitCounts: 2...2),
        "ss": .number(.second, digitCounts: 2...2),
        "Z": .offset,
    ]

    /// The instant that `bytes` name, in a zone that far east of UTC; `nil` when they do not follow the pattern.
    func instant(_ bytes: UnsafeBufferPointer<UInt8>, zoneOffsetSeconds: Int) -> Timestamp? {
        var position = 0
        var date = (year: 0, month: 0, day: 0)
        var time = (hour: 0, minute: 0, second: 0)
        var offset = zoneOffsetSeconds
        for part in parts {
            switch part {
            case .literal(let byte):
                guard position < bytes.count, bytes[position] == byte else { return nil }
                position += 1
            case .offset:
                let rest = UnsafeBufferPointer(rebasing: bytes[position...])
                guard let seconds = Self.offsetSeconds(String(decoding: rest, as: UTF8.self)) else { return nil }
                offset = seconds
                position = bytes.count
            case .number(let unit, let counts):
                guard let value = number(bytes, &position, counts) else { return nil }
                switch unit {
                case .year: date.year = counts == 2...2 ? 2_000 + value : value
                case .month: date.month = value
                case .day: date.day = value
                case .hour: time.hour = value
                case .minute: time.minute = value
                case .second: time.second = value
                }
            }
        }
        guard position == bytes.count, time.hour < 24, time.minute < 60, time.second < 60,
            let day = CalendarDate(year: date.year, month: date.month, day: date.day)
        else { return nil }
        let seconds = Int(day.dayNumber) * 86_400 + time.hour * 3_600 + time.minute * 60 + time.second - offset
        return .seconds(Int64(seconds))
    }

    private func number(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ position: inout Int,
        _ digitCounts: ClosedRange<Int>
    ) -> Int? {
        var value = 0
        var count = 0
        while count < digitCounts.upperBound, position < bytes.count, case let digit = bytes[position] &- 48, digit < 10
        {
            value = value * 10 + Int(digit)
            position += 1
            count += 1
        }
        return count >= digitCounts.lowerBound ? value : nil
    }

    /// The seconds east of UTC of `Z`, `+hh:mm` or `-hh:mm`.
    static func offsetSeconds(_ text: String) -> Int? {
        if text == "Z" { return 0 }
        let bytes = Array(text.utf8)
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), let hours = Int(text.dropFirst().prefix(2)),
            let minutes = Int(text.suffix(2)), (0...23).contains(hours), (0...59).contains(minutes)
        else { return nil }
        switch bytes[0] {
        case UInt8(ascii: "+"): return hours * 3_600 + minutes * 60
        case UInt8(ascii: "-"): return -(hours * 3_600 + minutes * 60)
        default: return nil
        }
    }
}
