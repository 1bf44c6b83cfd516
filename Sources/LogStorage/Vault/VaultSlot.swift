import EventSourcing

/// What the 64 bytes of a slot say.
enum VaultSlot: Hashable {
    /// Zeroes.
    case empty
    /// A wrapped key; whether it can be unwrapped is another question.
    case live
    case destroyed(by: SequenceNumber)
    case damaged

    /// The first byte of a live slot: `K`.
    static let liveMark: UInt8 = 0x4b
    /// The first byte of a destroyed slot: `X`, which is three bits away.
    static let destroyedMark: UInt8 = 0x58

    private enum Field {
        static let sequence = 8
        static let slot = 16
        static let vaultID = 24
        static let checksum = VaultFormat.slotByteCount - 4
    }

    /// Reads the slot whose bytes stand at `offset`.
    init(_ bytes: [UInt8], at offset: Int, slot: Int, of vaultID: [UInt8]) {
        switch bytes[offset] {
        case 0 where (1..<VaultFormat.slotByteCount).allSatisfy { bytes[offset + $0] == 0 }: self = .empty
        case Self.liveMark where (1..<4).allSatisfy { bytes[offset + $0] == 0 }: self = .live
        case Self.destroyedMark:
            let sequence = SequenceNumber(bytes.number(at: offset + Field.sequence, as: UInt64.self))
            let expected = Self.destroyed(by: sequence, slot: slot, of: vaultID)
            let isWhole = bytes[offset..<offset + VaultFormat.slotByteCount] == expected[...]
            self = isWhole ? .destroyed(by: sequence) : .damaged
        default: self = .damaged
        }
    }

    /// The bytes of a slot whose key was destroyed.
    static func destroyed(by sequence: SequenceNumber, slot: Int, of vaultID: [UInt8]) -> [UInt8] {
        var bytes = [UInt8].zeroes(VaultFormat.slotByteCount)
        bytes[0] = destroyedMark
        bytes.store(sequence.value, at: Field.sequence)
        bytes.store(UInt64(slot), at: Field.slot)
        bytes.replaceSubrange(Field.vaultID..<Field.vaultID + vaultID.count, with: vaultID)
        bytes.store(bytes.crc32c(0..<Field.checksum), at: Field.checksum)
        return bytes
    }
}
