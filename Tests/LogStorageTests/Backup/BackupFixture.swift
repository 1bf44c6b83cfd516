import EventSourcing
import Synchronization
import TestSupport

@testable import LogStorage

/// A log on a simulated disk whose records begin with their time, with backups beside it.
final class BackupFixture: Sendable {
    static let directory = "/data/organizations/shop"
    static let target = "/backup/shop"
    static let restored = "/new/organizations/shop"
    static let start: Int64 = 1_750_000_000_000_000

    let disk: SimulatedFileSystem
    let options: LogOptions
    private let opened: Mutex<SegmentedLog?>
    private let taken = Mutex<[[UInt8]]>([])

    init(options: LogOptions = BackupFixture.smallOptions, disk: SimulatedFileSystem = SimulatedFileSystem()) throws {
        self.disk = disk
        self.options = options
        try disk.createDirectory("/data/organizations")
        try disk.createDirectory("/backup")
        try disk.createDirectory("/new")
        for path in ["/data", "/backup", "/new", "/"] { try disk.syncDirectory(path) }
        opened = Mutex(try SegmentedLog.open(directory: Self.directory, options: options, fileSystem: disk))
    }

    /// Segments of a few blocks, and a writer that works when it is told to.
    static var smallOptions: LogOptions {
        var options = LogOptions()
        options.runsByHand = true
        options.blockByteLimit = 700
        options.segmentByteCount = SegmentHeader.byteCount + 2100
        options.linkRestartInterval = 600
        options.zeroAheadByteCount = 0
        options.zeroStepByteCount = 512
        options.now = { Timestamp(microseconds: BackupFixture.start) }
        return options
    }

    var log: SegmentedLog? { opened.withLock { $0 } }

    /// Everything appended so far.
    var bodies: [[UInt8]] { taken.withLock { $0 } }

    /// Appends one batch of records with times that never go back, each with so many phrases of text, and makes it durable
    /// unless told not to.
    func append(
        _ generator: inout SeededGenerator,
        phrases: Int = 0,
        isIdle: Bool = false,
        works: Bool = true
    ) throws {
        guard let log else { return }
        var batch = RecordBatch(recordedAt: Self.time(bodies.count + 1))
        var added: [[UInt8]] = []
        for _ in 0...generator.below(3) {
            let random = generator.bytes(generator.below(120))
            let text = (0..<phrases).map { _ in "customer \(generator.below(900)) ordered \(generator.below(9000)); " }
            let body = Self.body(at: batch.recordedAt, random + Array(text.joined().utf8))
            batch.appendRecord { $0 += body }
            added.append(body)
        }
        guard (try? log.append(batch, expectedHead: log.head.appended)) != nil else { return log.workByHand() }
        taken.withLock { $0 += added }
        if works { log.workByHand(isIdle: isIdle) }
    }

    /// Puts husks in the place of some records of a sealed segment, as compaction does.
    func redact(segment index: Int, _ isRedacted: @escaping @Sendable (SequenceNumber) -> Bool) throws {
        guard let log else { return }
        let (source, next) = log.core.withState { ($0.segments[index], $0.segments[index + 1].header) }
        var keeper = LogKeeper(core: log.core)
        let outcome = try keeper.pack(source, next: next) { sequence, body in
            isRedacted(sequence) ? Self.husk(of: body) : nil
        }
        try requireEqual(outcome, .replaced, "what came of redacting")
        taken.withLock { bodies in
            for number in source.header.firstSequence..<next.firstSequence {
                guard number <= bodies.count, isRedacted(SequenceNumber(number)) else { continue }
                let body = bodies[Int(number) - 1]
                bodies[Int(number) - 1] = unsafe Self.husk(of: body.span.bytes)
            }
        }
    }

    /// Which segments are packed.
    var isPacked: [Bool] { log?.core.withState { $0.segments.map(\.header.isPacked) } ?? [] }

    func close() {
        log?.close()
        opened.withLock { $0 = nil }
    }

