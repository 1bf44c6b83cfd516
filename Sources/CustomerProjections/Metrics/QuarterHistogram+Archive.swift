extension QuarterHistogram {
    func archive(into writer: inout ArchiveWriter) throws {
        // A day on which nothing is left to count is as one that never was: a replay does not meet it.
        let counted = days.indices.filter { day in quarters[places(of: day)].contains { $0 != 0 } }
        try writer.add(column: counted.count) { Int64(days[counted[$0]]) }
        try writer.add(column: counted.count * Self.quartersPerDay) { place in
            quarters[counted[place / Self.quartersPerDay] * Self.quartersPerDay + place % Self.quartersPerDay]
        }
    }

    /// Where the quarters of a day lie.
    private func places(of day: Int) -> Range<Int> { day * Self.quartersPerDay..<(day + 1) * Self.quartersPerDay }

    mutating func load(from reader: inout ArchiveReader) throws {
        let numbers: ContiguousArray<Int64> = try reader.column()
        quarters = try reader.column(count: numbers.count * Self.quartersPerDay)
        days.reserveCapacity(numbers.count)
        for (place, day) in numbers.enumerated() {
            try reader.check(day.magnitude < 1 << 40 && (place == 0 || numbers[place - 1] < day), "days do not rise")
            days.append(Int(day))
            let first = place * Self.quartersPerDay
            dayTotals.append(quarters[first..<first + Self.quartersPerDay].reduce(0) { $0 + Int($1) })
        }
    }
}
