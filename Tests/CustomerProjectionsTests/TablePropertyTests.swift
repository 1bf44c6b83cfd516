import CustomerDomain
import TestSupport
import Testing

@testable import CustomerProjections

@Suite struct TablePropertyTests {
    @Test func `an arena gives back what was put in, and forgets what was taken out`() throws {
        try Property.forAll(seeds: 30) { random in
            var arena = Arena()
            var handles: [Arena.Handle] = []
            var texts: [ContiguousArray<UInt8>] = []
            for _ in 0..<300 {
                let bytes = ContiguousArray(
                    random.bytes(random.pick([0, 1, 7, 8, 30, 127, 128, 5_000])).map { $0 | 1 }
                )
                switch random.below(4) {
                case 0 where !handles.isEmpty:
                    let index = random.below(handles.count)
                    arena.remove(&handles[index])
                    texts[index] = []
                case 1 where !handles.isEmpty:
                    let index = random.below(handles.count)
                    arena.replace(&handles[index], with: bytes)
                    texts[index] = bytes
                default:
                    handles.append(arena.insert(bytes))
                    texts.append(bytes)
                }
            }
            for (handle, text) in zip(handles, texts) {
                try requireEqual(arena.withBytes(handle) { ContiguousArray($0) }, text, "bytes at \(handle)")
            }
            for index in handles.indices { arena.remove(&handles[index]) }
            try require(arena.chunks.allSatisfy { $0.allSatisfy { $0 == 0 } }, "all bytes are zero")
        }
    }

    @Test func `a hash index finds the rows that are in`() throws {
        try Property.forAll(seeds: 30) { random in
            // Few hashes, many all over, and those at the end of the slots, which go on at the beginning.
            let spread = random.pick([3, 100, 1_000_000])
            let isLast = random.chance(1, in: 3)
            func hash(_ number: Int) -> UInt32 { isLast ? .max - UInt32(number) : UInt32(number) &* 0x9E37_79B9 }
            var rows: [UInt32: UInt32] = [:]
            for row in 0..<UInt32(random.below(500)) { rows[row] = hash(random.below(spread)) }
            var index = HashIndex(ContiguousArray(rows.map { (hash: $1, row: $0) }))
            for row in 500..<500 + UInt32(random.below(1_500)) {
                let hash = hash(random.below(spread))
                index.insert(hash, row)
                rows[row] = hash
                if random.chance(1, in: 3), let (victim, hash) = rows.first {
                    index.remove(hash, victim)
                    rows[victim] = nil
                }
            }
            try requireEqual(index.count, rows.count, "count")
            for (row, hash) in rows { try requireEqual(index.find(hash) { $0 == row }, row, "row \(row)") }
            for row in 0..<UInt32(2_000) where rows[row] == nil {
                for number in 0..<3 {
                    try requireEqual(index.find(hash(number)) { $0 == row }, nil, "no row \(row)")
                }
            }
        }
    }

    @Test func `a set of ordinals is a set`() throws {
        try Property.forAll(seeds: 20) { random in
            var set = OrdinalSet()
            var plain: Set<UInt32> = []
            let limit = random.pick([100, 6_000, 200_000])
            for _ in 0..<random.below(12_000) {
                let ordinal = UInt32(random.below(limit))
                if random.chance(1, in: 4) {
                    try requireEqual(set.remove(ordinal), plain.remove(ordinal) != nil, "removed \(ordinal)")
                } else {
                    try requireEqual(set.insert(ordinal), plain.insert(ordinal).inserted, "inserted \(ordinal)")
                }
            }
            try requireEqual(set.count, plain.count, "count")
            var members: [UInt32] = []
            set.forEach { members.append($0) }
            try requireEqual(members, plain.sorted(), "members")
            var bitmap = Bitmap(rowCount: limit)
            set.formUnion(into: &bitmap)
            try requireEqual(bitmap.count, plain.count, "bits")
            for ordinal in plain { try require(set.contains(ordinal) && bitmap[Int(ordinal)], "has \(ordinal)") }
        }
    }

