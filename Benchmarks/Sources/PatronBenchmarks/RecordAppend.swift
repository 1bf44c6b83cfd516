import ArgumentParser
import CustomerService
import EventSourcing
import Foundation
import LogStorage

/// Durable appends of ready records to the log alone, for comparison with other stores that get the same bytes.
struct RecordAppend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "append-records",
        abstract: "Append ready records to the log, with callers that each wait until theirs is durable."
    )

    @Argument(help: "A data directory whose records are appended again.")
    var shop: String

    @Option(help: "Where to write; a directory of its own is made there and removed.")
    var directory = "/tmp"

    @Option(help: "Seconds for each measurement.")
    var duration = 3.0

    @Option(help: "How many records are taken from the shop.")
    var count = 50_000

    func run() async throws {
        let bodies = try readBodies()
        let root = "\(directory)/patron-records-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: root) }
        for callers in [1, 64, 256] {
            try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
            let log = try SegmentedLog.open(directory: root + "/organization")
            let result = try await measure(log, bodies, callers: callers)
            log.close()
            try FileManager.default.removeItem(atPath: root)
            row(
                "Patron's log",
                String(callers),
                rounded(result.rate, 0),
                rounded(percentile(result.latencies, 0.5) * 1_000, 2),
                rounded(percentile(result.latencies, 0.99) * 1_000, 2)
            )
        }
    }

    private func readBodies() throws -> [[UInt8]] {
        let log = try SegmentedLog.openReadOnly(directory: DataDirectory.organizationDirectory("default", in: shop))
        defer { log.close() }
        var bodies: [[UInt8]] = []
        try log.read(from: SequenceNumber(1), through: SequenceNumber(UInt64(count))) { _, body in
            bodies.append((0..<body.byteCount).map { body.unsafeLoad(fromByteOffset: $0, as: UInt8.self) })
            return true
        }
        return bodies
    }

    private func measure(
        _ log: SegmentedLog,
        _ bodies: [[UInt8]],
        callers: Int
    ) async throws -> (rate: Double, latencies: [Double]) {
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + .seconds(duration)
        let appender = Appender(log: log)
        let latencies = try await withThrowingTaskGroup(of: [Double].self) { group in
            for caller in 0..<callers {
                group.addTask {
                    var latencies: [Double] = []
                    var index = caller
                    while clock.now < end {
                        let begun = clock.now
                        try await log.waitUntilDurable(appender.append(bodies[index % bodies.count]))
                        latencies.append(inSeconds(clock.now - begun))
                        index += callers
                    }
                    return latencies
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        return (Double(latencies.count) / inSeconds(clock.now - start), latencies)
    }
}

/// Gives each record the next place in the log.
private final class Appender: Sendable {
    private let log: SegmentedLog
    private let lock = NSLock()

    init(log: SegmentedLog) { self.log = log }

    func append(_ body: [UInt8]) throws -> SequenceNumber {
        var batch = RecordBatch(recordedAt: systemTime())
        batch.appendRecord { $0.append(contentsOf: body) }
        return try lock.withLock { try log.append(batch, expectedHead: log.head.appended) }
    }
}
