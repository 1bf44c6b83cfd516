extension RowOrder {
    /// The rows that have these ranks among rows that are alike before `level`, in order.
    ///
    /// Multikey quicksort (Bentley and Sedgewick, "Fast algorithms for sorting and searching strings", 1997) that goes only
    /// where the ranks are: rows that share a code are told apart by the next eight bytes, never by comparing whole texts.
    func sorted(_ rows: [Int], ranks: Range<Int>, from level: Level = Level()) -> [Int] {
        let ranks = ranks.clamped(to: 0..<rows.count)
        var coded: [CodedRow] = []
        coded.reserveCapacity(rows.count)
        withCodes(at: level) { code in for row in rows { coded.append(CodedRow(code: code(row), row: row)) } }
        sort(&coded, 0..<coded.count, level, ranks)
        return coded[ranks].map(\.row)
    }

    private func sort(_ coded: inout [CodedRow], _ range: Range<Int>, _ level: Level, _ ranks: Range<Int>) {
        var range = range
        while range.count > 1, range.overlaps(ranks) {
            if range.count <= smallCount {
                coded[range]
                    .sort { one, other in
                        one.code != other.code ? one.code < other.code : precedes(one.row, other.row, from: level)
                    }
                return
            }
            let equal = partition(&coded, range)
            sort(&coded, range.lowerBound..<equal.lowerBound, level, ranks)
            if equal.overlaps(ranks) { sortEqual(&coded, equal, level, ranks) }
            range = equal.upperBound..<range.upperBound
        }
    }

    /// Rows with one code at a level.
    private func sortEqual(_ coded: inout [CodedRow], _ range: Range<Int>, _ level: Level, _ ranks: Range<Int>) {
        guard let next = self.level(after: level, code: coded[range.lowerBound].code) else {
            if isRowDescending { coded[range].sort { $0.row > $1.row } } else { coded[range].sort { $0.row < $1.row } }
            return
        }
        withCodes(at: next) { code in for index in range { coded[index].code = code(coded[index].row) } }
        sort(&coded, range, next, ranks)
    }

    /// Puts what has smaller codes than one of the rows before what has that code, and what has larger ones behind it.
    private func partition(_ coded: inout [CodedRow], _ range: Range<Int>) -> Range<Int> {
        let samples = [range.lowerBound, range.lowerBound + range.count / 2, range.upperBound - 1]
            .map { coded[$0].code }
        let pivot = max(min(samples[0], samples[1]), min(max(samples[0], samples[1]), samples[2]))
        var (low, index, high) = (range.lowerBound, range.lowerBound, range.upperBound)
        while index < high {
            let code = coded[index].code
            if code < pivot {
                coded.swapAt(low, index)
                low += 1
                index += 1
            } else if code > pivot {
                high -= 1
                coded.swapAt(index, high)
            } else {
                index += 1
            }
        }
        return low..<high
    }
}

/// A row and its code at some level.
private struct CodedRow {
    var code: UInt64
    var row: Int
}

/// So few rows are compared with each other.
private let smallCount = 24
