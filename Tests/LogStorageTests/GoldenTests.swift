import EventSourcing
import Foundation
import TestSupport
import Testing

@testable import LogStorage

/// The log of `Golden`, in the words of today's writer.
enum GoldenLog {
    /// The files of a version; 1 ends with ``firstBatchCount``, and its footer has no nodes of the Merkle tree.
    static func folder(_ version: Int) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/v\(version)")
    }

    /// What today's writer writes.
    static let version = 2
    static let firstBatchCount = 8

    static var options: LogOptions {
        var options = LogOptions()
        options.segmentByteCount = 8 << 10
        options.blockByteLimit = 2 << 10
        options.linkRestartInterval = 1 << 10
        options.zeroAheadByteCount = 0
        options.zeroStepByteCount = 4 << 10
        options.idleMarkDelay = .seconds(3600)
        options.preparesInline = true
        options.packsSealedSegments = false
        options.now = { Timestamp(microseconds: 1_700_000_000_000_000) }
        options.makeLogID = { LogID(high: 0x0011_2233_4455_6677, low: 0x8899_aabb_ccdd_eeff) }
        return options
    }

    static let batches: [[[UInt8]]] = {
        var generator = SeededGenerator(seed: 1)
        let text = Array("customer 17 placed order 1001".utf8)
        return [
            [Array("hello".utf8)],
            [text, text + [0x32], []],
            [generator.randomBytes(40) + [UInt8](repeating: 0, count: 1600) + generator.randomBytes(40)],
            [generator.randomBytes(1500)],
            [text, text],
            [generator.randomBytes(1200)],
            [generator.randomBytes(1000), text],
            [text],
            // A chunk of the Merkle tree ends among these.
            (0..<900).map { [UInt8($0 % 7)] },
            (0..<900).map { [UInt8($0 % 11)] },
            [generator.randomBytes(1500)], [generator.randomBytes(1500)], [generator.randomBytes(1500)],
            [generator.randomBytes(1500)], [generator.randomBytes(1500)], [text],
        ]
    }()

    /// Writes the log on a disk in memory and gives its files.
    @discardableResult
    static func write(on disk: SimulatedFileSystem = SimulatedFileSystem()) async throws -> [String: [UInt8]] {
        let log = try SegmentedLog.open(directory: "/golden", options: options, fileSystem: disk)
        var head = SequenceNumber.none
        for (index, bodies) in batches.enumerated() {
            head = try await appendWhenRoom(log, batch(bodies, at: 1_700_000_000_000_000 + Int64(index)), head)
            try await log.waitUntilDurable(head)
        }
        log.close()
        return disk.contents.filter { $0.key.hasSuffix(".seg") }
    }
}

@Suite struct LogGoldenTests {
    @Test(arguments: [(1, GoldenLog.firstBatchCount, 2), (2, GoldenLog.batches.count, 4)])
    func `the committed log is intact and says what was written`(
        _ version: Int,
        _ batchCount: Int,
        _ segmentCount: Int
    ) throws {
        try withTemporaryDirectory { directory in
            let root = URL(filePath: directory).appending(path: "golden")
            try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: GoldenLog.folder(version), to: root.appending(path: "log"))
            #expect(try LogVerifier.verify(directory: root.path()).findings == [])
            let log = try SegmentedLog.openReadOnly(directory: root.path())
            let bodies = GoldenLog.batches[..<batchCount].flatMap(\.self)
            #expect(try contents(of: log) == bodies)
            #expect(log.treeHead.root == MerkleModel.root(bodies.map { .leaf($0.span.bytes) }[...]))
            #expect(log.statistics.segments == segmentCount)
        }
    }

    @Test func `today's writer writes the committed bytes`() async throws {
        let written = try await GoldenLog.write()
        let folder = GoldenLog.folder(GoldenLog.version)
        // Only to add a new version: PATRON_WRITE_GOLDEN=1 writes what is not there yet.
        if ProcessInfo.processInfo.environment["PATRON_WRITE_GOLDEN"] != nil {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for (path, bytes) in written {
                let file = folder.appending(path: (path as NSString).lastPathComponent)
                try Data(bytes).write(to: file, options: .withoutOverwriting)
            }
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
        #expect(names.sorted() == written.keys.map { ($0 as NSString).lastPathComponent }.sorted())
        for (path, bytes) in written {
            let file = folder.appending(path: (path as NSString).lastPathComponent)
            #expect(try [UInt8](Data(contentsOf: file)) == bytes, "\(path)")
        }
    }
}
