/// Which of 4,096 neighboring rows have which three bytes in a row in their search text.
///
/// Texts count as followed by zero bytes, so that shorter words are found as beginnings of three bytes.
struct TrigramBlock: Sendable {
    static let rowBits = 12
    static let rowCount = 1 << rowBits
    static let wordCount = rowCount / 64
    /// So many numbers of a key are the bits of all rows; it has fewer when they are rows.
    private static let bitmapCount = rowCount / 16

    /// The three bytes as a number, rising.
    private var keys: ContiguousArray<UInt32> = []
    /// Where in `rows` those of each key begin; one more at the end.
    private var starts: ContiguousArray<UInt32> = []
    /// Of each key the rows inside the block, rising, or a bit for each row of the block where there are many.
    private var rows: ContiguousArray<UInt16> = []
    /// What many e-mail addresses end with: who searches for a part of that need not look at each of them.
    private var domains: [Domain] = []

    /// An e-mail domain that many rows have.
    private struct Domain {
        var bytes: ContiguousArray<UInt8>
        /// Rising.
        var rows: ContiguousArray<UInt16>

        /// So few rows are looked at instead.
        static let leastCount = 32
    }

    /// How many bytes the block takes.
    var byteCount: Int {
        keys.count * 4 + starts.count * 4 + rows.count * 2
            + domains.reduce(0) { $0 + $1.bytes.count + $1.rows.count * 2 }
    }

    fileprivate init() {}

    /// Sets the bits of rows that surely have the word, because their e-mail domain has it.
    func findDomains(_ word: ContiguousArray<UInt8>, into sure: inout ContiguousArray<UInt64>) {
        for domain in domains where domain.bytes.withUnsafeBufferPointer({ contains($0, word) }) {
            for row in domain.rows { sure[Int(row >> 6)] |= 1 << UInt64(row & 63) }
        }
    }

    /// Sets the bits of rows that may have the word; says whether all of them surely have it.
    func find(_ word: ContiguousArray<UInt8>, into hits: inout ContiguousArray<UInt64>) -> Bool {
        if word.count < 3 {
            let shift = UInt32(8 * (3 - word.count))
            let prefix = word.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            let (low, high) = (place(of: prefix << shift), place(of: (prefix + 1) << shift))
            for place in low..<high { add(range(at: place), to: &hits) }
            return true
        }
        var smallest: Range<Int>?
        var second: Range<Int>?
        for index in 0...word.count - 3 {
            let key = UInt32(word[index]) << 16 | UInt32(word[index + 1]) << 8 | UInt32(word[index + 2])
            let place = place(of: key)
            guard place < keys.count, keys[place] == key else { return true }
            let range = range(at: place)
            if smallest.map({ range.count < $0.count }) ?? true {
                second = smallest
                smallest = range
            } else if second.map({ range.count < $0.count }) ?? true {
                second = range
            }
        }
        guard let smallest else { return true }
        add(smallest, to: &hits)
        if let second { keep(second, in: &hits) }
        return word.count == 3
    }

    private func keep(_ range: Range<Int>, in hits: inout ContiguousArray<UInt64>) {
        var kept = ContiguousArray<UInt64>(repeating: 0, count: Self.wordCount)
        add(range, to: &kept)
        for index in hits.indices { hits[index] &= kept[index] }
    }

    private func range(at place: Int) -> Range<Int> { Int(starts[place])..<Int(starts[place + 1]) }

    /// Sets the bits of the rows of a key, which are there.
    private func add(_ range: Range<Int>, to hits: inout ContiguousArray<UInt64>) {
        if range.count == Self.bitmapCount {
            for (place, bits) in rows[range].enumerated() {
                hits[place >> 2] |= UInt64(bits) << UInt64((place & 3) * 16)
            }
        } else {
            for row in rows[range] { hits[Int(row >> 6)] |= 1 << UInt64(row & 63) }
        }
    }

    private func place(of key: UInt32) -> Int { keys.lowerBound(of: key) }
}

extension TrigramBlock {
    /// Takes over the sorted pairs of a block without any, in no more room than they need.
    fileprivate mutating func fill(_ pairs: UnsafeBufferPointer<UInt64>) {
        var (keyCount, numberCount) = (0, 0)
        Self.forEachKey(of: pairs) { range in
            keyCount += 1
            numberCount += min(range.count, Self.bitmapCount)
        }
        keys.reserveCapacity(keyCount)
        starts.reserveCapacity(keyCount + 1)
        rows.reserveCapacity(numberCount)
        Self.forEachKey(of: pairs) { range in
            keys.append(UInt32(truncatingIfNeeded: pairs[range.lowerBound] >> 16))
            let start = rows.count
            starts.append(UInt32(start))
            if range.count < Self.bitmapCount {
                for index in range { rows.append(UInt16(truncatingIfNeeded: pairs[index])) }
            } else {
                rows.append(contentsOf: repeatElement(0, count: Self.bitmapCount))
                for index in range {
                    let row = UInt16(truncatingIfNeeded: pairs[index])
                    rows[start + Int(row >> 4)] |= 1 << (row & 15)
                }
            }
        }
        starts.append(UInt32(rows.count))
    }

