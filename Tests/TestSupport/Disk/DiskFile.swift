/// One file's bytes: as programs see them, and as a power failure would find them.
///
/// A value, so that a crash image is a copy.
struct DiskFile: Sendable {
    static let sectorByteCount = 512
    static let pageByteCount = 4096

    /// What reads give.
    private(set) var live: [UInt8] = []

    /// What is on the medium for certain.
    private(set) var durable: [UInt8] = []

    /// What was done to ``live`` since it was last made durable, in order.
    private var pending: [Change] = []

    /// Which pages of the file take room on the disk.
    private var allocatedPages: [Bool] = []

    /// A sync failed: the cache may hold bytes that will never reach the medium.
    private var cacheIsSuspect = false

    private enum Change: Sendable {
        case write(bytes: [UInt8], at: Int)
        case resize(to: Int)
    }

    /// How many bytes of the disk the file takes.
    var allocatedByteCount: Int { allocatedPageCount * Self.pageByteCount }

    private(set) var allocatedPageCount = 0

    // MARK: Changing

    mutating func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        guard !bytes.isEmpty else { return }
        allocate(offset..<(offset + bytes.count))
        live.overwrite(at: offset, with: bytes)
        pending.append(.write(bytes: [UInt8](bytes), at: offset))
    }

    /// How many of the `count` bytes at `offset` can be written when `freePages` pages are free.
    func writableByteCount(_ count: Int, at offset: Int, freePages: Int) -> Int {
        guard count > 0 else { return 0 }
        var free = freePages
        for page in (offset / Self.pageByteCount)...((offset + count - 1) / Self.pageByteCount) {
            if page < allocatedPages.count, allocatedPages[page] { continue }
            guard free > 0 else { return max(0, page * Self.pageByteCount - offset) }
            free -= 1
        }
        return count
    }

    mutating func resize(to size: Int) {
        let keptPages = (size + Self.pageByteCount - 1) / Self.pageByteCount
        if keptPages < allocatedPages.count {
            allocatedPageCount -= allocatedPages[keptPages...].count { $0 }
            allocatedPages.removeSubrange(keptPages...)
        }
        live.resize(to: size)
        pending.append(.resize(to: size))
    }

    /// Changes the bytes on the medium itself, behind everybody's back.
    mutating func tamper(_ change: (inout [UInt8]) -> Void) {
        sync()
        change(&live)
        durable = live
    }

    private mutating func allocate(_ range: Range<Int>) {
        let pages = (range.lowerBound / Self.pageByteCount)...((range.upperBound - 1) / Self.pageByteCount)
        while allocatedPages.count <= pages.upperBound { allocatedPages.append(false) }
        for page in pages where !allocatedPages[page] {
            allocatedPages[page] = true
            allocatedPageCount += 1
        }
    }

    // MARK: Making durable

    /// Everything written so far survives.
    mutating func sync() {
        for change in pending { Self.apply(change, to: &durable) }
        pending = []
    }

    /// Some of what was written reaches the medium; the cache still shows all of it and takes it for synced.
    mutating func failSync(_ generator: inout SeededGenerator) {
        settleDurable(&generator)
        cacheIsSuspect = true
    }

    /// The file is opened anew: after a failed sync, the cache may have been dropped since.
    mutating func reopen(_ generator: inout SeededGenerator) {
        guard cacheIsSuspect else { return }
        cacheIsSuspect = false
        guard generator.chance(1, in: 2) else { return }
        live = durable
        for change in pending { Self.apply(change, to: &live) }
    }

    /// The power fails: what was not synced survives, or not, sector by sector.
    mutating func crash(_ generator: inout SeededGenerator) {
        settleDurable(&generator)
        live = durable
        cacheIsSuspect = false
        // What a hole takes after a crash does not matter to anybody.
        allocatedPages = []
        allocatedPageCount = 0
        if !live.isEmpty { allocate(0..<live.count) }
    }

    private mutating func settleDurable(_ generator: inout SeededGenerator) {
        guard !pending.isEmpty else { return }
        switch generator.below(8) {
        case 0: pending = []
        case 1: sync()
        case 2, 3, 4: settleInOrder(&generator)
        default: settleBySector(&generator)
        }
    }

    /// The changes survive up to some sector, as if the disk had taken them one after another.
    private mutating func settleInOrder(_ generator: inout SeededGenerator) {
        let steps = pending.reduce(0) { $0 + Self.stepCount($1) }
        var remaining = generator.number(in: 0...steps)
        for change in pending {
            let count = Self.stepCount(change)
            guard remaining < count else {
                Self.apply(change, to: &durable)
                remaining -= count
                continue
            }
            if case .write(let bytes, let offset) = change, remaining > 0 {
                let end = (offset / Self.sectorByteCount + remaining) * Self.sectorByteCount
                bytes.withUnsafeBytes {
                    durable.overwrite(at: offset, with: UnsafeRawBufferPointer(rebasing: $0[..<(end - offset)]))
                }
            }
            break
        }
        pending = []
    }

    private static func stepCount(_ change: Change) -> Int {
        guard case .write(let bytes, let offset) = change else { return 1 }
        return (offset + bytes.count - 1) / sectorByteCount - offset / sectorByteCount + 1
    }

    /// Each sector survives as it was at a time of its own; the sizes survive in the order they were set.
    private mutating func settleBySector(_ generator: inout SeededGenerator) {
        let survival = SectorSurvival(changeCount: pending.count, &generator)
        let sizeTime = survival.sizeTime
        var size = durable.count
        // Bytes beyond a cut that did not survive belong to blocks that the surviving file does not know.
        var barrier = Int.max
        for (index, change) in pending.enumerated() {
            switch change {
            case .resize(let newSize):
                if index < sizeTime {
                    durable.resize(to: newSize)
                    size = newSize
                } else {
                    barrier = min(barrier, newSize)
                }
            case .write(let bytes, let offset):
                let end = offset + bytes.count
                if index < sizeTime { size = max(size, end) }
                bytes.withUnsafeBytes { source in
                    var start = offset
                    while start < min(end, barrier) {
                        let sector = start / Self.sectorByteCount
                        let stop = min((sector + 1) * Self.sectorByteCount, end, barrier)
                        if index < survival.time(ofSector: sector) {
                            let part = UnsafeRawBufferPointer(rebasing: source[(start - offset)..<(stop - offset)])
                            durable.overwrite(at: start, with: part)
                        }
                        start = stop
                    }
                }
            }
        }
        durable.resize(to: size)
        pending = []
    }

    private static func apply(_ change: Change, to bytes: inout [UInt8]) {
        switch change {
        case .write(let written, let offset): written.withUnsafeBytes { bytes.overwrite(at: offset, with: $0) }
        case .resize(let size): bytes.resize(to: size)
        }
    }
}

/// How many of a file's unsynced changes each sector has seen when the power fails.
private struct SectorSurvival {
    private let changeCount: Int
    private let salt: UInt64
    /// Of 16 sectors, how many are left as they were, and how many get everything; the others something between.
    private let oldShare: Int
    private let newShare: Int

    /// How many of the changes of the file's size survive.
    let sizeTime: Int

    init(changeCount: Int, _ generator: inout SeededGenerator) {
        self.changeCount = changeCount
        salt = generator.next()
        oldShare = generator.below(16)
        newShare = generator.below(17 - oldShare)
        sizeTime = generator.chance(1, in: 2) ? changeCount : generator.number(in: 0...changeCount)
    }

    func time(ofSector sector: Int) -> Int {
        let draw = SeededGenerator.mix(salt &+ UInt64(sector))
        switch Int(draw % 16) {
        case ..<oldShare: return 0
        case ..<(oldShare + newShare): return changeCount
        default: return Int((draw >> 8) % UInt64(changeCount + 1))
        }
    }
}
