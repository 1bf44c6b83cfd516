import CustomerDomain
import EventSourcing
import TestSupport
import Testing

/// The arithmetic of ends.
struct PointsValidityTests {
    private func end(_ count: Int, _ unit: CalendarUnit, _ end: CalendarUnit?, _ time: String) throws -> String? {
        let start = try #require(Timestamp(rfc3339: time))
        return PointsValidity(count: count, unit: unit, end: end).end(from: start)?.rfc3339
    }

    @Test func `days, months and years keep the time of day`() throws {
        #expect(try end(30, .day, nil, "2026-07-01T10:20:30.000004Z") == "2026-07-31T10:20:30.000004Z")
        #expect(try end(1, .month, nil, "2026-07-01T10:20:30Z") == "2026-08-01T10:20:30Z")
        #expect(try end(1, .year, nil, "2026-07-01T00:00:00Z") == "2027-07-01T00:00:00Z")
        #expect(try end(18, .month, nil, "2026-11-30T23:59:59Z") == "2028-05-30T23:59:59Z")
    }

    @Test func `a month that is too short ends with its last day`() throws {
        #expect(try end(1, .month, nil, "2026-01-31T12:00:00Z") == "2026-02-28T12:00:00Z")
        #expect(try end(1, .month, nil, "2028-01-31T12:00:00Z") == "2028-02-29T12:00:00Z")
        #expect(try end(1, .year, nil, "2028-02-29T12:00:00Z") == "2029-02-28T12:00:00Z")
        #expect(try end(4, .year, nil, "2028-02-29T12:00:00Z") == "2032-02-29T12:00:00Z")
        #expect(try end(3, .month, nil, "2026-08-31T00:00:00Z") == "2026-11-30T00:00:00Z")
    }

    @Test func `rounded up it is the start of the next day, month or year`() throws {
        #expect(try end(1, .year, .day, "2026-07-01T00:00:00Z") == "2027-07-02T00:00:00Z")
        #expect(try end(1, .year, .day, "2026-07-01T23:59:59.999999Z") == "2027-07-02T00:00:00Z")
        #expect(try end(1, .year, .month, "2026-12-31T12:00:00Z") == "2028-01-01T00:00:00Z")
        #expect(try end(6, .month, .year, "2026-03-05T12:00:00Z") == "2027-01-01T00:00:00Z")
        #expect(try end(10, .day, .year, "2026-12-25T12:00:00Z") == "2028-01-01T00:00:00Z")
    }

    @Test func `before 1970 and behind the calendar's end`() throws {
        #expect(try end(1, .day, .day, "1969-12-30T23:00:00Z") == "1970-01-01T00:00:00Z")
        #expect(try end(1, .month, nil, "1969-11-30T01:00:00Z") == "1969-12-30T01:00:00Z")
        #expect(try end(1, .year, nil, "9999-07-01T00:00:00Z") == nil)
        #expect(try end(1, .day, .year, "9999-07-01T00:00:00Z") == nil)
        #expect(try end(100, .day, nil, "9999-12-30T00:00:00Z") == nil)
    }

    @Test func `points never end before they came, and never sooner for coming later`() throws {
        try Property.forAll(seeds: 40) { random in
            let validity = PointsValidity(
                count: 1 + random.below(40),
                unit: random.pick(CalendarUnit.allCases),
                end: random.pick([nil] + CalendarUnit.allCases)
            )
            var time = Timestamp(microseconds: Int64(random.below(4_000_000_000)) * 1_000_000 - 1_000_000_000_000_000)
            var last: Timestamp?
            for _ in 0..<50 {
                time.microseconds += Int64(random.below(200_000_000)) * 1_000
                guard let end = validity.end(from: time) else { continue }
                try require(end > time, "\(validity) ends at \(end) for \(time)")
                if let last { try require(last <= end, "\(validity) ends sooner at \(time)") }
                last = end
            }
        }
    }
}