    @Test func `counted texts answer as if each row were asked, and forget what nobody has`() throws {
        try Property.forAll(seeds: 30) { random in
            var texts = CountedTexts<UInt8>()
            let spread = random.pick([3, 60, 2_000])
            let rows = 0..<random.pick([10, 700])
            var codes = ContiguousArray<UInt8>(repeating: 0, count: rows.count)
            var plain = [String?](repeating: nil, count: rows.count)
            for _ in 0..<6 {
                for _ in 0..<random.below(rows.count * 2) {
                    let row = random.below(rows.count)
                    plain[row] = random.pick([nil, "", "\(random.below(spread))"])
                    if random.chance(1, in: 20) {
                        texts.changeToElsewhere(&codes[row])
                    } else {
                        texts.change(&codes[row], toText: plain[row])
                    }
                }
                let part = "\(random.below(10))"
                let none = random.chance(1, in: 2)
                func holds(_ text: String?) -> Bool { text.map { $0.contains(part) } ?? none }
                var matches = Bitmap(rowCount: rows.count)
                for row in rows where random.chance(2, in: 3) { matches[row] = true }
                let expected = rows.filter { matches[$0] && holds(plain[$0]) }
                let farCount = rows.count { matches[$0] && codes[$0] == .max }
                var (textLooks, rowLooks) = (0, 0)
                texts.keep(codes, in: &matches, none: none) {
                    textLooks += 1
                    return holds(String(utf8: $0))
                } elsewhere: {
                    rowLooks += 1
                    return holds(plain[$0])
                }
                try requireEqual(textLooks, texts.count, "looks at texts, one at each")
                try requireEqual(rowLooks, farCount, "looks at rows without a code")
                try requireEqual(rows.filter { matches[$0] }, expected, "rows with a \(part)")
                let known = Set(rows.filter { codes[$0] != .max }.compactMap { plain[$0] })
                try requireEqual(Set(texts.texts.values), known, "texts")
                try requireEqual(texts.count, known.count, "how many")
                try require(
                    known.count == 254 || rows.allSatisfy { plain[$0] == nil || codes[$0] != 0 },
                    "each text has a code"
                )
            }
            for row in rows { texts.change(&codes[row], toText: nil) }
            try require(codes.allSatisfy { $0 == 0 } && texts.count == 0, "nothing is left")
            try require(texts.arena.chunks.allSatisfy { $0.allSatisfy { $0 == 0 } }, "all bytes are zero")
        }
    }

    @Test func `a timeline leads from each event of a customer to the one before`() throws {
        try Property.forAll(seeds: 10) { random in
            var table = TimelineTable()
            var last: [UInt64: UInt64] = [:]
            var previous: [UInt64: UInt64] = [:]
            var sequence: UInt64 = 0
            for _ in 0..<random.pick([0, 1, 63, 64, 65, 4_095, 4_096, 4_097, 13_000]) {
                // Now and then events of the organization come between, many of them.
                sequence += random.chance(1, in: 90) ? 1 + UInt64(random.below(300)) : 1
                let customer = UInt64(random.below(random.pick([3, 5_000])))
                table.append(sequence, after: last[customer] ?? 0)
                previous[sequence] = last[customer] ?? 0
                last[customer] = sequence
            }
            try requireEqual(table.count, Int(sequence), "count")
            for (sequence, before) in previous {
                try requireEqual(table.previous(of: sequence), before, "before \(sequence)")
            }
            var distances: [UInt32] = []
            for sequence in 0..<sequence {
                let before = previous[sequence + 1] ?? 0
                distances.append(before == 0 ? 0 : UInt32(sequence + 1 - before))
            }
            try requireEqual(Array(table.distances), distances, "distances")
        }
    }

    @Test func `a timeline takes distances of every size`() throws {
        var table = TimelineTable()
        let distances: [UInt32] = (0..<10_000).map { .max >> UInt32($0 % 32) }
        for distance in distances { table.append(distance) }
        try requireEqual(Array(table.distances), distances, "distances")
    }

    @Test func `a histogram sums what was added`() throws {
        try Property.forAll(seeds: 30) { random in
            var histogram = QuarterHistogram()
            var plain: [(quarter: Int, delta: Int32)] = []
            for _ in 0..<random.below(300) {
                let quarter = random.number(in: -1_000...20_000)
                let delta = Int32(random.number(in: -2...3))
                histogram.add(delta, at: quarter)
                plain.append((quarter, delta))
            }
            for _ in 0..<50 {
                let quarter = random.number(in: -1_200...20_200)
                let expected = plain.reduce(0) { $0 + ($1.quarter <= quarter ? Int($1.delta) : 0) }
                try requireEqual(histogram.sum(through: quarter), expected, "sum through \(quarter)")
            }
        }
    }
}
