/// Rows found by the hash of a key that is stored in the row itself: open addressing, eight bytes a slot.
struct HashIndex: Sendable {
    /// Hash in the high half, row plus one in the low; zero is free.
    private var slots = ContiguousArray<UInt64>(repeating: 0, count: 16)
    private(set) var count = 0

    /// An index without rows.
    init() {}

    /// An index that takes so many rows without growing: three of four slots are taken then.
    init(expecting count: Int) {
        slots = ContiguousArray(repeating: 0, count: max(slots.count, count + count / 3 + 1))
    }

    /// The index of these rows under their hashes.
    ///
    /// Quicker than one by one: nothing but the slots is looked at, so that waiting for memory overlaps.
    init(_ rows: ContiguousArray<(hash: UInt32, row: UInt32)>) {
        self.init(expecting: rows.count)
        count = rows.count
        slots.withUnsafeMutableBufferPointer { slots in
            for (hash, row) in rows {
                var index = Self.home(of: hash, slots.count)
                while slots[index] != 0 { index = Self.next(index, slots.count) }
                slots[index] = UInt64(hash) << 32 | UInt64(row + 1)
            }
        }
    }

    /// The row with this hash for which `matches` holds.
    @inline(__always)
    func find(_ hash: UInt32, _ matches: (UInt32) -> Bool) -> UInt32? {
        var index = Self.home(of: hash, slots.count)
        while true {
            let slot = slots[index]
            if slot == 0 { return nil }
            if UInt32(truncatingIfNeeded: slot >> 32) == hash {
                let row = UInt32(truncatingIfNeeded: slot) - 1
                if matches(row) { return row }
            }
            index = Self.next(index, slots.count)
        }
    }

    /// Adds a row that is not in the index under this hash.
    mutating func insert(_ hash: UInt32, _ row: UInt32) {
        if (count + 1) * 5 > slots.count * 4 { grow() }
        place(UInt64(hash) << 32 | UInt64(row + 1))
        count += 1
    }

    /// Removes the row under this hash, if it is there.
    mutating func remove(_ hash: UInt32, _ row: UInt32) {
        let wanted = UInt64(hash) << 32 | UInt64(row + 1)
        var index = Self.home(of: hash, slots.count)
        while slots[index] != wanted {
            if slots[index] == 0 { return }
            index = Self.next(index, slots.count)
        }
        count -= 1
        // What probed past the free slot moves back, so no tombstones are left.
        var hole = index
        while true {
            index = Self.next(index, slots.count)
            let slot = slots[index]
            if slot == 0 { break }
            let home = Self.home(of: UInt32(truncatingIfNeeded: slot >> 32), slots.count)
            if distance(from: home, to: index) >= distance(from: hole, to: index) {
                slots[hole] = slot
                hole = index
            }
        }
        slots[hole] = 0
    }

    @inline(__always)
    private mutating func place(_ slot: UInt64) {
        var index = Self.home(of: UInt32(truncatingIfNeeded: slot >> 32), slots.count)
        while slots[index] != 0 { index = Self.next(index, slots.count) }
        slots[index] = slot
    }

    /// Where a hash belongs: as far among the slots as it is among all hashes, so that any count of slots will do.
    @inline(__always)
    private static func home(of hash: UInt32, _ count: Int) -> Int {
        Int(truncatingIfNeeded: (UInt64(hash) &* UInt64(truncatingIfNeeded: count)) >> 32)
    }

    @inline(__always)
    private static func next(_ index: Int, _ count: Int) -> Int { index + 1 == count ? 0 : index + 1 }

    /// How many slots behind another one is.
    private func distance(from start: Int, to end: Int) -> Int {
        end >= start ? end - start : end - start + slots.count
    }

    private mutating func grow() {
        let old = slots
        slots = ContiguousArray(repeating: 0, count: old.count + old.count / 2)
        for slot in old where slot != 0 { place(slot) }
    }
}
