/// Picks the rows of certain ranks out of many, without sorting the many.
///
/// A sample tells between which two codes the ranks most likely lie; one pass keeps the rows between them, and so on with
/// those, until few are left to sort. Where many rows share a code, they are told apart by the next level of the order.
/// After Floyd and Rivest, "Expected time bounds for selection" (1975); a bad sample costs another pass, never a wrong row.
struct RowSelector {
    typealias Level = RowOrder.Level

    let order: RowOrder

    /// The rows of these ranks among `rows`, in order.
    func rows(_ rows: Bitmap, count: Int, ranks: Range<Int>) -> [Int] {
        var picked: [Int] = []
        picked.reserveCapacity(ranks.count)
        pick(rows, count, order.keys.isEmpty ? nil : Level(), ranks.clamped(to: 0..<count), &picked)
        return picked
    }

    private func pick(
        _ rows: Bitmap,
        _ count: Int,
        _ level: Level?,
        _ ranks: Range<Int>,
        _ picked: inout [Int]
    ) {
        if ranks.isEmpty { return }
        guard let level else {
            pickByRow(rows, count, ranks, &picked)
            return
        }
        if count <= sortLimit {
            var few: [Int] = []
            rows.forEach { few.append($0) }
            picked += order.sorted(few, ranks: ranks, from: level)
            return
        }
        let sample = sample(rows, count, level)
        let (low, high) = bracket(sample, count, ranks)
        if low < high {
            let (inside, insideCount, below) = order.withCodes(at: level) { rows.between(low, high, $0) }
            let isHit = below <= ranks.lowerBound && ranks.upperBound <= below + insideCount
            if isHit, insideCount <= count / 4 * 3 {
                pick(inside, insideCount, level, ranks.lowerBound - below..<ranks.upperBound - below, &picked)
                return
            }
        }
        let place = min(sample.count - 1, ranks.lowerBound * sample.count / count)
        split(rows, count, level, ranks, at: sample[place], &picked)
    }

    /// Goes on with the rows below, at and above a code, as far as the ranks are among them.
    private func split(
        _ rows: Bitmap,
        _ count: Int,
        _ level: Level,
        _ ranks: Range<Int>,
        at code: UInt64,
        _ picked: inout [Int]
    ) {
        let (equal, equalCount, below) = order.withCodes(at: level) { rows.between(code, code, $0) }
        if ranks.lowerBound < below {
            let (lower, _, _) = order.withCodes(at: level) { rows.between(0, code - 1, $0) }
            pick(lower, below, level, ranks.clamped(to: 0..<below), &picked)
        }
        let middle = ranks.clamped(to: below..<below + equalCount)
        if !middle.isEmpty {
            let shifted = middle.lowerBound - below..<middle.upperBound - below
            pick(equal, equalCount, order.level(after: level, code: code), shifted, &picked)
        }
        let start = below + equalCount
        if ranks.upperBound > start {
            let (upper, upperCount, _) = order.withCodes(at: level) { rows.between(code + 1, .max, $0) }
            let rest = ranks.clamped(to: start..<count)
            pick(upper, upperCount, level, rest.lowerBound - start..<rest.upperBound - start, &picked)
        }
    }

    private func pickByRow(_ rows: Bitmap, _ count: Int, _ ranks: Range<Int>, _ picked: inout [Int]) {
        if order.isRowDescending {
            let mirrored = count - ranks.upperBound..<count - ranks.lowerBound
            picked += rows.rows(ranked: mirrored).reversed()
        } else {
            picked += rows.rows(ranked: ranks)
        }
    }

