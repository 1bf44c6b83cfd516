import EventSourcing
import TestSupport

@testable import LogStorage

/// One log on one simulated disk, driven by a random script and compared with a model after every accident.
///
/// The log's writer works by hand, so a seed repeats itself to the byte.
struct CrashSession {
    static let directory = "/data/shop"

    var generator: SeededGenerator
    var disk: SimulatedFileSystem
    var log: SegmentedLog?
    var model = CrashModel()
    var coverage = CrashCoverage()
    let options: LogOptions
    let planted: PlantedBug?
    /// What happened so far, for the report of a failure.
    private var history: [String] = []

    init(_ generator: SeededGenerator, planted: PlantedBug? = nil) throws {
        var generator = generator
        var options = LogOptions()
        options.runsByHand = true
        options.blockByteLimit = generator.pick([512, 1500, 4096])
        options.segmentByteCount = SegmentHeader.byteCount + options.leastRoom + generator.below(6000)
        options.stagingByteLimit = generator.pick([2000, 8000])
        options.linkRestartInterval = generator.pick([0, 1000, 8000])
        options.zeroAheadByteCount = generator.pick([0, 4096, 20_000])
        options.zeroStepByteCount = generator.pick([512, 4096])
        options.packedBlockByteCount = generator.pick([300, 2000, SegmentPacker.blockByteCount])
        options.reserveByteCount = generator.pick([0, 4096, 10_000])
        options.now = { .seconds(1_750_000_000) }
        options.makeLogID = { LogID(high: 7, low: 7) }
        // Ed25519 is slow in debug builds, so not in every life.
        if generator.chance(1, in: 8) { options.checkpointSigner = Samples.signer }
        self.options = options
        self.planted = planted
        self.generator = generator
        disk = SimulatedFileSystem(seed: self.generator.next())
        // The data directory is there before the log is.
        try disk.createDirectory("/data")
        try disk.syncDirectory("/")
        planted?.apply(to: disk)
    }

    /// Plays a script of so many steps, ends it with a crash, and looks at what is left.
    mutating func run(stepCount: Int) throws {
        do {
            try open()
            if generator.chance(1, in: 12) { try fillChunk() }
            for _ in 0..<stepCount {
                try step()
                if disk.hasCrashed { try recoverFromCrash() }
            }
            try recoverFromCrash()
            try closeAndVerify()
        } catch {
            throw Violation("\(error)\nafter: \(history.joined(separator: "; "))")
        }
    }

    private mutating func step() throws {
        switch generator.below(100) {
        case ..<36: try append()
        case ..<50: try work(isIdle: false)
        case ..<55: try work(isIdle: true)
        case ..<59: try readSome()
        case ..<63: try reopenCleanly()
        case ..<69: try seal()
        case ..<76: try pack()
        case ..<82: try planCrash()
        case ..<86: try recoverFromCrash()
        case ..<90: try fillUp()
        case ..<94: try failSomething()
        default: try rot()
        }
    }

    /// Notes what happens, with where the log and the disk stand.
    mutating func note(_ what: String) {
        history.append(
            "\(what) [taken \(model.bodies.count), durable \(model.acknowledgedCount), change \(disk.counts.changes)]"
        )
    }

    // MARK: Ordinary life

    /// Several callers append one after another, before the writer gets to work.
    private mutating func append() throws {
        note("append")
        var takenCount = 0
        for _ in 0..<generator.number(in: 1...4) where try appendOne() == nil { takenCount += 1 }
        if takenCount > 1 { coverage.note(.groupCommit) }
        if generator.chance(1, in: 2) { try work(isIdle: false) }
    }

    /// Enough small records for a node of the tree, so that opening need not read all of them.
    private mutating func fillChunk() throws {
        note("fill a chunk")
        while model.bodies.count <= MerkleTree.chunkLeafCount {
            let batch = (0..<200).map { [UInt8(truncatingIfNeeded: $0)] }
            guard let log, case .success = log.appending(batch, expectedHead: model.head) else { return }
            model.take(batch)
            try work(isIdle: false)
        }
    }

