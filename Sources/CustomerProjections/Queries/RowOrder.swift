/// An order of customers by some keys, and by the row number in the end, so that no two tie.
///
/// Every key gives a row a code that sorts like it. The code of a text is its first eight bytes; texts that begin alike are
/// told apart by the next eight, a level deeper, or by a look at the whole of them.
struct RowOrder {
    /// A key, and which eight bytes of it where it is a text.
    struct Level {
        var keyIndex = 0
        var chunk = 0
    }

    let keys: [SortKey]
    let customers: CustomerTable
    let arena: Arena

    init(_ keys: [SortKey], of state: OrganizationState) {
        self.keys = keys
        customers = state.customers
        arena = state.arena
    }

    /// Rows that tie in all keys come in the direction of the last key.
    var isRowDescending: Bool { keys.last?.isDescending ?? false }

    /// Calls `body` with the codes of all rows at a level, as fast to read as can be.
    @inline(__always)
    func withCodes<Result>(at level: Level, _ body: ((Int) -> UInt64) -> Result) -> Result {
        let key = keys[level.keyIndex]
        if let column = numbers(of: key.field) {
            return column.withUnsafeBufferPointer { column in
                key.isDescending ? body { SortCode.falling(column[$0]) } : body { SortCode.rising(column[$0]) }
            }
        }
        if let column = texts(of: key.field), level.chunk == 0 {
            return column.withUnsafeBufferPointer { column in
                key.isDescending ? body { SortCode.falling(text: column[$0]) } : body { column[$0] }
            }
        }
        return body { code($0, at: level) }
    }

    /// The code of one row at a level.
    func code(_ row: Int, at level: Level) -> UInt64 {
        let key = keys[level.keyIndex]
        if let column = numbers(of: key.field) {
            return key.isDescending ? SortCode.falling(column[row]) : SortCode.rising(column[row])
        }
        if texts(of: key.field)?[row] == .max { return .max }
        let code = withText(key.field, row) { SortCode.chunk($0, from: level.chunk * 8) }
        return key.isDescending ? SortCode.falling(text: code) : code
    }

    /// The level that tells apart rows that have this code at a level; `nil` when only the row number does.
    func level(after level: Level, code: UInt64) -> Level? {
        let key = keys[level.keyIndex]
        let isText = key.field == .name || key.field == .email
        let bytes = key.isDescending ? ~code : code
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
        let key = keys[keyIndex]
        guard key.field == .name || key.field == .email, first != .max else { return 0 }
        let order = withText(key.field, one) { text in withText(key.field, other) { compareBytes(text, $0) } }
        return key.isDescending ? -order : order
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
        let key = keys[keyIndex]
        let rowCode = code(row, at: Level(keyIndex: keyIndex))
        let valueCode = code(of: value, keyIndex: keyIndex)
        if rowCode != valueCode { return rowCode < valueCode ? -1 : 1 }
        guard case .text(let text) = value, rowCode != .max else { return 0 }
        let order = withText(key.field, row) { bytes in text.withUnsafeBufferPointer { compareBytes(bytes, $0) } }
        return key.isDescending ? -order : order
    }

    /// The code that a value of a cursor has.
    func code(of value: Cursor.Value, keyIndex: Int) -> UInt64 {
        let isDescending = keys[keyIndex].isDescending
        switch value {
        case .missing: return .max
        case .number(let number): return isDescending ? SortCode.falling(number) : SortCode.rising(number)
        case .text(let text):
            let code = text.withUnsafeBufferPointer { SortCode.chunk($0, from: 0) }
            return isDescending ? SortCode.falling(text: code) : code
        }
    }

    /// What a row is sorted by, for a cursor.
    func values(of row: Int) -> [Cursor.Value] {
        keys.map { key in
            if let column = numbers(of: key.field) { return column[row] == noTime ? .missing : .number(column[row]) }
            if texts(of: key.field)?[row] == .max { return .missing }
            return withText(key.field, row) { .text(Array($0)) }
        }
    }

    private func numbers(of field: SortKey.Field) -> ContiguousArray<Int64>? {
        switch field {
        case .createdAt: customers.createdAt
        case .updatedAt: customers.updatedAt
        case .lastOrderAt: customers.lastOrderAt
        case .totalSpent: customers.grossSpent
        case .orderCount: customers.orderCount
        case .points: customers.points
        case .name, .email: nil
        }
    }

    private func texts(of field: SortKey.Field) -> ContiguousArray<UInt64>? {
        switch field {
        case .name: customers.nameCode
        case .email: customers.emailCode
        default: nil
        }
    }

    @inline(__always)
    private func withText<Result>(
        _ field: SortKey.Field,
        _ row: Int,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        arena.withBytes(customers.searchText[row]) { bytes in
            body(field == .name ? SearchText.name(in: bytes) : SearchText.email(in: bytes))
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
