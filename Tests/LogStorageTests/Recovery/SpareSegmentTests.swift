import EventSourcing
import LogStorage
import TestSupport
import Testing

/// The next segment's file is made under one name, again and again while the disk is full: a power failure during its renaming
/// must never bring an earlier one back as the segment.
struct SpareSegmentTests {
    @Test func anEarlierSpareNeverBecomesTheSegment() throws {
        for crash in 1... {
            let disk = SimulatedFileSystem(seed: UInt64(crash))
            let log = try makeLogWithRemadeSpare(on: disk)
            let head = log.head.durable
            let change = disk.counts.changes + crash
            disk.plan { $0.crashAtChange = change }
            rollOver(log)
            guard disk.hasCrashed else { return #expect(crash > 5, "the roll is several changes long") }
            let durable = log.head.durable
            for seed in 0..<60 {
                let image = disk.crashImage(seed: UInt64(seed))
                let reopened = try SegmentedLog.open(directory: "/shop", options: options, fileSystem: image)
                #expect(reopened.recovery.damage.isEmpty, "crash at change \(crash), image \(seed)")
                #expect(reopened.head.durable >= max(head, durable), "crash at change \(crash), image \(seed)")
            }
        }
    }

    /// A log whose room was made on a disk that was full at several tries.
    private func makeLogWithRemadeSpare(on disk: SimulatedFileSystem) throws -> SegmentedLog {
        try disk.createDirectory("/shop")
        // Room for the first segment, and for half of the next.
        disk.plan { $0.capacity = 3 * 4096 }
        let log = try SegmentedLog.open(directory: "/shop", options: options, fileSystem: disk)
        rollOver(log)
        disk.plan { $0.capacity = nil }
        log.workByHand()
        return log
    }

    /// Appends until there is no room, or the segment after the next is reached.
    private func rollOver(_ log: SegmentedLog) {
        for _ in 0..<30 {
            guard (try? appendOne(to: log)) != nil else { return }
        }
    }

    private func appendOne(to log: SegmentedLog) throws {
        let body = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 37 ^ $0 >> 3) }
        try log.append(batch([body], at: 5), expectedHead: log.head.appended)
        log.workByHand()
    }

    private var options: LogOptions {
        var options = LogOptions()
        options.blockByteLimit = 1024
        options.segmentByteCount = 4096 + 4096
        options.zeroAheadByteCount = 512
        options.zeroStepByteCount = 512
        options.runsByHand = true
        return options
    }
}
