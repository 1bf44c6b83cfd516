/// Rows that can be sorted: where their values are.
protocol RowSource {
    associatedtype Key

    /// The rows in the order of a key; `nil` when there is no such index.
    func index(_ key: Key) -> RowIndex?
    /// The numbers that a key sorts by, ``noTime`` where there is none; `nil` for texts.
    func numbers(_ key: Key) -> ContiguousArray<Int64>?
    /// The first eight bytes of the texts that a key sorts by, the largest number where there is none; `nil` when they are
    /// not at hand.
    func prefixes(_ key: Key) -> ContiguousArray<UInt64>?
    /// Gives `body` the text of a row that a key sorts by, empty where there is none.
    func withText<Result>(_ key: Key, _ row: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result
}

/// Customers by the keys of the list.
struct CustomerSource: RowSource {
    let customers: CustomerTable
    let arena: Arena

    func index(_ key: SortKey.Field) -> RowIndex? {
        switch key {
        case .createdAt: customers.createdAt.index
        case .updatedAt: customers.updatedAt.index
        case .lastOrderAt: customers.lastOrderAt.index
        case .totalSpent: customers.grossSpent.index
        case .orderCount: customers.orderCount.index
        case .points: customers.points.index
        case .name: customers.nameCode.index
        case .email: customers.emailCode.index
        }
    }

    func numbers(_ key: SortKey.Field) -> ContiguousArray<Int64>? {
        switch key {
        case .createdAt: customers.createdAt.values
        case .updatedAt: customers.updatedAt.values
        case .lastOrderAt: customers.lastOrderAt.values
        case .totalSpent: customers.grossSpent.values
        case .orderCount: customers.orderCount.values
        case .points: customers.points.values
        case .name, .email: nil
        }
    }

    func prefixes(_ key: SortKey.Field) -> ContiguousArray<UInt64>? {
        switch key {
        case .name: customers.nameCode.values
        case .email: customers.emailCode.values
        default: nil
        }
    }

    @inline(__always)
    func withText<Result>(
        _ key: SortKey.Field,
        _ row: Int,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        arena.withBytes(customers.searchText[row]) { bytes in
            body(key == .name ? SearchText.name(in: bytes) : SearchText.email(in: bytes))
        }
    }
}

/// Orders by the keys of their history.
struct OrderSource: RowSource {
    let orders: OrderTable
    let arena: Arena

    func index(_ key: OrderSortKey.Field) -> RowIndex? { nil }

    func numbers(_ key: OrderSortKey.Field) -> ContiguousArray<Int64>? {
        switch key {
        case .placedAt: orders.placedAt
        case .total: orders.total
        case .number: nil
        }
    }

    func prefixes(_ key: OrderSortKey.Field) -> ContiguousArray<UInt64>? { nil }

    @inline(__always)
    func withText<Result>(
        _ key: OrderSortKey.Field,
        _ row: Int,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        arena.withBytes(orders.number[row], body)
    }
}
