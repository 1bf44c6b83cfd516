import EventSourcing
import Foundation
import TestSupport
import Testing

@testable import LogStorage

/// The log of `Golden/v1`, in the words of today's writer.
enum GoldenLog {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/v1")

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
    @Test func `the committed log is intact and says what was written`() throws {
        try withTemporaryDirectory { directory in
            let root = URL(filePath: directory).appending(path: "golden")
            try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: GoldenLog.folder, to: root.appending(path: "log"))
            #expect(try LogVerifier.verify(directory: root.path()).findings == [])
            let log = try SegmentedLog.openReadOnly(directory: root.path())
            #expect(try contents(of: log) == GoldenLog.batches.flatMap(\.self))
            #expect(log.statistics.segments == 2)
        }
    }

    @Test func `today's writer writes the committed bytes`() async throws {
        let written = try await GoldenLog.write()
        // Only to add a new version: PATRON_WRITE_GOLDEN=1 writes what is not there yet.
        if ProcessInfo.processInfo.environment["PATRON_WRITE_GOLDEN"] != nil {
            try FileManager.default.createDirectory(at: GoldenLog.folder, withIntermediateDirectories: true)
            for (path, bytes) in written {
                let file = GoldenLog.folder.appending(path: (path as NSString).lastPathComponent)
                try Data(bytes).write(to: file, options: .withoutOverwriting)
            }
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: GoldenLog.folder.path())
        #expect(names.sorted() == written.keys.map { ($0 as NSString).lastPathComponent }.sorted())
        for (path, bytes) in written {
            let file = GoldenLog.folder.appending(path: (path as NSString).lastPathComponent)
            #expect(try [UInt8](Data(contentsOf: file)) == bytes, "\(path)")
        }
    }
}
