import EventSourcing
import TestSupport

@testable import LogStorage

extension CrashSession {
    /// The active segment ends before it is full.
    mutating func seal() throws {
        note("seal")
        guard let log, !disk.hasCrashed else { return }
        let segmentCount = log.statistics.segments
        let hasRecords = log.core.withState { $0.head.appended.value >= $0.segments.last?.header.firstSequence ?? 1 }
        if let planted {
            planted.whileWorking(on: disk) { log.sealByHand() }
        } else {
            log.sealByHand()
        }
        try model.acknowledge(log.head.durable)
        guard hasRecords, !disk.hasCrashed, log.core.withState({ $0.phase == .open }) else { return }
        try require(log.statistics.segments > segmentCount, "the active segment was not sealed")
        coverage.note(.sealed)
    }

    /// Sealed segments are packed, perhaps through an accident: whatever happens, the log goes on and nothing is lost.
    mutating func pack() throws {
        if generator.chance(1, in: 2) { try seal() }
        note("pack")
        guard let log, !disk.hasCrashed else { return }
        let before = log.head
        planAccidentOfPacking()
        let compacts = generator.chance(1, in: 2)
        var report = CompactionReport(isDryRun: true)
        if let planted {
            planted.whilePacking(on: disk) { log.keepByHand() }
        } else if compacts {
            report = log.compactByHand(dryRun: generator.chance(1, in: 8)) { _, body in
                CrashModel.husk(of: body.withUnsafeBytes { Array($0) })
            }
        } else {
            log.keepByHand()
        }
        disk.plan {
            $0.failingReads = []
            $0.failingWrites = []
            $0.failingSyncs = []
            $0.capacity = nil
        }
        guard !disk.hasCrashed else { return coverage.note(.crashedWhilePacking) }
        let sealed = log.core.withState { $0.segments.dropLast().map(\.header.isPacked) }
        if sealed.contains(true) { coverage.note(.packed) }
        if sealed.contains(false) { coverage.note(.unpacked) }
        if report.redactedCount > 0, !report.isDryRun { coverage.note(.compacted) }
        try requireEqual(log.head, before, "the head after packing")
        try model.compare(try log.records(), from: 1)
        if case .failure(let error) = log.appending([], expectedHead: model.head) {
            throw Violation("packing made the log refuse: \(error)")
        }
    }

    private mutating func planAccidentOfPacking() {
        let counts = disk.counts
        let place = generator.number(in: 1...8)
        switch generator.below(10) {
        case 0, 1, 2: disk.plan { $0.crashAtChange = counts.changes + place }
        case 3: disk.plan { $0.failingWrites = [counts.writes + place] }
        case 4: disk.plan { $0.failingSyncs = [counts.syncs + 1] }
        case 5: disk.plan { $0.failingReads = [counts.reads + place] }
        case 6:
            let capacity = disk.usedByteCount + place * 4096
            disk.plan { $0.capacity = capacity }
        default: break
        }
    }
}
