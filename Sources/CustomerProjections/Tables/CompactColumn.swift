/// How values that fit a narrower form are kept.
protocol CompactRow: Sendable {
    associatedtype Value: Sendable

    /// Stands for a value that does not fit.
    static var wide: Self { get }
    var isWide: Bool { get }
    /// What was packed; asked only of rows that are not wide.
    var value: Value { get }

    /// `nil` for a value that does not fit.
    init?(_ value: Value)
}

/// A column of values that nearly all fit a narrower form; the others are kept beside it, as they are.
struct CompactColumn<Row: CompactRow>: RandomAccessCollection, Sendable {
    private var rows: ContiguousArray<Row> = []
    private var wide: [Int: Row.Value] = [:]

    init() {}

    init(_ values: some Collection<Row.Value>) {
        rows.reserveCapacity(values.count)
        for value in values { append(value) }
    }

    var startIndex: Int { 0 }
    var endIndex: Int { rows.count }

    @inline(__always)
    subscript(row: Int) -> Row.Value {
        get {
            // A wide row is in the dictionary; what it packs is never asked for.
            rows[row].isWide ? wide[row] ?? rows[row].value : rows[row].value
        }
        set {
            let isWide = rows[row].isWide
            if let packed = Row(newValue) {
                rows[row] = packed
                if isWide { wide[row] = nil }
            } else {
                rows[row] = .wide
                wide[row] = newValue
            }
        }
    }

    @inline(__always)
    mutating func append(_ value: Row.Value) {
        if let packed = Row(value) {
            rows.append(packed)
        } else {
            wide[rows.count] = value
            rows.append(.wide)
        }
    }

    mutating func reserveCapacity(_ count: Int) { rows.reserveCapacity(count) }

    /// How many values did not fit.
    var wideCount: Int { wide.count }
}
