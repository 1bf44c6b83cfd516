/// A column of numbers that nearly all fit fewer bytes.
typealias NarrowColumn<
    Value: FixedWidthInteger & Sendable,
    Number: FixedWidthInteger & Sendable
> = CompactColumn<NarrowRow<Value, Number>>

/// A number in fewer bytes.
struct NarrowRow<Value: FixedWidthInteger & Sendable, Number: FixedWidthInteger & Sendable>: CompactRow {
    /// The largest for a number that does not fit.
    private var number: Number

    static var wide: NarrowRow { NarrowRow(number: .max) }

    private init(number: Number) { self.number = number }

    @inline(__always)
    init?(_ value: Value) {
        guard let number = Number(exactly: value), number != .max else { return nil }
        self.number = number
    }

    @inline(__always)
    var isWide: Bool { number == .max }

    @inline(__always)
    var value: Value { Value(truncatingIfNeeded: number) }
}
