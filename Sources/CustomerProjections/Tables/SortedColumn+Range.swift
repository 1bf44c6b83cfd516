extension SortedColumn where Value: FixedWidthInteger {
    /// Keeps the rows whose value is in a range, which holds no missing value.
    ///
    /// Looks at the values, or takes whom the index has inside the range or outside: whichever are fewer.
    func keep(_ range: ClosedRange<Value>, in matches: inout Bitmap) {
        guard let index else { return filter(range, &matches) }
        let codes = range.lowerBound.sortCode...range.upperBound.sortCode
        let looks = min(count, matches.count * 4)
        let inside = index.count(in: codes)
        let outside = count - inside
        // Setting the bit of any row costs twice as much as looking at the next value.
        if inside <= outside, inside * 2 < looks {
            var rows = Bitmap(rowCount: count)
            index.addRows(in: codes, values, to: &rows)
            matches.formIntersection(rows)
        } else if outside * 2 < looks {
            var rows = Bitmap(rowCount: count)
            if codes.lowerBound > 0 { index.addRows(in: 0...codes.lowerBound - 1, values, to: &rows) }
            if codes.upperBound < .max { index.addRows(in: codes.upperBound + 1...(.max), values, to: &rows) }
            matches.subtract(rows)
            matches.subtract(index.missing)
        } else {
            filter(range, &matches)
        }
    }

    private func filter(_ range: ClosedRange<Value>, _ matches: inout Bitmap) {
        let (low, span) = (range.lowerBound, Value.Magnitude(truncatingIfNeeded: range.upperBound &- range.lowerBound))
        values.withUnsafeBufferPointer { values in
            // One comparison for both bounds: what lies below wraps around to the top.
            matches.filter(rowCount: values.count) { Value.Magnitude(truncatingIfNeeded: values[$0] &- low) <= span }
        }
    }
}

extension RowIndex {
    /// About how many rows have a code in a range: all of the chunks where some may be.
    func count(in codes: ClosedRange<UInt64>) -> Int {
        places(in: codes).reduce(0) { $0 + Int(chunks[$1].count) }
    }

    /// Adds all rows with a code in a range to a bitmap that has room for them; not those without a value.
    func addRows<Value: SortValue>(
        in codes: ClosedRange<UInt64>,
        _ values: ContiguousArray<Value>,
        to bitmap: inout Bitmap
    ) {
        let places = places(in: codes)
        bitmap.words.withUnsafeMutableBufferPointer { words in
            for place in places {
                // Only the rows of the first and the last may have other codes.
                let isSure = place > places.lowerBound && place < places.upperBound
                withRows(at: place) { rows in
                    for row in rows where isSure || codes.contains(values[Int(row)].sortCode) {
                        words[Int(row >> 6)] |= 1 << UInt64(row & 63)
                    }
                }
            }
        }
    }

    private func places(in codes: ClosedRange<UInt64>) -> ClosedRange<Int> {
        place(of: codes.lowerBound, 0)...place(of: codes.upperBound, .max)
    }
}
