/// The dense number of a customer inside its organization: 0, 1, 2 … in order of creation.
///
/// Events carry it, so that a replay indexes arrays and hashes nothing.
public struct CustomerOrdinal: Hashable, Comparable, Sendable {
    /// The number.
    public let value: UInt32

    /// The ordinal `value`.
    public init(_ value: UInt32) {
        self.value = value
    }

    /// The ordinal as an array index.
    public var index: Int { Int(value) }

    /// Whether `left` was created before `right`.
    public static func < (left: CustomerOrdinal, right: CustomerOrdinal) -> Bool { left.value < right.value }
}

/// The dense number of a group inside its organization, in order of creation.
public struct GroupOrdinal: Hashable, Comparable, Sendable {
    /// The number.
    public let value: UInt32

    /// The ordinal `value`.
    public init(_ value: UInt32) {
        self.value = value
    }

    /// The ordinal as an array index.
    public var index: Int { Int(value) }

    /// Whether `left` was created before `right`.
    public static func < (left: GroupOrdinal, right: GroupOrdinal) -> Bool { left.value < right.value }
}

/// The dense number of a segment inside its organization, in order of definition; removed ones keep theirs.
public struct SegmentOrdinal: Hashable, Comparable, Sendable {
    /// The number.
    public let value: UInt32

    /// The ordinal `value`.
    public init(_ value: UInt32) {
        self.value = value
    }

    /// The ordinal as an array index.
    public var index: Int { Int(value) }

    /// Whether `left` was defined before `right`.
    public static func < (left: SegmentOrdinal, right: SegmentOrdinal) -> Bool { left.value < right.value }
}
