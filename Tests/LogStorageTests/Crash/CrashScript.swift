import EventSourcing
import Synchronization
import TestSupport

@testable import LogStorage

/// A life of a log with everything that it ever does to a disk, during which the power fails at each change.
///
/// Unlike ``CrashSession`` nothing goes wrong for the log that plays the script; what the power would have left is looked at
/// beside it. So every change of the script is a crash point.
struct CrashScript {
    private var generator: SeededGenerator
    private let points: CrashPoints
    private let disk: ObservedDisk
    private let options: LogOptions
    private var log: SegmentedLog
    private var restoreCount = 0

    /// - Parameters:
    ///   - generator: What decides the script.
    ///   - lie: Lets the disk lie, from when the script begins.
    /// - Throws: What opening the log throws.
    init(_ generator: SeededGenerator, lie: (inout FaultPlan) -> Void = { _ in }) throws {
        self.generator = generator
        var options = LogOptions()
        options.runsByHand = true
        options.blockByteLimit = self.generator.pick([1000, 2000])
        options.segmentByteCount = SegmentHeader.byteCount + options.leastRoom + self.generator.below(3000)
        options.linkRestartInterval = self.generator.pick([600, 4000])
        options.zeroAheadByteCount = self.generator.pick([0, 4096])
        options.zeroStepByteCount = self.generator.pick([512, 4096])
        options.packedBlockByteCount = self.generator.pick([200, 600, SegmentPacker.blockByteCount])
        options.now = { Timestamp(microseconds: BackupFixture.start) }
        options.makeLogID = { LogID(high: 7, low: 7) }
        // Ed25519 is slow in debug builds, so not in every life.
        if self.generator.chance(1, in: 8) { options.checkpointSigner = Samples.signer }
        self.options = options
        let base = SimulatedFileSystem(seed: self.generator.next())
        for path in ["/data/organizations", "/backup", "/new"] { try base.createDirectory(path) }
        for path in ["/data", "/backup", "/new", "/"] { try base.syncDirectory(path) }
        base.plan(lie)
        let points = CrashPoints(disk: base, options: options, seed: self.generator.next())
        self.points = points
        disk = ObservedDisk(base) { points.look() }
        log = try SegmentedLog.open(directory: BackupFixture.directory, options: options, fileSystem: disk)
        points.begin(log)
    }

    /// Plays the script to its end; returns how many crash points were looked at.
    mutating func run() throws -> Int {
        for _ in 0..<3 {
            for _ in 0..<generator.number(in: 2...5) { try append() }
            log.workByHand(isIdle: generator.chance(1, in: 2))
            log.sealByHand()
            try append()
            log.keepByHand()
            try backUp()
            try snapshot()
            try compact()
            if generator.chance(1, in: 2) { try reopen() }
        }
        try backUp()
        try restore()
        log.close()
        return try points.finish()
    }

    private mutating func append() throws {
        for _ in 0..<generator.number(in: 1...3) {
            var batch = RecordBatch(recordedAt: BackupFixture.time(points.takenCount + 1))
            for _ in 0...generator.below(4) {
                let rest = [UInt8].repeating(generator.bytes(9), count: generator.below(120))
                let body = BackupFixture.body(at: batch.recordedAt, rest)
                batch.appendRecord { $0 += body }
            }
            // The next segment's room may not be there yet: the writer makes it.
            if try !points.append(batch, to: log) { log.workByHand() }
        }
        log.workByHand()
    }

    /// Packs again, and turns a third of the records into husks.
    private mutating func compact() throws {
        let divisor = UInt64(generator.pick([3, 16]))
        let remainder = UInt64(generator.below(Int(divisor)))
        let report = log.compactByHand { sequence, body in
            sequence.value % divisor == remainder && RecordLeaf.huskHash(body) == nil ? CrashPoints.husk(of: body) : nil
        }
        try require(report.stop == nil && report.failures.isEmpty, "the compaction ended early: \(report)")
    }

    /// Writes a snapshot as the organization would; its content stands for the state.
    private func snapshot() throws {
        guard let store = log.snapshots else { throw Violation("the log has no snapshots") }
        let head = log.head.durable
        try CrashPoints.writeSnapshot(at: head, leaf: log.leafHash(of: head), in: store)
        points.note(snapshot: head)
        try store.prune()
    }

    private mutating func backUp() throws {
        let report = try BackupFixture.backup(on: disk)
        points.note(backup: report.manifest.number, head: report.manifest.head)
    }

    private mutating func restore() throws {
        restoreCount += 1
        let head = SequenceNumber(UInt64(generator.number(in: 1...points.takenCount)))
        let directory = "/new/\(restoreCount)/shop"
        points.note(restoring: directory, head: head)
        _ = try LogRestore(
            target: BackupFixture.target,
            directory: directory,
            fileSystem: disk,
            now: options.now
        )
        .run(to: .sequence(head), number: nil, recordedAt: BackupFixture.recordedAt)
    }

    private mutating func reopen() throws {
        log.close()
        log = try SegmentedLog.open(directory: BackupFixture.directory, options: options, fileSystem: disk)
        points.begin(log)
    }
}
