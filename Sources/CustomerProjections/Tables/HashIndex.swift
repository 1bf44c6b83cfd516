/// Rows found by the hash of a key that is stored in the row itself: open addressing, eight bytes a slot.
struct HashIndex: Sendable {
    /// Hash in the high half, row plus one in the low; zero is free.
    private var slots = ContiguousArray<UInt64>(repeating: 0, count: 16)
    private(set) var count = 0

    /// An index without rows.
    init() {}

    /// An index that takes so many rows without growing.
    init(expecting count: Int) {
        var slotCount = slots.count
        while count * 4 > slotCount * 3 { slotCount *= 2 }
        slots = ContiguousArray(repeating: 0, count: slotCount)
    }

    /// The index of these rows under their hashes.
    ///
    /// Quicker than one by one: nothing but the slots is looked at, so that waiting for memory overlaps.
    init(_ rows: ContiguousArray<(hash: UInt32, row: UInt32)>) {
        self.init(expecting: rows.count)
        count = rows.count
        slots.withUnsafeMutableBufferPointer { slots in
            let mask = slots.count - 1
            for (hash, row) in rows {
                var index = Int(hash) & mask
                while slots[index] != 0 { index = (index + 1) & mask }
                slots[index] = UInt64(hash) << 32 | UInt64(row + 1)
            }
        }
    }

    /// The row with this hash for which `matches` holds.
    @inline(__always)
    func find(_ hash: UInt32, _ matches: (UInt32) -> Bool) -> UInt32? {
        let mask = slots.count - 1
        var index = Int(hash) & mask
        while true {
            let slot = slots[index]
            if slot == 0 { return nil }
            if UInt32(truncatingIfNeeded: slot >> 32) == hash {
                let row = UInt32(truncatingIfNeeded: slot) - 1
                if matches(row) { return row }
            }
            index = (index + 1) & mask
        }
    }

    /// Adds a row that is not in the index under this hash.
    mutating func insert(_ hash: UInt32, _ row: UInt32) {
        if (count + 1) * 4 > slots.count * 3 { grow() }
        place(UInt64(hash) << 32 | UInt64(row + 1))
        count += 1
    }

    /// Removes the row under this hash, if it is there.
    mutating func remove(_ hash: UInt32, _ row: UInt32) {
        let mask = slots.count - 1
        let wanted = UInt64(hash) << 32 | UInt64(row + 1)
        var index = Int(hash) & mask
        while slots[index] != wanted {
            if slots[index] == 0 { return }
            index = (index + 1) & mask
        }
        count -= 1
        // What probed past the free slot moves back, so no tombstones are left.
        var hole = index
        while true {
            index = (index + 1) & mask
            let slot = slots[index]
            if slot == 0 { break }
            let home = Int(truncatingIfNeeded: slot >> 32) & mask
            if (index - home) & mask >= (index - hole) & mask {
                slots[hole] = slot
                hole = index
            }
        }
        slots[hole] = 0
    }

    @inline(__always)
    private mutating func place(_ slot: UInt64) {
        let mask = slots.count - 1
        var index = Int(truncatingIfNeeded: slot >> 32) & mask
        while slots[index] != 0 { index = (index + 1) & mask }
        slots[index] = slot
    }

    private mutating func grow() {
        let old = slots
        slots = ContiguousArray(repeating: 0, count: old.count * 2)
        for slot in old where slot != 0 { place(slot) }
    }
}
