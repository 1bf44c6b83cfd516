import EventSourcing
import Testing

@Suite struct TimestampRFC3339Tests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0),
        ("2010-12-01T08:26:00Z", 1_291_191_960_000_000),
        ("2026-07-01T12:00:00.5+02:00", 1_782_900_000_500_000),
        ("2026-07-01T12:00:00.123456789Z", 1_782_907_200_123_456),
        ("1969-12-31T23:59:59.999999Z", -1),
        ("2000-02-29T23:59:59-00:30", 951_870_599_000_000),
        ("1990-12-31T23:59:60Z", 662_688_000_000_000),
        ("1990-12-31T15:59:60-08:00", 662_688_000_000_000),
        ("2026-07-01t12:00:00z", 1_782_907_200_000_000),
        ("0000-01-01T00:00:00Z", -62_167_219_200_000_000),
        ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
    ])
    func `a time in RFC 3339 is read`(text: String, microseconds: Int64) {
        #expect(Timestamp(rfc3339: text) == Timestamp(microseconds: microseconds))
    }

    @Test(arguments: [
        "", "2026-07-01", "2026-07-01T12:00:00", "2026-07-01 12:00:00Z", "2026-07-01T12:00Z", "2026-7-1T12:00:00Z",
        "2026-13-01T12:00:00Z", "2026-00-01T12:00:00Z", "2026-02-29T12:00:00Z", "1900-02-29T12:00:00Z",
        "2026-04-31T12:00:00Z", "2026-07-00T12:00:00Z", "2026-07-01T24:00:00Z", "2026-07-01T12:60:00Z",
        "2026-07-01T12:00:61Z", "2026-07-01T12:00:60Z", "2026-07-01T12:00:00.Z", "2026-07-01T12:00:00.1234567890Z",
        "2026-07-01T12:00:00,5Z", "2026-07-01T12:00:00+0200", "2026-07-01T12:00:00+24:00", "2026-07-01T12:00:00+02:60",
        "2026-07-01T12:00:00ZZ", " 2026-07-01T12:00:00Z", "2026-07-01T12:00:00Z ", "+2026-07-01T12:00:00Z",
        "-001-07-01T12:00:00Z", "２026-07-01T12:00:00Z", "2026-07-01T12:00:00.5", "2026-07-01T12:00:00+",
    ])
    func `anything else is not`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"),
        (1_291_191_960_000_000, "2010-12-01T08:26:00Z"),
        (1_782_907_200_500_000, "2026-07-01T12:00:00.500Z"),
        (1_782_907_200_000_001, "2026-07-01T12:00:00.000001Z"),
        (-1, "1969-12-31T23:59:59.999999Z"),
        (-62_167_219_200_000_001, "-0001-12-31T23:59:59.999999Z"),
        (Int64.max, "+294247-01-10T04:00:54.775807Z"),
        (Int64.min, "-290308-12-21T19:59:05.224192Z"),
    ])
    func `a time is written in UTC with no more digits than it needs`(microseconds: Int64, text: String) {
        #expect(Timestamp(microseconds: microseconds).rfc3339 == text)
        var bytes = Array("at ".utf8)
        Timestamp(microseconds: microseconds).appendRFC3339(into: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "at " + text)
    }

    @Test func `every day from year 0 to 9999 is read as it was written`() {
        let first: Int64 = -62_167_219_200_000_000
        // A step that is neither whole days nor whole seconds visits all times of day.
        for step in stride(from: Int64(0), to: 315_569_520_000_000_000, by: 86_403_000_017) {
            let time = Timestamp(microseconds: first + step)
            guard Timestamp(rfc3339: time.rfc3339) != time else { continue }
            Issue.record("\(time.microseconds) was written as \(time.rfc3339)")
            return
        }
    }
}
