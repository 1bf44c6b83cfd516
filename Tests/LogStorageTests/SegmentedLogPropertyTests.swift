import EventSourcing
import LogStorage
import TestSupport
import Testing

@Suite struct SegmentedLogPropertyTests {
    @Test func `a log is an array, whatever is appended, closed and opened again`() async throws {
        try await Property.forAll(seeds: 20) { generator in
            var disk = SimulatedFileSystem()
            let options = Self.options(&generator)
            var model: [[UInt8]] = []
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let log = try SegmentedLog.open(directory: "/default", options: options, fileSystem: disk)
                try #require(log.recovery.damage == [])
                try #require(try contents(of: log) == model)
                for _ in 0..<Int.random(in: 0...12, using: &generator) {
                    let bodies = generator.bodies(count: 1...3, byteCount: 0...900)
                    let head = SequenceNumber(UInt64(model.count))
                    let last = try await appendWhenRoom(log, batch(bodies, at: 1), head)
                    model += bodies
                    if Bool.random(using: &generator) { try await log.waitUntilDurable(last) }
                }
                if let first = model.indices.randomElement(using: &generator) {
                    let head = SequenceNumber(UInt64(model.count))
                    try await log.waitUntilDurable(head)
                    try #require(try contents(of: log, from: UInt64(first + 1)) == Array(model[first...]))
                }
                if Bool.random(using: &generator) {
                    log.close()
                } else {
                    try await log.waitUntilDurable(log.head.appended)
                    disk = disk.crashImage(seed: generator.next())
                }
                let report = try LogVerifier.verify(directory: "/default", fileSystem: disk)
                try #require(report.findings.allSatisfy { !$0.isDamage })
                try #require(report.statistics.events == model.count)
            }
        }
    }

    static func options(_ generator: inout SeededGenerator) -> LogOptions {
        var options = LogOptions()
        options.segmentByteCount = Int.random(in: 9...40, using: &generator) << 10
        options.blockByteLimit = 3 << 10
        options.linkRestartInterval = Int.random(in: 0...20, using: &generator) << 10
        options.zeroAheadByteCount = 8 << 10
        options.zeroStepByteCount = 2 << 10
        options.preparesInline = Bool.random(using: &generator)
        return options
    }
}
