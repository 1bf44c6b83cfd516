/// Picks the rows of a page by walking a ``RowIndex`` from one end, or from where a page ended, until the page is full.
///
/// Cheap when many rows match. Gives up where it would cost more than ``RowSelector``: when rows that match are few and
/// far between, when many of them tie in the first key and others must tell, or when what is missing is sorted by more.
struct RowWalk {
    let order: RowOrder
    let index: RowIndex

    /// More rows than these are not sorted at once.
    private static var sortLimit: Int { 16_384 }

    /// Where a page begins.
    struct Start {
        /// The rows up to there are left out.
        var cursor: Cursor?
        /// How many rows after that are skipped.
        var skipped = 0
    }

    private var isDescending: Bool { order.keys[0].isDescending }
    /// Whether code and row number are the whole order.
    private var isExact: Bool { order.keys.count == 1 && order.keys[0].column.numbers != nil }

    /// Up to `limit` rows of the `count` that match; `nil` when they are better picked in another way.
    func rows(of matches: Bitmap, count: Int, from start: Start, limit: Int) -> [Int]? {
        if count == 0 { return [] }
        let limit = min(limit, count)
        let rowCount = matches.words.count * 64
        // A step takes about as long as selection takes for one row of all, or for an eighth of one that matches.
        let budget = min(rowCount, count * 8)
        let wanted = min(count, start.skipped + limit)
        guard Double(wanted) * Double(rowCount) / Double(count) <= Double(budget) else { return nil }
        var page = Page(skipped: start.skipped, limit: limit, budget: budget)
        if start.cursor?.values.first != .missing {
            guard walk(matches, after: start.cursor, &page) else { return nil }
        }
        if page.rows.count < limit {
            guard addMissing(matches, after: start.cursor, &page) else { return nil }
        }
        return page.rows
    }

    private struct Page {
        var rows: [Int] = []
        var skipped: Int
        var limit: Int
        var budget: Int

        /// Takes so many rows as skipped; `false` when the page begins before their end.
        mutating func skip(_ count: Int) -> Bool {
            guard count <= skipped else { return false }
            skipped -= count
            return true
        }

        /// The ranks that are wanted of the next so many rows.
        func ranks(of count: Int) -> Range<Int> { skipped..<min(count, skipped + limit - rows.count) }

        mutating func take(_ picked: some Collection<Int>) {
            rows += picked
            skipped = 0
        }
    }

    /// Walks over rows that have a value; says whether that came to an end.
    private func walk(_ matches: Bitmap, after cursor: Cursor?, _ page: inout Page) -> Bool {
        var found: [Int] = []
        var place = firstPlace(after: cursor)
        while place >= 0, place < index.chunks.count, page.rows.count < page.limit {
            let unit = unit(from: place)
            place = isDescending ? unit.lowerBound - 1 : unit.upperBound + 1
            page.budget -= unit.reduce(0) { $0 + Int(index.chunks[$1].count) }
            guard page.budget >= 0 else { return false }
            // Counting is much cheaper than finding.
            if cursor == nil, page.skip(unit.reduce(0) { $0 + count(matches, in: $1) }) { continue }
            found.removeAll(keepingCapacity: true)
            for chunk in unit { find(matches, in: chunk, &found) }
            if let cursor { found.removeAll { !order.follows($0, cursor) } }
            if page.skip(found.count) { continue }
            guard found.count <= Self.sortLimit else { return false }
            page.take(order.sorted(found, ranks: page.ranks(of: found.count)))
        }
        return true
    }

    private func count(_ matches: Bitmap, in chunk: Int) -> Int {
        matches.words.withUnsafeBufferPointer { words in
            index.withRows(at: chunk) { rows in
                var count: UInt64 = 0
                for row in rows { count &+= words[Int(row >> 6)] >> UInt64(row & 63) & 1 }
                return Int(count)
            }
        }
    }

    private func find(_ matches: Bitmap, in chunk: Int, _ found: inout [Int]) {
        matches.words.withUnsafeBufferPointer { words in
            index.withRows(at: chunk) { rows in
                for row in rows where words[Int(row >> 6)] >> UInt64(row & 63) & 1 == 1 { found.append(Int(row)) }
            }
        }
    }

    /// Chunks that must be sorted together, from one of them in the direction of the walk.
    private func unit(from place: Int) -> ClosedRange<Int> {
        var (first, last) = (place, place)
        if isExact { return first...last }
        if isDescending {
            while index.chunks[first].isLinked { first -= 1 }
        } else {
            while last + 1 < index.chunks.count, index.chunks[last + 1].isLinked { last += 1 }
        }
        return first...last
    }

    private func firstPlace(after cursor: Cursor?) -> Int {
        guard let cursor, let value = cursor.values.first else { return isDescending ? index.chunks.count - 1 : 0 }
        return index.place(of: RowOrder.risingCode(of: value), isExact ? cursor.row : isDescending ? .max : 0)
    }

    /// Goes on with rows that have no value, which come last; says whether it could.
    private func addMissing(_ matches: Bitmap, after cursor: Cursor?, _ page: inout Page) -> Bool {
        var rest = matches
        rest.formIntersection(index.missing)
        if order.keys.count > 1 { return rest.words.allSatisfy { $0 == 0 } }
        if let cursor, cursor.values.first == .missing { rest.keep(after: Int(cursor.row), isFalling: isDescending) }
        let count = rest.count
        if page.skip(count) { return true }
        let ranks = page.ranks(of: count)
        if isDescending {
            page.take(rest.rows(ranked: count - ranks.upperBound..<count - ranks.lowerBound).reversed())
        } else {
            page.take(rest.rows(ranked: ranks))
        }
        return true
    }
}

extension Bitmap {
    /// Keeps the rows above a row, or those below it.
    fileprivate mutating func keep(after row: Int, isFalling: Bool) {
        let place = row >> 6
        let bit = UInt64(1) << UInt64(row & 63)
        for index in words.indices {
            if index == place {
                words[index] &= isFalling ? bit - 1 : ~(bit | (bit - 1))
            } else if (index < place) != isFalling {
                words[index] = 0
            }
        }
    }
}
