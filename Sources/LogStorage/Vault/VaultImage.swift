import EventSourcing

/// A vault in memory: 64 bytes a slot, as in the file until it is first used, unwrapped from then on.
struct VaultImage: Sendable {
    /// How a slot in memory begins, when not as in the file.
    private enum Mark {
        static let unwrapped: UInt8 = 0x4f
        static let damaged: UInt8 = 0xff
    }

    /// What looking at a slot gives, without work.
    enum Look {
        case unwrapped(DataKey)
        /// The slot's bytes.
        case wrapped([UInt8])
        case destroyed(by: SequenceNumber)
        case missing
        case damaged
    }

    /// Slots of one array, so that growing never copies all.
    static let chunkSlotCount = 4096
    private static let keyOffset = 16
    private static let sequenceOffset = 8

    let cipher: VaultCipher
    private var chunks: [[UInt8]] = []
    private(set) var statistics = VaultStatistics()

    init(_ cipher: VaultCipher) { self.cipher = cipher }

    var slotCount: Int { statistics.slots }

    func look(at slot: Int) -> Look {
        guard slot >= 0, slot < slotCount else { return .missing }
        let (chunk, offset) = Self.place(of: slot)
        switch chunks[chunk][offset] {
        case 0: return .missing
        case Mark.unwrapped:
            return .unwrapped(DataKey(chunks[chunk], at: offset + Self.keyOffset))
        case VaultSlot.liveMark: return .wrapped(Array(chunks[chunk][offset..<offset + VaultFormat.slotByteCount]))
        case VaultSlot.destroyedMark:
            return .destroyed(
                by: SequenceNumber(chunks[chunk].number(at: offset + Self.sequenceOffset, as: UInt64.self))
            )
        default: return .damaged
        }
    }

    /// The destroyed slots before `end`, and what destroyed them.
    func destroyed(before end: Int) -> [(slot: Int, by: SequenceNumber)] {
        guard statistics.destroyed > 0 else { return [] }
        return (0..<min(end, slotCount))
            .compactMap { slot in
                let (chunk, offset) = Self.place(of: slot)
                guard chunks[chunk][offset] == VaultSlot.destroyedMark, case .destroyed(let sequence) = look(at: slot)
                else {
                    return nil
                }
                return (slot, sequence)
            }
    }

    /// Keeps an unwrapped key, and returns whether the slot still is what the key came from.
    mutating func keep(_ key: [UInt8], at slot: Int, from wrapped: [UInt8]) -> Bool {
        guard slot < slotCount else { return false }
        let (chunk, offset) = Self.place(of: slot)
        // Another thread may have been faster.
        if chunks[chunk][offset] == Mark.unwrapped {
            return chunks[chunk][offset + Self.keyOffset..<offset + Self.keyOffset + key.count] == key[...]
        }
        guard chunks[chunk][offset..<offset + VaultFormat.slotByteCount] == wrapped[...] else { return false }
        for index in key.indices { chunks[chunk][offset + Self.keyOffset + index] = key[index] }
        chunks[chunk][offset] = Mark.unwrapped
        return true
    }

    /// Takes slots over as they are in the file.
    mutating func store(_ bytes: [UInt8], from first: Int) {
        let count = bytes.count / VaultFormat.slotByteCount
        reach(first + count)
        for index in 0..<count {
            let source = index * VaultFormat.slotByteCount
            let slot = first + index
            let content = VaultSlot(bytes, at: source, slot: slot, of: cipher.vaultID)
            let (chunk, offset) = Self.place(of: slot)
            tally(chunks[chunk][offset], -1)
            for word in stride(from: 0, to: VaultFormat.slotByteCount, by: 8) {
                chunks[chunk].store(bytes.number(at: source + word, as: UInt64.self), at: offset + word)
            }
            if content == .damaged { chunks[chunk][offset] = Mark.damaged }
            tally(chunks[chunk][offset], 1)
        }
    }

    /// Leaves out the empty slots at the end.
    mutating func trim() {
        while slotCount > 0, case .missing = look(at: slotCount - 1) {
            statistics.slots -= 1
            statistics.missing -= 1
        }
    }

    private mutating func reach(_ count: Int) {
        while chunks.count * Self.chunkSlotCount < count {
            chunks.append(.zeroes(Self.chunkSlotCount * VaultFormat.slotByteCount))
        }
        guard count > slotCount else { return }
        statistics.missing += count - slotCount
        statistics.slots = count
    }

    private mutating func tally(_ mark: UInt8, _ change: Int) {
        switch mark {
        case 0: statistics.missing += change
        case VaultSlot.liveMark, Mark.unwrapped: statistics.live += change
        case VaultSlot.destroyedMark: statistics.destroyed += change
        default: statistics.damaged += change
        }
    }

    private static func place(of slot: Int) -> (chunk: Int, offset: Int) {
        (slot / chunkSlotCount, slot % chunkSlotCount * VaultFormat.slotByteCount)
    }
}
