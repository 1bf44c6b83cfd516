extension QuarterHistogram {
    func archive(into writer: inout ArchiveWriter) throws {
        try writer.add(column: days.count) { Int64(days[$0]) }
        try writer.add(column: quarters)
    }

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
