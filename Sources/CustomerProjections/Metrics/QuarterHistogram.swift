/// Counts by quarter of an hour, summed in time that depends on the days there are, not on what was counted.
///
/// Time zones differ by whole quarters, so a month of any of them begins with one.
struct QuarterHistogram: Sendable {
    static let quartersPerDay = 96

    var days: ContiguousArray<Int> = []
    var dayTotals: ContiguousArray<Int> = []
    var quarters: ContiguousArray<Int32> = []

    /// The quarter that an instant is in.
    @inline(__always)
    static func quarter(_ microseconds: Int64) -> Int { floorDivide(Int(microseconds), 900_000_000) }

    mutating func add(_ delta: Int32, at quarter: Int) {
        let day = Self.floorDivide(quarter, Self.quartersPerDay)
        // Shops have something every day, so the place is nearly always the distance from the first.
        var place = days.isEmpty ? 0 : day - days[0]
        if place < 0 || place >= days.count || days[place] != day {
            place = days.lowerBound(of: day)
            if place == days.count || days[place] != day {
                days.insert(day, at: place)
                dayTotals.insert(0, at: place)
                quarters.insert(
                    contentsOf: repeatElement(0, count: Self.quartersPerDay),
                    at: place * Self.quartersPerDay
                )
            }
        }
        dayTotals[place] += Int(delta)
        quarters[place * Self.quartersPerDay + quarter - day * Self.quartersPerDay] += delta
    }

    /// The sum of all quarters through this one.
    func sum(through quarter: Int) -> Int {
        let day = Self.floorDivide(quarter, Self.quartersPerDay)
        let place = days.lowerBound(of: day)
        var sum = 0
        for index in 0..<place { sum += dayTotals[index] }
        if place < days.count, days[place] == day {
            let first = place * Self.quartersPerDay
            for index in first...first + quarter - day * Self.quartersPerDay { sum += Int(quarters[index]) }
        }
        return sum
    }

    /// The sum of all quarters.
    var total: Int { dayTotals.reduce(0, +) }

    @inline(__always)
    private static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }
}
