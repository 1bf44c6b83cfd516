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

extension TrigramBlock {
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
            block.domains = domains.filter { $0.value.count >= Domain.leastCount }.map { Domain(bytes: $0, rows: $1) }
            block.rows.reserveCapacity(count)
            var last = UInt64.max
            for pair in pairs[..<count] where pair != last {
                if pair >> 16 != last >> 16 {
                    block.keys.append(UInt32(truncatingIfNeeded: pair >> 16))
                    block.starts.append(UInt32(block.rows.count))
                }
                last = pair
                block.rows.append(UInt16(truncatingIfNeeded: pair))
            }
            block.starts.append(UInt32(block.rows.count))
            return block
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
