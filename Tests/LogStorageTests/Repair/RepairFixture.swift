import EventSourcing
import TestSupport

@testable import LogStorage

/// A closed log with parity beside its sealed segments, on a simulated disk.
struct RepairFixture {
    static let directory = BackupFixture.directory
    let disk: SimulatedFileSystem
    let options: LogOptions
    let bodies: [[UInt8]]
    /// The sealed segments, with their bytes.
    let sealed: [(name: String, bytes: [UInt8])]
    /// Their parity files, in the same order.
    let parity: [(name: String, bytes: [UInt8])]

    /// Makes so many segments, each of about `byteCount` bytes before it is packed; large ones cannot be.
    init(segments: Int = 4, byteCount: Int = 6 << 10) throws {
        var options = BackupFixture.smallOptions
        options.segmentByteCount = byteCount
        options.blockByteLimit = max(700, byteCount / 8)
        options.linkRestartInterval = byteCount / 4
        options.zeroStepByteCount = max(512, byteCount / 4)
        self.options = options
        let fixture = try BackupFixture(options: options)
        var generator = SeededGenerator(seed: 11)
        while let log = fixture.log, log.statistics.segments < segments {
            if byteCount < 64 << 10 {
                try fixture.append(&generator)
            } else {
                let body = BackupFixture.body(at: BackupFixture.time(1), generator.bytes(byteCount / 10))
                try log.append(batch([body], at: BackupFixture.start), expectedHead: log.head.appended)
                log.workByHand()
            }
        }
        fixture.log?.keepByHand()
        bodies = try fixture.log?.records().map(\.body) ?? []
        fixture.close()
        disk = fixture.disk.crashImage(seed: 1)
        let contents = disk.contents
        let names = try disk.list(Self.path("")).sorted()
        sealed = names.filter { SegmentName.firstSequence($0) != nil }.dropLast()
            .map { ($0, contents[Self.path($0)] ?? []) }
        parity = names.filter { SegmentName.segment(ofParity: $0) != nil }.map { ($0, contents[Self.path($0)] ?? []) }
        try requireEqual(parity.map(\.name), sealed.map { SegmentName.parity(of: $0.name) }, "the parity files")
    }

    static func path(_ name: String) -> String { Paths.join(directory, "log/" + name) }

    static func repair(_ disk: SimulatedFileSystem) -> LogRepair {
        LogRepair(
            directory: directory,
            fileSystem: disk,
            now: { Timestamp(microseconds: BackupFixture.start) }
        )
    }

    static func verify(_ disk: SimulatedFileSystem) throws -> VerificationReport {
        try LogVerifier.verify(directory: directory, fileSystem: disk)
    }

    /// Requires that the log is what it was before the damage.
    func checkWhole(_ disk: SimulatedFileSystem) throws {
        for (name, bytes) in sealed + parity {
            try require(disk.contents[Self.path(name)]?.isSame(as: bytes) ?? false, "\(name) is not what it was")
        }
        let report = try Self.verify(disk)
        try require(report.findings.isEmpty, "after the repair: \(report.findings)")
        let log = try SegmentedLog.openReadOnly(directory: Self.directory, fileSystem: disk)
        try requireEqual(try log.records().map(\.body), bodies, "the records after the repair")
        let leaves = bodies.map { unsafe RecordLeaf.hash($0.span.bytes) }
        try requireEqual(report.treeHead.root, MerkleModel.root(leaves[...]), "the root after the repair")
    }
}
