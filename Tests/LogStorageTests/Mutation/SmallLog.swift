import EventSourcing
import TestSupport

@testable import LogStorage

/// A log of three segments, one packed, one sealed and one active, on a disk of its own, with everything durable and room ahead.
struct SmallLog {
    static let directory = "/data/shop"

    private(set) var disk: SimulatedFileSystem
    let bodies: [[UInt8]]
    let options: LogOptions
    let files: [String: [UInt8]]

    /// Every byte of every segment.
    let places: [Place]

    struct Place: Sendable, CustomStringConvertible {
        let path: String
        let offset: Int
        let region: Region

        var description: String { "byte \(offset) of \(path) (\(region))" }
    }

    enum Region: String, CaseIterable, Sendable {
        case header, blocks, footer, room

        /// What verification may call a change here.
        var kinds: Set<LogFinding.Kind> {
            switch self {
            case .header, .blocks: [.rotten]
            case .footer: [.footer]
            case .room: [.stray]
            }
        }
    }

    init() throws {
        var options = LogOptions()
        options.runsByHand = true
        options.blockByteLimit = 700
        options.segmentByteCount = SegmentHeader.byteCount + 2100
        options.linkRestartInterval = 600
        options.zeroAheadByteCount = 0
        options.zeroStepByteCount = 512
        options.now = { .seconds(1_750_000_000) }
        options.makeLogID = { LogID(high: 1, low: 2) }
        self.options = options

        let disk = SimulatedFileSystem()
        try disk.createDirectory("/data")
        let log = try SegmentedLog.open(directory: Self.directory, options: options, fileSystem: disk)
        var generator = SeededGenerator(seed: 4)
        var bodies: [[UInt8]] = []
        while log.statistics.segments < 3 || log.statistics.blocks % 5 != 0 {
            let batch = (0...generator.below(3)).map { generator.bytes(generator.below(90) * ($0 % 2) + 20) }
            try log.append(RecordBatch(batch), expectedHead: log.head.appended)
            bodies += batch
            log.workByHand(isIdle: bodies.count % 4 == 0)
            if log.statistics.segments == 2 { log.keepByHand() }
        }
        log.workByHand(isIdle: true)
        // As a kill leaves it: all is durable, nothing was trimmed.
        self.disk = disk.crashImage(seed: 1)
        self.bodies = bodies
        files = self.disk.contents.filter { $0.key.hasSuffix(".seg") }

        var inspector = LogInspector(
            fileSystem: self.disk,
            directory: Paths.join(Self.directory, "log"),
            organization: "shop"
        )
        let inspection = try inspector.inspect(.read)
        var places: [Place] = []
        for segment in inspection.segments {
            let usedEnd = CrashSession.usedEnd(files[segment.path] ?? [])
            for offset in 0..<segment.byteCount {
                let region: Region =
                    switch offset {
                    case ..<SegmentHeader.byteCount: .header
                    case ..<segment.blocksEnd: .blocks
                    case ..<usedEnd: .footer
                    default: .room
                    }
                places.append(Place(path: segment.path, offset: offset, region: region))
            }
        }
        self.places = places
    }

    /// The same log on another disk.
    func copy() -> SmallLog {
        var copy = self
        copy.disk = disk.crashImage(seed: 1)
        return copy
    }

    /// Changes one byte, requires that everybody notices and nobody answers wrongly, and changes it back.
    func checkFlip(at place: Place, mask: UInt8) throws {
        disk.tamper(place.path) { $0[place.offset] ^= mask }
        defer { disk.tamper(place.path) { $0[place.offset] ^= mask } }
        let what = "\(place) changed by \(mask)"

        let report = try LogVerifier.verify(directory: Self.directory, fileSystem: disk)
        try require(!report.findings.isEmpty, "verify does not notice \(what)")
        let name = Paths.lastComponent(place.path)
        try require(
            report.findings.contains {
                $0.segment == name && place.region.kinds.contains($0.kind) && !$0.meaning.isEmpty
            },
            "verify does not name \(what), but finds \(report.findings)"
        )

        // What opening does not read is found in the background; on a disk of its own, for such a log goes on writing.
        let own = disk.crashImage(seed: 1)
        var options = options
        options.packsSealedSegments = false
        let log = try SegmentedLog.open(directory: Self.directory, options: options, fileSystem: own)
        if log.recovery.damage.isEmpty, place.region == .blocks, log.verification.progress.totalByteCount > 0 {
            return try checkVerification(of: log, name, what)
        }
        try require(!log.recovery.damage.isEmpty, "opening does not notice \(what)")
        try require(log.recovery.tornTail == nil, "opening calls a torn tail \(what)")
        guard case .failure(.readOnly) = log.appending([[1]], expectedHead: log.head.appended) else {
            throw Violation("the log takes records after \(what)")
        }
        let records = try log.records()
        try require(
            records.map(\.body) == Array(bodies.prefix(records.count)),
            "a wrong record after \(what)"
        )
        try require(own.contents[place.path]?.count == files[place.path]?.count, "opening cut \(what)")
    }

    /// Requires that a log that opened without noticing finds the damage afterwards, and gives no wrong record.
    private func checkVerification(of log: SegmentedLog, _ name: String, _ what: String) throws {
        log.keepByHand()
        try require(
            log.verification.findings.contains { $0.segment == name && $0.kind == .rotten },
            "the check does not name \(what), but finds \(log.verification.findings)"
        )
        var count = 0
        do {
            try log.read(from: SequenceNumber(1), through: nil) { _, body in
                try require(body.withUnsafeBytes { Array($0) } == bodies[count], "a wrong record after \(what)")
                count += 1
                return true
            }
            throw Violation("a damaged log is read as a whole after \(what)")
        } catch let error as LogStorageError {
            try require(error.code == .damaged, "reading fails otherwise after \(what): \(error)")
        }
    }
}
