/// Which of 4,096 neighboring rows have which three bytes in a row in their search text.
///
/// Texts count as followed by zero bytes, so that shorter words are found as beginnings of three bytes.
struct TrigramBlock: Sendable {
    static let rowBits = 12
    static let rowCount = 1 << rowBits
    static let wordCount = rowCount / 64

    /// The three bytes as a number, rising.
    private var keys: ContiguousArray<UInt32> = []
    /// Where in `rows` those of each key begin; one more at the end.
    private var starts: ContiguousArray<UInt32> = []
    /// Rows inside the block, rising for each key.
    private var rows: ContiguousArray<UInt16> = []

    /// How many bytes the block takes.
    var byteCount: Int { keys.count * 4 + starts.count * 4 + rows.count * 2 }

    /// The block of these rows.
    init(texts: ContiguousArray<Arena.Handle>, rows range: Range<Int>, arena: Arena) {
        // Key in the high bits, row in the low ones; rows rise already, so sorting by key keeps them.
        var pairs = ContiguousArray<UInt64>()
        pairs.reserveCapacity(range.count * 48)
        for row in range {
            arena.withBytes(texts[row]) { text in
                for index in text.indices where text[index] != SearchText.separator {
                    let second = index + 1 < text.count ? UInt64(text[index + 1]) : 0
                    let third = index + 2 < text.count ? UInt64(text[index + 2]) : 0
                    let key = UInt64(text[index]) << 16 | second << 8 | third
                    pairs.append(key << 16 | UInt64(row & (Self.rowCount - 1)))
                }
            }
        }
        Self.sort(&pairs)
        rows.reserveCapacity(pairs.count)
        var last = UInt64.max
        for pair in pairs where pair != last {
            last = pair
            let key = UInt32(pair >> 16)
            if keys.last != key {
                keys.append(key)
                starts.append(UInt32(rows.count))
            }
            rows.append(UInt16(truncatingIfNeeded: pair))
        }
        starts.append(UInt32(rows.count))
    }

    /// Two stable passes of twelve bits each over the key.
    private static func sort(_ pairs: inout ContiguousArray<UInt64>) {
        var other = ContiguousArray<UInt64>(repeating: 0, count: pairs.count)
        for shift in [UInt64(16), 28] {
            var offsets = ContiguousArray<Int>(repeating: 0, count: 4_097)
            for pair in pairs { offsets[Int(pair >> shift & 4_095) + 1] += 1 }
            for index in 1...4_096 { offsets[index] += offsets[index - 1] }
            for pair in pairs {
                let digit = Int(pair >> shift & 4_095)
                other[offsets[digit]] = pair
                offsets[digit] += 1
            }
            swap(&pairs, &other)
        }
    }

    /// Sets the bits of rows that may have the word; says whether all of them surely have it.
    func find(_ word: ContiguousArray<UInt8>, into hits: inout ContiguousArray<UInt64>) -> Bool {
        if word.count < 3 {
            let shift = UInt32(8 * (3 - word.count))
            let prefix = word.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            let (low, high) = (place(of: prefix << shift), place(of: (prefix + 1) << shift))
            for row in rows[Int(starts[low])..<Int(starts[high])] { hits[Int(row >> 6)] |= 1 << UInt64(row & 63) }
            return true
        }
        var smallest: Range<Int>?
        var second: Range<Int>?
        for index in 0...word.count - 3 {
            let key = UInt32(word[index]) << 16 | UInt32(word[index + 1]) << 8 | UInt32(word[index + 2])
            let place = place(of: key)
            guard place < keys.count, keys[place] == key else { return true }
            let range = Int(starts[place])..<Int(starts[place + 1])
            if smallest.map({ range.count < $0.count }) ?? true {
                second = smallest
                smallest = range
            } else if second.map({ range.count < $0.count }) ?? true {
                second = range
            }
        }
        guard let smallest else { return true }
        for row in rows[smallest] { hits[Int(row >> 6)] |= 1 << UInt64(row & 63) }
        if let second { keep(second, in: &hits) }
        return word.count == 3
    }

    private func keep(_ range: Range<Int>, in hits: inout ContiguousArray<UInt64>) {
        var kept = ContiguousArray<UInt64>(repeating: 0, count: Self.wordCount)
        for row in rows[range] { kept[Int(row >> 6)] |= 1 << UInt64(row & 63) }
        for index in hits.indices { hits[index] &= kept[index] }
    }

    private func place(of key: UInt32) -> Int { keys.lowerBound(of: key) }
}