    /// Why the log did not take a batch; `nil` when it did.
    mutating func appendOne() throws -> AppendError? {
        guard let log else { return .closed }
        var batch: [[UInt8]] = []
        var room = options.blockByteLimit
        for _ in 0..<generator.number(in: 1...4) {
            let body = makeBody()
            guard body.count + 3 <= room else { break }
            room -= body.count + 3
            batch.append(body)
        }
        if batch.isEmpty { batch = [[1]] }
        switch log.appending(batch, expectedHead: model.head) {
        case .success(let last):
            model.take(batch)
            try requireEqual(last, model.head, "the sequence number of the last record appended")
            return nil
        case .failure(let error):
            switch error {
            case .overloaded: coverage.note(.refusedOverloaded)
            case .storageFull: coverage.note(.refusedFull)
            case .failed where hasFault || disk.hasCrashed: break
            default: throw Violation("an append was refused: \(error)")
            }
            return error
        }
    }

    private mutating func makeBody() -> [UInt8] {
        let count = generator.chance(1, in: 4) ? generator.below(options.blockByteLimit) : generator.below(80)
        switch generator.below(4) {
        case 0: return .zeroBytes(count)
        case 1: return generator.bytes(count)
        default: return .repeating(generator.bytes(7), count: count)
        }
    }

    /// The writer works off what waits; what it then calls durable is acknowledged.
    mutating func work(isIdle: Bool) throws {
        guard let log else { return }
        note(isIdle ? "work and mark" : "work")
        let before = log.statistics
        if let planted {
            planted.whileWorking(on: disk) { log.workByHand(isIdle: isIdle) }
        } else {
            log.workByHand(isIdle: isIdle)
        }
        let after = log.statistics
        if after.segments > before.segments { coverage.note(.rolled) }
        if isIdle, after.blocks > before.blocks { coverage.note(.marked) }
        try model.acknowledge(log.head.durable)
    }

    /// Checks all files, checkpoints and their signatures too.
    static func verify(_ disk: SimulatedFileSystem) throws -> VerificationReport {
        try LogVerifier.verify(directory: directory, checkpointKey: Samples.signer.publicKey, fileSystem: disk)
    }

    private mutating func readSome() throws {
        note("read")
        guard let log, !disk.hasCrashed else { return }
        let first = generator.number(in: 1...(model.bodies.count + 2))
        let last = first + generator.below(20)
        if generator.chance(1, in: 4) {
            disk.plan { [read = disk.counts.reads + 1] in $0.failingReads = [read] }
            defer { disk.plan { $0.failingReads = [] } }
            // Either the read fails, or what it gave is right.
            do {
                let records = try log.records(
                    from: SequenceNumber(UInt64(first)),
                    through: SequenceNumber(UInt64(last))
                )
                try model.compare(records, from: first)
            } catch is LogStorageError {
                coverage.note(.failedRead)
            }
            return
        }
        let records = try log.records(from: SequenceNumber(UInt64(first)), through: SequenceNumber(UInt64(last)))
        let expected = max(0, min(last, model.acknowledgedCount) - first + 1)
        try requireEqual(records.count, expected, "how many records from \(first) through \(last) are read")
        try model.compare(records, from: first)
    }

    private mutating func reopenCleanly() throws {
        note("reopen")
        try closeAndVerify()
        guard !disk.hasCrashed else { return }
        try open()
        try require(
            log?.recovery.isClean ?? false,
            "opening after closing found something: \(String(describing: log?.recovery))"
        )
    }

    /// Closes the log; then everything taken is durable, and nothing is wrong with the files.
    mutating func closeAndVerify() throws {
        note("close")
        guard let log else { return }
        log.close()
        try model.acknowledge(log.head.durable)
        self.log = nil
        guard !disk.hasCrashed else { return }
        coverage.note(.closed)
        try requireEqual(model.acknowledgedCount, model.bodies.count, "the records durable after closing")
        let report = try Self.verify(disk)
        try require(report.findings.isEmpty, "verify finds something in a log that was closed: \(report.findings)")
    }
}

extension SegmentedLog {
    /// Appends, with the error as a value.
    func appending(_ bodies: [[UInt8]], expectedHead: SequenceNumber) -> Result<SequenceNumber, AppendError> {
        Result { () throws(AppendError) in try append(RecordBatch(bodies), expectedHead: expectedHead) }
    }
}
