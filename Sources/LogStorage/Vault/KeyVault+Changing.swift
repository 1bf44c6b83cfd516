public import EventSourcing
import Synchronization

extension KeyVault {
    /// Makes sure that there are keys in at least the first `count` slots; does nothing when there are.
    ///
    /// The new keys are durable before they are visible. Whole sectors are written, so there may be a few more. Costs one
    /// write and one sync for each 16,384 keys. After an error the keys that are not visible can be minted again.
    public func mint(through count: Int) throws(LogStorageError) {
        guard slotCount < count else { return }
        try change { (writer) throws(LogStorageError) in
            guard count <= VaultFormat.slotLimit else {
                throw LogStorageError(
                    .invalidArgument,
                    "A vault has at most \(VaultFormat.slotLimit) slots",
                    path: path
                )
            }
            // What is missing in a vault older than its log stays so: those people have other keys.
            var next = max(slotCount, writer.firstUnused)
            let end =
                (count + VaultFormat.sectorSlotCount - 1) / VaultFormat.sectorSlotCount
                * VaultFormat.sectorSlotCount
            while next < end {
                // Ends with a sector, so that no sector with keys in use is written again.
                let pieceEnd = (next / VaultFormat.pieceSlotCount + 1) * VaultFormat.pieceSlotCount
                let slots = try writer.mint(min(end, pieceEnd) - next, from: next)
                try writer.write(slots, from: next)
                try writer.sync()
                image.withLock { $0.store(slots, from: next) }
                next = min(end, pieceEnd)
            }
        }
    }

    /// Makes all slots from `first` on whole, at opening: none of them is in use.
    ///
    /// What a torn write left, what cannot be unwrapped, and what was destroyed in a history that a restore cut off gets a
    /// fresh key. The others, and all that are destroyed, are written again: a process that was killed, or whose sync failed,
    /// may have left them in the system's memory alone.
    ///
    /// - Parameter first: One more than the last slot that the log speaks of.
    /// - Throws: `inputOutput`; the same can be tried again.
    public func prepare(firstUnused first: Int) throws(LogStorageError) {
        try change { (writer) throws(LogStorageError) in
            writer.firstUnused = max(0, first)
            var next = writer.firstUnused
            let destroyed = image.withLock { $0.destroyed(before: next) }
            for (slot, sequence) in destroyed {
                let mark = VaultSlot.destroyed(by: sequence, slot: slot, of: writer.header.vaultID)
                try writer.write(mark, from: slot)
            }
            if !destroyed.isEmpty { try writer.sync() }
            let source = VaultSource(path: path, file: writer.file)
            while next < slotCount {
                let count = min(slotCount - next, VaultFormat.pieceSlotCount)
                var slots = try source.read(count, from: next)
                for index in 0..<count where !isWhole(slots, index, from: next, writer) {
                    let start = index * VaultFormat.slotByteCount
                    slots.replaceSubrange(
                        start..<start + VaultFormat.slotByteCount,
                        with: try writer.mint(1, from: next + index)
                    )
                }
                try writer.write(slots, from: next)
                try writer.sync()
                image.withLock { $0.store(slots, from: next) }
                next += count
            }
        }
    }

    private func isWhole(_ slots: [UInt8], _ index: Int, from first: Int, _ writer: VaultWriter) -> Bool {
        let offset = index * VaultFormat.slotByteCount
        let slot = first + index
        return VaultSlot(slots, at: offset, slot: slot, of: writer.header.vaultID) == .live
            && writer.cipher.unwrap(slots, at: offset, slot: slot) != nil
    }

    /// Destroys keys: once this returned, nothing brings them back, in this process or after a power failure.
    ///
    /// Slots without a key, damaged ones and those beyond the end are marked as well; one that was destroyed before keeps the
    /// event that it names, and is written again all the same. Costs a write for each slot and one sync. After an error none
    /// counts as destroyed, whatever is on the disk: try again.
    ///
    /// - Parameters:
    ///   - slots: Their numbers, in any order.
    ///   - sequence: The event that says so.
    /// - Throws: `inputOutput`, `closed`; `invalidArgument` for a number that no vault has.
    public func destroy(_ slots: [Int], by sequence: SequenceNumber) throws(LogStorageError) {
        guard !slots.isEmpty else { return }
        try change { (writer) throws(LogStorageError) in
            guard slots.allSatisfy({ (0..<VaultFormat.slotLimit).contains($0) }) else {
                throw LogStorageError(
                    .invalidArgument,
                    "A vault has slots 0 to \(VaultFormat.slotLimit - 1)",
                    path: path
                )
            }
            let marks = Set(slots).sorted()
                .map { slot in
                    var cause = sequence
                    if case .destroyed(let earlier) = image.withLock({ $0.look(at: slot) }) { cause = earlier }
                    return (slot, VaultSlot.destroyed(by: cause, slot: slot, of: writer.header.vaultID))
                }
            for (slot, bytes) in marks { try writer.write(bytes, from: slot) }
            try writer.sync()
            image.withLock { image in
                for (slot, bytes) in marks { image.store(bytes, from: slot) }
            }
        }
    }

    /// Does what waits for the disk, one at a time.
    func change(_ work: (inout VaultWriter) throws(LogStorageError) -> Void) throws(LogStorageError) {
        try writer.withLock { (writer) throws(LogStorageError) in
            guard var current = writer else {
                throw LogStorageError(.closed, "The vault is not open for changes", path: path)
            }
            defer { writer = current }
            try work(&current)
        }
    }
}
