import EventSourcing
import LogStorage
import TestSupport
import Testing

/// The log as it runs: its own threads, callers that wait, a power failure at any moment.
///
/// Threads do not repeat themselves from a seed; the suite that does works by hand.
@Suite(.timeLimit(.minutes(5)))
struct SegmentedLogThreadsCrashTests {
    private static let directory = "/data/shop"
    private typealias Told = (sequence: SequenceNumber, body: [UInt8])

    @Test func `what callers were told is durable survives`() async throws {
        try await Property.forAll(seeds: 200) { generator in try await Self.runUntilCrash(&generator) }
    }

    /// A suite that does not find a bug put in on purpose proves nothing.
    @Test func `a disk that lies is found`() async throws {
        await #expect(throws: PropertyFailure.self) {
            try await Property.forAll(seeds: 200) { generator in
                try await Self.runUntilCrash(&generator, syncsLie: true)
            }
        }
    }

    private static func runUntilCrash(_ generator: inout SeededGenerator, syncsLie: Bool = false) async throws {
        let disk = SimulatedFileSystem(seed: generator.next())
        try disk.createDirectory("/data")
        try disk.syncDirectory("/")
        let options = makeOptions(&generator)
        let log = try SegmentedLog.open(directory: directory, options: options, fileSystem: disk)
        let change = disk.counts.changes + generator.number(in: 1...300)
        disk.plan {
            $0.crashAtChange = change
            $0.syncsLie = syncsLie
        }
        let told = await appendUntilFailure(log, callers: 4, &generator)
        log.close()
        disk.crash()

        let image = disk.crashImage(seed: generator.next())
        let again = try SegmentedLog.open(directory: directory, options: options, fileSystem: image)
        defer { again.close() }
        try require(again.recovery.damage.isEmpty, "a crash is called damage: \(again.recovery.damage)")
        let records = try again.records()
        for (sequence, body) in told {
            try require(sequence.value <= UInt64(records.count), "LOST: record \(sequence) of \(records.count)")
            try require(records[Int(sequence.value) - 1].body == body, "WRONG: record \(sequence)")
        }
        try require(Set(told.map(\.sequence)).count == told.count, "two callers were told the same sequence number")
        let next = try again.append([[1, 2, 3]])
        try await again.waitUntilDurable(next)
    }

    private static func makeOptions(_ generator: inout SeededGenerator) -> LogOptions {
        var options = LogOptions()
        options.blockByteLimit = 2048
        options.segmentByteCount = 16 << 10
        options.zeroAheadByteCount = generator.pick([0, 8192])
        options.zeroStepByteCount = 4096
        options.linkRestartInterval = 4096
        options.reserveByteCount = 8192
        options.idleMarkDelay = generator.pick([.zero, .milliseconds(1), .seconds(60)])
        options.preparesInline = generator.chance(1, in: 4)
        return options
    }

    /// Several callers append and wait, until the log fails or they have done enough; gives what they were told.
    private static func appendUntilFailure(
        _ log: SegmentedLog,
        callers: Int,
        _ generator: inout SeededGenerator
    ) async -> [Told] {
        await withTaskGroup(of: [Told].self) { group in
            for caller in 0..<callers {
                let seed = generator.next()
                group.addTask { await append(log, caller: caller, SeededGenerator(seed: seed)) }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    private static func append(_ log: SegmentedLog, caller: Int, _ seeded: SeededGenerator) async -> [Told] {
        var generator = seeded
        var told: [Told] = []
        var number = 0
        while number < 60 {
            let body = Array("\(caller) \(number) ".utf8) + generator.bytes(generator.below(200))
            do throws(AppendError) {
                let sequence = try log.append(RecordBatch([body]), expectedHead: log.head.appended)
                number += 1
                try await log.waitUntilDurable(sequence)
                told.append((sequence, body))
            } catch {
                switch error {
                case .unexpectedHead: continue
                case .overloaded: await Task.yield()
                default: return told
                }
            }
        }
        return told
    }
}