    /// Gives where the pairs of each key are.
    @inline(__always)
    private static func forEachKey(of pairs: UnsafeBufferPointer<UInt64>, _ body: (Range<Int>) -> Void) {
        var start = 0
        while start < pairs.count {
            let key = pairs[start] >> 16
            var end = start + 1
            while end < pairs.count, pairs[end] >> 16 == key { end += 1 }
            body(start..<end)
            start = end
        }
    }

    /// Makes blocks; one for many saves the room of each.
    struct Builder {
        /// Key in the high bits, row in the low ones.
        private var pairs = ContiguousArray<UInt64>()
        private var other = ContiguousArray<UInt64>()
        private var offsets = ContiguousArray<Int>(repeating: 0, count: 4_097)
        private var count = 0

        /// The block of these rows.
        mutating func build(texts: ContiguousArray<Arena.Handle>, rows range: Range<Int>, arena: Arena) -> TrigramBlock
        {
            count = 0
            var domains: [ContiguousArray<UInt8>: ContiguousArray<UInt16>] = [:]
            for row in range {
                let place = row & (TrigramBlock.rowCount - 1)
                arena.withBytes(texts[row]) { text in
                    add(text, UInt64(place))
                    let domain = SearchText.domain(in: text)
                    if !domain.isEmpty { domains[ContiguousArray(domain), default: []].append(UInt16(place)) }
                }
            }
            // Rows rise already, so sorting by key keeps them.
            Self.sort(&pairs, into: &other, count: count, by: 16, &offsets)
            Self.sort(&other, into: &pairs, count: count, by: 28, &offsets)
            var block = TrigramBlock()
            block.domains = domains.filter { $0.value.count >= Domain.leastCount }
                .map { bytes, rows in Domain(bytes: bytes, rows: rows.withUnsafeBufferPointer { ContiguousArray($0) }) }
            dropRepeated()
            pairs.withUnsafeBufferPointer { block.fill(UnsafeBufferPointer(rebasing: $0[..<count])) }
            return block
        }

        /// Keeps each of the sorted pairs once.
        private mutating func dropRepeated() {
            var kept = 0
            pairs.withUnsafeMutableBufferPointer { pairs in
                for index in 0..<count where kept == 0 || pairs[index] != pairs[kept - 1] {
                    pairs[kept] = pairs[index]
                    kept += 1
                }
            }
            count = kept
        }

        private mutating func add(_ text: UnsafeBufferPointer<UInt8>, _ row: UInt64) {
            while pairs.count < count + text.count {
                let more = max(text.count, pairs.count, 1 << 16)
                pairs.append(contentsOf: repeatElement(0, count: more))
                other.append(contentsOf: repeatElement(0, count: more))
            }
            var place = count
            pairs.withUnsafeMutableBufferPointer { pairs in
                for index in text.indices where text[index] != SearchText.separator {
                    let second = index + 1 < text.count ? UInt64(text[index + 1]) : 0
                    let third = index + 2 < text.count ? UInt64(text[index + 2]) : 0
                    pairs[place] = (UInt64(text[index]) << 16 | second << 8 | third) << 16 | row
                    place += 1
                }
            }
            count = place
        }

        /// A stable pass over twelve bits.
        private static func sort(
            _ pairs: inout ContiguousArray<UInt64>,
            into other: inout ContiguousArray<UInt64>,
            count: Int,
            by shift: UInt64,
            _ offsets: inout ContiguousArray<Int>
        ) {
            offsets.withUnsafeMutableBufferPointer { offsets in
                offsets.update(repeating: 0)
                pairs.withUnsafeBufferPointer { pairs in
                    for index in 0..<count { offsets[Int(pairs[index] >> shift & 4_095) + 1] += 1 }
                    for index in 1...4_096 { offsets[index] += offsets[index - 1] }
                    other.withUnsafeMutableBufferPointer { other in
                        for index in 0..<count {
                            let digit = Int(pairs[index] >> shift & 4_095)
                            other[offsets[digit]] = pairs[index]
                            offsets[digit] += 1
                        }
                    }
                }
            }
        }
    }
}
