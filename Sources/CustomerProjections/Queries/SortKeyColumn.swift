/// A key's values, and the rows in their order, as far as those are at hand.
struct SortKeyColumn {
    /// Which text of a row a key sorts by.
    enum Text {
        case whole, name, email
    }

    /// The numbers that the key sorts by, ``noTime`` where there is none; `nil` for texts.
    var numbers: ContiguousArray<Int64>?
    /// The first eight bytes of the texts that the key sorts by, the largest number where there is none.
    var prefixes: ContiguousArray<UInt64>?
    /// The rows in order.
    var index: RowIndex?
    /// What the key sorts by where it is not a number.
    var text = Text.whole
}

extension CustomerTable {
    /// What a key of the list sorts by.
    func sortKeyColumn(_ key: SortKey.Field) -> SortKeyColumn {
        func column(_ numbers: SortedColumn<Int64>) -> SortKeyColumn {
            SortKeyColumn(numbers: numbers.values, index: numbers.index)
        }
        return switch key {
        case .createdAt: column(createdAt)
        case .updatedAt: column(updatedAt)
        case .lastOrderAt: column(lastOrderAt)
        case .totalSpent: column(grossSpent)
        case .orderCount: column(orderCount)
        case .points: column(points)
        case .name: SortKeyColumn(prefixes: nameCode.values, index: nameCode.index, text: .name)
        case .email: SortKeyColumn(prefixes: emailCode.values, index: emailCode.index, text: .email)
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
