extension RowIndex {
    /// The index of all rows of a column.
    ///
    /// Costs about two passes over them: rows are dealt out by the leading bits in which they differ, again and again, until
    /// they fit into chunks, inside which there is no order to make.
    init<Value: SortValue>(_ values: ContiguousArray<Value>) {
        self.init()
        var keys: ContiguousArray<Key> = []
        keys.reserveCapacity(values.count)
        for row in values.indices {
            let code = values[row].sortCode
            if code == .max { appendMissing(row) } else { keys.append(Key(code: code, row: UInt32(row))) }
        }
        // Chunks come out about two thirds full.
        reserve(rowCount: keys.count / 10 * 17)
        var other = ContiguousArray<Key>(repeating: Key(code: 0, row: 0), count: keys.count)
        keys.withUnsafeMutableBufferPointer { keys in
            other.withUnsafeMutableBufferPointer { deal(keys, $0, 0..<keys.count) }
        }
        trim()
    }

    private struct Key {
        var code: UInt64
        var row: UInt32
    }

    /// Makes chunks of a range of keys, whose rows rise among those with one code.
    private mutating func deal(
        _ keys: UnsafeMutableBufferPointer<Key>,
        _ other: UnsafeMutableBufferPointer<Key>,
        _ range: Range<Int>
    ) {
        if range.count <= fill {
            appendChunk(keys, range)
            return
        }
        var (least, most) = (UInt64.max, UInt64.min)
        for index in range {
            least = min(least, keys[index].code)
            most = max(most, keys[index].code)
        }
        if least == most {
            for start in stride(from: range.lowerBound, to: range.upperBound, by: fill) {
                let part = start..<min(range.upperBound, start + fill)
                let row = start == range.lowerBound ? 0 : keys[start].row
                append(part.lazy.map { keys[$0].row }, code: least, row: row)
            }
            return
        }
        let bits = min(11, Int.bitWidth - (range.count / 64).leadingZeroBitCount)
        let shift = UInt64(max(0, UInt64.bitWidth - (most - least).leadingZeroBitCount - bits))
        var ends = [Int](repeating: 0, count: 1 << bits)
        for index in range { ends[Int((keys[index].code - least) >> shift)] += 1 }
        var start = range.lowerBound
        for bucket in ends.indices { (ends[bucket], start) = (start, start + ends[bucket]) }
        for index in range {
            let bucket = Int((keys[index].code - least) >> shift)
            other[ends[bucket]] = keys[index]
            ends[bucket] += 1
        }
        dealBuckets(other, keys, from: range.lowerBound, ends)
    }

    /// Goes on with buckets: small neighbors together.
    private mutating func dealBuckets(
        _ keys: UnsafeMutableBufferPointer<Key>,
        _ other: UnsafeMutableBufferPointer<Key>,
        from start: Int,
        _ ends: [Int]
    ) {
        var small = start..<start
        for end in ends {
            if end - small.lowerBound <= fill {
                small = small.lowerBound..<end
                continue
            }
            appendChunk(keys, small)
            small = small.upperBound..<end
            if small.count <= fill { continue }
            deal(keys, other, small)
            small = end..<end
        }
        appendChunk(keys, small)
    }

    private mutating func appendChunk(_ keys: UnsafeMutableBufferPointer<Key>, _ range: Range<Int>) {
        if range.isEmpty { return }
        var least = UInt64.max
        for index in range { least = min(least, keys[index].code) }
        append(range.lazy.map { keys[$0].row }, code: least, row: 0)
    }
}

/// How many rows a chunk gets at first: some come later.
private let fill = 208
