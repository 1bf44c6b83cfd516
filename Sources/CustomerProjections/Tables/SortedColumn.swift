/// What a column is sorted by.
protocol SortValue: Equatable, Sendable {
    /// A number that sorts like the value; the largest one for a missing value.
    var sortCode: UInt64 { get }
}

extension Int64: SortValue {
    var sortCode: UInt64 { SortCode.rising(self) }
}

extension UInt64: SortValue {
    var sortCode: UInt64 { self }
}

extension UInt16: SortValue {
    var sortCode: UInt64 { UInt64(self) }
}

/// A column of the customer table with its rows in order, kept up by each change unless that was put off.
struct SortedColumn<Value: SortValue>: Sendable {
    /// The values, by row.
    private(set) var values: ContiguousArray<Value> = []
    /// The rows in order; `nil` until ``buildIndex()``, when it was put off.
    private(set) var index: RowIndex? = RowIndex()

    /// An empty column.
    init() {}

    /// A column of these values whose order is put off.
    init(_ values: ContiguousArray<Value>) {
        self.values = values
        index = nil
    }

    var count: Int { values.count }

    @inline(__always)
    subscript(row: Int) -> Value {
        get { values[row] }
        set {
            let old = values[row]
            values[row] = newValue
            if index != nil, old != newValue { move(row, from: old.sortCode, to: newValue.sortCode) }
        }
    }

    @inline(__always)
    mutating func append(_ value: Value) {
        values.append(value)
        if index != nil { index?.insert(UInt32(values.count - 1), code: value.sortCode, values) }
    }

    /// Puts the order off until ``buildIndex()``.
    mutating func dropIndex() { index = nil }

    /// Puts all rows in order, and keeps them so from now on.
    mutating func buildIndex() { index = RowIndex(values) }

    private mutating func move(_ row: Int, from old: UInt64, to new: UInt64) {
        index?.remove(UInt32(row), code: old, values)
        index?.insert(UInt32(row), code: new, values)
    }
}
