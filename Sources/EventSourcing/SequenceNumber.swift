/// The place of a record in its organization's log: 1, 2, 3 … without gaps.
///
/// `SequenceNumber.none` (zero) stands before the first record, so it is the head of an empty log.
public struct SequenceNumber: Hashable, Comparable, Sendable {
    /// The number itself; zero only for ``none``.
    public let value: UInt64

    /// The sequence number `value`.
    public init(_ value: UInt64) {
        self.value = value
    }

    /// Before the first record.
    public static let none = SequenceNumber(0)

    /// The number right after this one.
    public var next: SequenceNumber { SequenceNumber(value + 1) }

    /// The number `count` places after this one.
    public func advanced(by count: Int) -> SequenceNumber {
        SequenceNumber(value + UInt64(count))
    }

    /// Whether `left` comes before `right`.
    public static func < (left: SequenceNumber, right: SequenceNumber) -> Bool {
        left.value < right.value
    }
}

extension SequenceNumber: CustomStringConvertible {
    /// The number in decimal digits.
    public var description: String { String(value) }
}
