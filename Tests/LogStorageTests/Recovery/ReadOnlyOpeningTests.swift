import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

/// Opening to read only, with or without reading everything.
@Suite struct ReadOnlyOpeningTests {
    private let disk = SimulatedFileSystem()
    private let segments: [String]

    init() throws {
        var options = GoldenLog.options
        options.runsByHand = true
        options.segmentByteCount = 12 << 10
        var generator = SeededGenerator(seed: 1)
        let log = try SegmentedLog.open(directory: "/shop", options: options, fileSystem: disk)
        for _ in 0..<60 {
            let bodies = generator.bodies(count: 1...50, byteCount: 0...30)
            _ = try log.appending(bodies, expectedHead: log.head.appended).get()
            log.workByHand(isIdle: true)
        }
        log.close()
        segments = disk.contents.keys.filter { $0.hasSuffix(".seg") }.sorted()
    }

    private func open(readsAll: Bool) throws -> SegmentedLog {
        try SegmentedLog.openReadOnly(directory: "/shop", readsAll: readsAll, fileSystem: disk)
    }

    @Test func `without reading everything the log is the same`() throws {
        #expect(segments.count >= 3)
        let (all, quick) = (try open(readsAll: true), try open(readsAll: false))
        #expect(quick.recovery.isClean)
        #expect(quick.treeHead == all.treeHead)
        #expect(quick.statistics == all.statistics)
        #expect(try quick.records().map(\.body) == all.records().map(\.body))
    }

    @Test func `where a footer is wrong, everything is read and named`() throws {
        disk.tamper(segments[1]) { $0[$0.count - 40] ^= 1 }
        let (all, quick) = (try open(readsAll: true), try open(readsAll: false))
        #expect(quick.recovery.damage.map(\.kind) == [.footer])
        #expect(quick.recovery.damage == all.recovery.damage)
        #expect(quick.treeHead == all.treeHead)
    }

    @Test func `damage that was not looked for is met in reading`() throws {
        disk.tamper(segments[1]) { $0[SegmentHeader.byteCount + BlockHeader.byteCount + 1] ^= 1 }
        #expect(try open(readsAll: true).recovery.damage.map(\.kind) == [.rotten])
        let quick = try open(readsAll: false)
        #expect(quick.recovery.isClean)
        #expect(throws: LogStorageError.self) { try quick.records() }
    }
}
