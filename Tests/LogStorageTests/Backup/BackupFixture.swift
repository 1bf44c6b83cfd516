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

    /// Appends one batch of records with times that never go back, and makes it durable unless told not to.
    func append(_ generator: inout SeededGenerator, isIdle: Bool = false, works: Bool = true) throws {
        guard let log else { return }
        var batch = RecordBatch(recordedAt: Self.time(bodies.count + 1))
        var added: [[UInt8]] = []
        for _ in 0...generator.below(3) {
            let body = Self.body(at: batch.recordedAt, generator.bytes(generator.below(120)))
            batch.appendRecord { $0 += body }
            added.append(body)
        }
        guard (try? log.append(batch, expectedHead: log.head.appended)) != nil else { return log.workByHand() }
        taken.withLock { $0 += added }
        if works { log.workByHand(isIdle: isIdle) }
    }

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

    static func recordedAt(_ body: RawSpan) -> Timestamp? {
        body.byteCount < 8 ? nil : Timestamp(microseconds: body.number(at: 0, as: Int64.self))
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
        for index in 0..<30 {
            _ = try? log.append(
                batch([body(at: time(1000), [UInt8](repeating: UInt8(index), count: 200))], at: start + 1_000_000),
                expectedHead: log.head.appended
            )
            log.workByHand(isIdle: index % 7 == 0)
        }
        try require(log.head.durable.value > UInt64(expected.count), "the restored log takes nothing")
        log.close()
        let after = try LogVerifier.verify(directory: directory, fileSystem: disk)
        try require(after.findings.isEmpty, "the restored log does not go on cleanly: \(after.findings)")
    }
}
