public import CustomerDomain

/// Seals what is personal in an archived state, with the key of each person.
public struct PersonSeal: Sendable {
    /// Appends bytes to others; `false`, with nothing appended, where the person's key is no longer there.
    public typealias Change =
        @Sendable (UnsafeRawBufferPointer, CustomerOrdinal, inout ContiguousArray<UInt8>) throws -> Bool

    /// How many bytes longer the sealed bytes are.
    public var overhead: Int
    /// Appends the sealed bytes of plain ones.
    public var seal: Change
    /// Appends the plain bytes of sealed ones; throws when they are not those that were sealed.
    public var open: Change

    /// A seal of these parts.
    public init(overhead: Int, seal: @escaping Change, open: @escaping Change) {
        self.overhead = overhead
        self.seal = seal
        self.open = open
    }

    /// Leaves everything as it is; for states that never leave memory.
    public static let none = PersonSeal(overhead: 0, seal: copy, open: copy)

    @Sendable
    private static func copy(
        _ bytes: UnsafeRawBufferPointer,
        _ person: CustomerOrdinal,
        _ result: inout ContiguousArray<UInt8>
    ) -> Bool {
        result.append(contentsOf: bytes)
        return true
    }
}