    /// The codes of some of the rows, sorted.
    private func sample(_ rows: Bitmap, _ count: Int, _ level: Level) -> [UInt64] {
        var codes: [UInt64] = []
        codes.reserveCapacity(sampleCount * 2)
        // Every so many words, so many that about the wanted number of rows is seen; the odd offset follows the words.
        let step = max(1, rows.words.count * max(1, count / sampleCount) / max(1, count))
        let perWord = max(1, sampleCount * step / max(1, rows.words.count))
        order.withCodes(at: level) { code in
            for index in stride(from: 0, to: rows.words.count, by: step) {
                var word = rows.words[index]
                for _ in 0..<perWord where word != 0 {
                    codes.append(code(index << 6 | word.trailingZeroBitCount))
                    word &= word - 1
                }
            }
            if codes.isEmpty {
                rows.forEachUntil {
                    codes.append(code($0)); return codes.count < sampleCount
                }
            }
        }
        codes.sort()
        return codes
    }

    /// Two codes between which the ranks lie, if the sample is a fair one.
    private func bracket(_ sample: [UInt64], _ count: Int, _ ranks: Range<Int>) -> (UInt64, UInt64) {
        let size = Double(sample.count)
        func place(_ rank: Int, _ side: Double) -> Int {
            let part = Double(rank) / Double(count)
            return Int((part * size + side * (4 * (size * part * (1 - part)).squareRoot() + 4)).rounded())
        }
        let low = place(ranks.lowerBound, -1)
        let high = place(ranks.upperBound, 1)
        return (low < 0 ? 0 : sample[min(low, sample.count - 1)], high >= sample.count ? .max : sample[max(0, high)])
    }
}

/// How many rows are sorted rather than sampled.
private let sortLimit = 1_024
/// About how many rows a sample has.
private let sampleCount = 1_024

extension Bitmap {
    /// The rows whose code is within two codes, how many those are, and how many have a smaller code.
    @inline(__always)
    func between(_ low: UInt64, _ high: UInt64, _ code: (Int) -> UInt64) -> (inside: Bitmap, count: Int, below: Int) {
        var inside = Bitmap()
        inside.words = ContiguousArray(repeating: 0, count: words.count)
        var count = 0
        var below = 0
        let span = high - low
        words.withUnsafeBufferPointer { words in
            inside.words.withUnsafeMutableBufferPointer { inside in
                for index in words.indices where words[index] != 0 {
                    let word = words[index]
                    var within: UInt64 = 0
                    var smaller: UInt64 = 0
                    if word == .max {
                        for bit in 0..<64 {
                            let code = code(index << 6 | bit)
                            within |= (code &- low <= span ? 1 : 0) << UInt64(bit)
                            smaller |= (code < low ? 1 : 0) << UInt64(bit)
                        }
                    } else {
                        var rest = word
                        while rest != 0 {
                            let bit = UInt64(rest.trailingZeroBitCount)
                            let code = code(index << 6 | Int(bit))
                            within |= (code &- low <= span ? 1 : 0) << bit
                            smaller |= (code < low ? 1 : 0) << bit
                            rest &= rest - 1
                        }
                    }
                    inside[index] = within
                    count += within.nonzeroBitCount
                    below += smaller.nonzeroBitCount
                }
            }
        }
        return (inside, count, below)
    }

    /// The rows of these ranks, by rising number.
    func rows(ranked ranks: Range<Int>) -> [Int] {
        var rows: [Int] = []
        var rank = 0
        for index in words.indices {
            let wordCount = words[index].nonzeroBitCount
            defer { rank += wordCount }
            if rank + wordCount <= ranks.lowerBound { continue }
            if rank >= ranks.upperBound { break }
            var word = words[index]
            var wordRank = rank
            while word != 0 {
                if ranks.contains(wordRank) { rows.append(index << 6 | word.trailingZeroBitCount) }
                wordRank += 1
                word &= word - 1
            }
        }
        return rows
    }

    /// Calls `body` for rows by rising number while it returns `true`.
    func forEachUntil(_ body: (Int) -> Bool) {
        for index in words.indices {
            var word = words[index]
            while word != 0 {
                if !body(index << 6 | word.trailingZeroBitCount) { return }
                word &= word - 1
            }
        }
    }
}
