import TestSupport
import Testing

@testable import CustomerProjections

@Suite struct SortedColumnPropertyTests {
    @Test func `every row is where it belongs, whatever changed`() throws {
        try Property.forAll(seeds: 30) { random in
            var column = SortedColumn<Int64>()
            let spread = random.pick([1, 3, 100, 1_000_000_000])
            for _ in 0..<random.number(in: 0...4_000) { column.append(random.value(spread)) }
            if random.chance(1, in: 2) {
                column = SortedColumn(column.values)
                try requireEqual(column.index == nil, true, "no index")
                column.buildIndex()
            }
            try check(column)
            // Rows of one part of the order move to another, so that chunks are left and chunks are split.
            let target = random.value(spread)
            for _ in 0..<3 {
                for _ in 0..<random.below(3_000) where column.count > 0 {
                    let row = random.below(column.count)
                    column[row] = random.chance(1, in: 2) ? target : random.value(spread)
                }
                for _ in 0..<random.below(600) { column.append(random.value(spread)) }
                try check(column)
            }
        }
    }

    @Test func `rows that come in order fill their chunks`() throws {
        var column = SortedColumn<Int64>()
        for value in 0..<10_000 { column.append(Int64(value / 3)) }
        try check(column)
        #expect(column.index?.chunks.count == 40)
        for row in 0..<10_000 { column[row] = 5_000 + Int64(row) }
        try check(column)
        #expect(try #require(column.index).byteCount < 60_000)
    }

    @Test func `no bound is left of values that are no more`() throws {
        var column = SortedColumn<UInt64>()
        for value in 0..<5_000 { column.append(UInt64(value)) }
        for row in 0..<5_000 where row % 7 != 0 { column[row] = .max }
        let index = try #require(column.index)
        for chunk in index.chunks { #expect(chunk.code % 7 == 0) }
    }

    @Test func `a range has whom a look at every value finds`() throws {
        try Property.forAll(seeds: 40) { random in
            var column = SortedColumn<Int64>()
            let spread = random.pick([3, 100, 1_000_000_000])
            for _ in 0..<random.number(in: 1...4_000) { column.append(random.value(spread)) }
            var rows = Bitmap(rowCount: column.count)
            let density = random.pick([1, 2, 50])
            for row in 0..<column.count where random.chance(1, in: density) { rows[row] = true }
            for _ in 0..<10 {
                let ends = [random.value(spread), random.value(spread), Int64.min + 1, Int64.max]
                let bounds = ends.shuffled(using: &random)
                let (low, high) = (max(min(bounds[0], bounds[1]), .min + 1), max(bounds[0], bounds[1], .min + 1))
                var kept = rows
                column.keep(low...high, in: &kept)
                var expected = rows
                expected.filterEach { (low...high).contains(column[$0]) }
                try requireEqual(kept.words, expected.words, "\(low...high)")
            }
        }
    }

    private func check(_ column: SortedColumn<Int64>) throws {
        let index = try #require(column.index)
        var seen = Bitmap(rowCount: column.count)
        for place in index.chunks.indices {
            let bound = index.chunks[place]
            let rows = index.withRows(at: place) { Array($0) }
            try requireEqual(rows.count <= RowIndex.capacity, true, "room of chunk \(place)")
            for row in rows {
                let code = column[Int(row)].sortCode
                try requireEqual(seen[Int(row)], false, "row \(row) twice")
                seen[Int(row)] = true
                try requireEqual(index.place(of: code, row), place, "chunk of row \(row)")
            }
            guard place > 0 else { continue }
            try requireEqual(rows.contains { column[Int($0)].sortCode == bound.code }, true, "bound of chunk \(place)")
            let before = index.withRows(at: place - 1) { $0.contains { column[Int($0)].sortCode == bound.code } }
            if before { try requireEqual(bound.isLinked, true, "link of chunk \(place)") }
        }
        for row in 0..<column.count {
            try requireEqual(index.missing[row], column[row] == noTime, "missing \(row)")
            try requireEqual(seen[row], column[row] != noTime, "row \(row)")
        }
    }
}

extension SeededGenerator {
    fileprivate mutating func value(_ spread: Int) -> Int64 {
        chance(1, in: 5) ? noTime : Int64(below(spread)) - Int64(spread / 2)
    }
}
