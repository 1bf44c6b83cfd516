import CustomerDomain
import EventSourcing
import Testing

@testable import CustomerService

@Suite struct ImportValueTests {
    private func number(_ text: String, separator: Character = ".") -> DecimalNumber? {
        var text = text
        return text.withUTF8 { DecimalNumber($0, separator: separator.asciiValue ?? 0) }
    }

    @Test func `decimals are read exactly, and nothing else is`() {
        #expect(number("2.55") == DecimalNumber(mantissa: 255, decimalCount: 2))
        #expect(number("-11062.06")?.mantissa == -1_106_206)
        #expect(number("0,001", separator: ",")?.decimalCount == 3)
        #expect(number("6.0")?.whole == 6)
        #expect(number("6.5")?.whole == nil)
        for text in ["", "-", ".5", "5.", "1e3", "1.2.3", "1 000", "+1", "٣", "1234567890123456789", "1.0000000001"] {
            #expect(number(text) == nil, "\(text)")
        }
    }

    @Test(arguments: [
        ("0.001", Int64(1), Int64(0)), ("0.005", 1, 1), ("0.004999999", 1, 0), ("1.005", 3, 302), ("2.55", 6, 1_530),
        ("0.001", 5, 1), ("7", 2, 1_400), ("0.335", 10, 335),
    ])
    func `a line's total is rounded half up from the exact price`(price: String, quantity: Int64, total: Int64) {
        #expect(number(price)?.minorUnits(times: quantity, minorDigitCount: 2) == total)
    }

    @Test func `an amount beyond 64 bits is none`() {
        #expect(number("999999999999999999")?.minorUnits(times: 1, minorDigitCount: 2) == nil)
        #expect(number("99999999999")?.minorUnits(times: 1_000_000_000, minorDigitCount: 0) == nil)
    }

    private func instant(_ text: String, _ pattern: String, zone: String = "Z") -> String? {
        var text = text
        let offset = DatePattern.offsetSeconds(zone) ?? 0
        return text.withUTF8 { DatePattern(pattern)?.instant($0, zoneOffsetSeconds: offset) }?.rfc3339
    }

    @Test func `dates follow their pattern and their zone`() {
        #expect(instant("2010-12-01 08:26:00", "yyyy-MM-dd HH:mm:ss") == "2010-12-01T08:26:00Z")
        #expect(instant("12/1/2010 8:26", "M/d/yyyy H:mm") == "2010-12-01T08:26:00Z")
        #expect(instant("1.7.24", "d.M.yy", zone: "+02:00") == "2024-06-30T22:00:00Z")
        #expect(instant("2024-07-01T10:00:00-05:30", "yyyy-MM-dd'T'HH:mm:ssZ") == "2024-07-01T15:30:00Z")
    }

    @Test func `a date that does not follow its pattern, or that no calendar has, is none`() {
        for text in [
            "2011-02-29 00:00:00", "2010-12-01", "2010-12-01 24:00:00", "2010-12-01 08:26:00 ", "10-12-01 08:26:00",
        ] {
            #expect(instant(text, "yyyy-MM-dd HH:mm:ss") == nil, "\(text)")
        }
    }

    @Test func `a pattern needs a day and knows its letters`() {
        #expect(DatePattern("yyyy-MM") == nil)
        #expect(DatePattern("yyyy-MM-dd hh") == nil)
        #expect(DatePattern("yyyy-MM-dd MM") == nil)
        #expect(DatePattern("yyyy-MM-dd'T") == nil)
    }

    @Test func `a text table gives back what it was given, also when it is full`() {
        var table = StringTable(capacity: 4)
        for round in 0..<3 {
            for index in 0..<10 {
                var text = "a text of more than fifteen bytes, \(index)"
                let expected = text
                let found = text.withUTF8 { table.text($0) }
                #expect(found == expected, "round \(round)")
            }
        }
    }
}
