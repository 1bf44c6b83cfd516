/// An order of rows by some keys, and by the row number in the end, so that no two tie.
///
/// Every key gives a row a code that sorts like it. The code of a text is its first eight bytes; texts that begin alike are
/// told apart by the next eight, a level deeper, or by a look at the whole of them.
struct RowOrder {
    /// A key, and which eight bytes of it where it is a text.
    struct Level {
        var keyIndex = 0
        var chunk = 0
    }

    /// A key, and where its values are.
    struct Key {
        var isDescending: Bool
        var column: SortKeyColumn
    }

    let keys: [Key]
    /// The texts of the rows: ``CustomerTable/searchText``, or numbers of orders.
    let texts: ContiguousArray<Arena.Handle>
    let arena: Arena
    /// Rows that tie in all keys come in the direction of the last key.
    let isRowDescending: Bool

    init(keys: [Key], texts: ContiguousArray<Arena.Handle>, arena: Arena) {
        (self.keys, self.texts, self.arena) = (keys, texts, arena)
        isRowDescending = keys.last?.isDescending ?? false
    }

    /// Gives `body` the text of a row that a key sorts by, empty where there is none.
    @inline(__always)
    func withText<Result>(_ keyIndex: Int, _ row: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        arena.withBytes(texts[row]) { bytes in
            switch keys[keyIndex].column.text {
            case .whole: body(bytes)
            case .name: body(SearchText.name(in: bytes))
            case .email: body(SearchText.email(in: bytes))
            }
        }
    }

    /// Calls `body` with the codes of all rows at a level, as fast to read as can be.
    @inline(__always)
    func withCodes<Result>(at level: Level, _ body: ((Int) -> UInt64) -> Result) -> Result {
        let isDescending = keys[level.keyIndex].isDescending
        if let column = keys[level.keyIndex].column.numbers {
            return column.withUnsafeBufferPointer { column in
                isDescending ? body { SortCode.falling(column[$0]) } : body { SortCode.rising(column[$0]) }
            }
        }
        if level.chunk == 0, let column = keys[level.keyIndex].column.prefixes {
            return column.withUnsafeBufferPointer { column in
                isDescending ? body { SortCode.falling(text: column[$0]) } : body { column[$0] }
            }
        }
        return body { code($0, at: level) }
    }

    /// The code of one row at a level.
    func code(_ row: Int, at level: Level) -> UInt64 {
        let isDescending = keys[level.keyIndex].isDescending
        if let column = keys[level.keyIndex].column.numbers {
            return isDescending ? SortCode.falling(column[row]) : SortCode.rising(column[row])
        }
        let code = withText(level.keyIndex, row) { text in
            text.isEmpty ? .max : SortCode.chunk(text, from: level.chunk * 8)
        }
        return isDescending ? SortCode.falling(text: code) : code
    }

    /// The level that tells apart rows that have this code at a level; `nil` when only the row number does.
    func level(after level: Level, code: UInt64) -> Level? {
        let isText = keys[level.keyIndex].column.numbers == nil
        let bytes = keys[level.keyIndex].isDescending ? ~code : code
        if isText, code != .max, bytes & 0xFF != 0 { return Level(keyIndex: level.keyIndex, chunk: level.chunk + 1) }
        return level.keyIndex + 1 < keys.count ? Level(keyIndex: level.keyIndex + 1) : nil
    }

    /// Whether a row comes before another, given that they are alike before this level.
    func precedes(_ one: Int, _ other: Int, from level: Level) -> Bool {
        for index in level.keyIndex..<keys.count {
            let order = compare(one, other, keyIndex: index)
            if order != 0 { return order < 0 }
        }
        return isRowDescending ? one > other : one < other
    }

    private func compare(_ one: Int, _ other: Int, keyIndex: Int) -> Int {
        let level = Level(keyIndex: keyIndex)
        let (first, second) = (code(one, at: level), code(other, at: level))
        if first != second { return first < second ? -1 : 1 }
        guard keys[keyIndex].column.numbers == nil, first != .max else { return 0 }
        let order = withText(keyIndex, one) { text in withText(keyIndex, other) { compareBytes(text, $0) } }
        return keys[keyIndex].isDescending ? -order : order
    }
}

// MARK: Cursors

extension RowOrder {
    /// The rows that come after the one where a page ended.
    func after(_ cursor: Cursor, _ rows: Bitmap) -> Bitmap {
        guard let value = cursor.values.first else { return rows }
        let code = code(of: value, keyIndex: 0)
        let level = Level()
        var result = withCodes(at: level) { rows.between(code, code, $0).inside }
        result.filterEach { follows($0, cursor) }
        if code == .max { return result }
        let later = withCodes(at: level) { rows.between(code + 1, .max, $0).inside }
        for index in result.words.indices { result.words[index] |= later.words[index] }
        return result
    }

    /// What a row is sorted by, for a cursor.
    func values(of row: Int) -> [Cursor.Value] {
        keys.indices.map { index in
            if let column = keys[index].column.numbers {
                return column[row] == noTime ? .missing : .number(column[row])
            }
            return withText(index, row) { $0.isEmpty ? .missing : .text(Array($0)) }
        }
    }

    /// Whether a row comes after the one where a page ended.
    func follows(_ row: Int, _ cursor: Cursor) -> Bool {
        for index in keys.indices {
            let order = compare(row, cursor.values[index], keyIndex: index)
            if order != 0 { return order > 0 }
        }
        return isRowDescending ? row < Int(cursor.row) : row > Int(cursor.row)
    }

    private func compare(_ row: Int, _ value: Cursor.Value, keyIndex: Int) -> Int {
        let rowCode = code(row, at: Level(keyIndex: keyIndex))
        let valueCode = code(of: value, keyIndex: keyIndex)
        if rowCode != valueCode { return rowCode < valueCode ? -1 : 1 }
        guard case .text(let text) = value, rowCode != .max else { return 0 }
        let order = withText(keyIndex, row) { bytes in
            text.withUnsafeBufferPointer { compareBytes(bytes, $0) }
        }
        return keys[keyIndex].isDescending ? -order : order
    }

    private func code(of value: Cursor.Value, keyIndex: Int) -> UInt64 {
        guard keys[keyIndex].isDescending else { return Self.risingCode(of: value) }
        return if case .number(let number) = value {
            SortCode.falling(number)
        } else {
            SortCode.falling(text: Self.risingCode(of: value))
        }
    }

    /// The code of a value where the smallest comes first.
    static func risingCode(of value: Cursor.Value) -> UInt64 {
        switch value {
        case .missing: .max
        case .number(let number): SortCode.rising(number)
        case .text(let text): text.withUnsafeBufferPointer { SortCode.chunk($0, from: 0) }
        }
    }
}

/// Below zero, zero or above, as the first text sorts before, like or after the second.
private func compareBytes(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Int {
    for index in 0..<min(one.count, other.count) where one[index] != other[index] {
        return one[index] < other[index] ? -1 : 1
    }
    return one.count - other.count
}
