/// What rows are sorted by, where it is not a number: texts.
protocol SortTexts {
    associatedtype Key

    /// Gives `body` the text of a row that a key sorts by, empty where there is none.
    func withText<Result>(_ key: Key, _ row: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result
}

/// A key's values, and the rows in their order, as far as those are at hand.
struct SortKeyColumn {
    /// The numbers that the key sorts by, ``noTime`` where there is none; `nil` for texts.
    var numbers: ContiguousArray<Int64>?
    /// The first eight bytes of the texts that the key sorts by, the largest number where there is none.
    var prefixes: ContiguousArray<UInt64>?
    /// The rows in order.
    var index: RowIndex?
}

extension CustomerTable {
    /// What a key of the list sorts by.
    func sortKeyColumn(_ key: SortKey.Field) -> SortKeyColumn {
        switch key {
        case .createdAt: SortKeyColumn(createdAt)
        case .updatedAt: SortKeyColumn(updatedAt)
        case .lastOrderAt: SortKeyColumn(lastOrderAt)
        case .totalSpent: SortKeyColumn(grossSpent)
        case .orderCount: SortKeyColumn(orderCount)
        case .points: SortKeyColumn(points)
        case .name: SortKeyColumn(nameCode)
        case .email: SortKeyColumn(emailCode)
        }
    }
}

extension SortKeyColumn {
    fileprivate init(_ column: SortedColumn<Int64>) { self.init(numbers: column.values, index: column.index) }

    fileprivate init(_ column: SortedColumn<UInt64>) { self.init(prefixes: column.values, index: column.index) }
}

/// The names and e-mail addresses of customers.
struct CustomerTexts: SortTexts {
    /// As ``CustomerTable/searchText`` has them.
    let handles: ContiguousArray<Arena.Handle>
    let arena: Arena

    @inline(__always)
    func withText<Result>(
        _ key: SortKey.Field,
        _ row: Int,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        arena.withBytes(handles[row]) { bytes in
            body(key == .name ? SearchText.name(in: bytes) : SearchText.email(in: bytes))
        }
    }
}

extension OrderTable {
    /// What a key of an order history sorts by.
    func sortKeyColumn(_ key: OrderSortKey.Field) -> SortKeyColumn {
        switch key {
        case .placedAt: SortKeyColumn(numbers: placedAt)
        case .total: SortKeyColumn(numbers: total)
        case .number: SortKeyColumn()
        }
    }
}

/// The numbers of orders.
struct OrderTexts: SortTexts {
    /// As ``OrderTable/number`` has them.
    let handles: ContiguousArray<Arena.Handle>
    let arena: Arena

    @inline(__always)
    func withText<Result>(
        _ key: OrderSortKey.Field,
        _ row: Int,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        arena.withBytes(handles[row], body)
    }
}