    /// When the record `number` is recorded; several in a row share a time.
    static func time(_ number: Int) -> Timestamp { Timestamp(microseconds: start + Int64(number / 3) * 1000) }

    static func body(at time: Timestamp, _ rest: [UInt8]) -> [UInt8] {
        var body = [UInt8](repeating: 0, count: 8)
        body.store(time.microseconds, at: 0)
        return body + rest
    }

    /// What remains of a record: its leaf, and behind it its time.
    static func husk(of body: RawSpan) -> [UInt8] {
        var time = [UInt8](repeating: 0, count: 8)
        time.store(body.number(at: 0, as: Int64.self), at: 0)
        return huskStart + RecordLeaf.hash(body).bytes + [15 << 3 | 1] + time
    }

    private static let huskStart: [UInt8] = [0x08, 0x01, 0x72, 0x20]

    static func recordedAt(_ body: RawSpan) -> Timestamp? {
        guard body.byteCount >= 8 else { return nil }
        let isHusk = RecordLeaf.huskHash(body) != nil
        return Timestamp(microseconds: body.number(at: isHusk ? body.byteCount - 8 : 0, as: Int64.self))
    }

    // MARK: What is tested

    func backup(through fileSystem: (any FileSystem)? = nil) throws -> BackupReport {
        try Self.backup(on: fileSystem ?? disk)
    }

    static func backup(on fileSystem: any FileSystem) throws -> BackupReport {
        let backup = LogBackup(
            directory: directory,
            target: target,
            fileSystem: fileSystem,
            now: { Timestamp(microseconds: start) }
        )
        return try backup.run()
    }

    static func restore(
        _ point: RestorePoint = .end,
        number: Int? = nil,
        to directory: String = restored,
        on disk: SimulatedFileSystem
    ) throws -> RestoreReport {
        let restore = LogRestore(
            target: target,
            directory: directory,
            fileSystem: disk,
            now: { Timestamp(microseconds: start) }
        )
        return try restore.run(to: point, number: number, recordedAt: recordedAt)
    }

    static func verify(on disk: SimulatedFileSystem) throws -> BackupVerification {
        let verifier = BackupVerifier(
            target: target,
            scratch: "/scratch",
            fileSystem: disk,
            now: { Timestamp(microseconds: start) }
        )
        return try verifier.run()
    }

    /// The size of all files of a log.
    static func logByteCount(in directory: String, on disk: SimulatedFileSystem) -> Int {
        disk.contents.reduce(0) { $1.key.hasPrefix(directory + "/log/") ? $0 + $1.value.count : $0 }
    }

    /// Requires that a restored log is `expected`, and that it goes on.
    static func checkRestored(
        _ expected: [[UInt8]],
        in directory: String = restored,
        on disk: SimulatedFileSystem,
        options: LogOptions = smallOptions
    ) throws {
        let report = try LogVerifier.verify(directory: directory, fileSystem: disk)
        try require(report.findings.isEmpty, "the restored log is not clean: \(report.findings)")
        let log = try SegmentedLog.open(directory: directory, options: options, fileSystem: disk)
        try require(log.recovery.isClean, "opening the restored log finds \(log.recovery)")
        try requireEqual(try log.records().map(\.body), expected, "the restored records")
        let leaves = expected.map { unsafe RecordLeaf.hash($0.span.bytes) }
        try requireEqual(log.treeHead.root, MerkleModel.root(leaves[...]), "the root of the restored log")
        for index in 0..<30 {
            _ = try? log.append(
                batch([body(at: time(1000), [UInt8](repeating: UInt8(index), count: 200))], at: start + 1_000_000),
                expectedHead: log.head.appended
            )
            log.workByHand(isIdle: index % 7 == 0)
            if index == 20 { log.keepByHand() }
        }
        try require(log.head.durable.value > UInt64(expected.count), "the restored log takes nothing")
        log.close()
        let after = try LogVerifier.verify(directory: directory, fileSystem: disk)
        try require(after.findings.isEmpty, "the restored log does not go on cleanly: \(after.findings)")
    }
}
