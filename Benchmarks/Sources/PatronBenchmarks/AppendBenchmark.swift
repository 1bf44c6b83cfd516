import ArgumentParser
import CustomerService
import Foundation
import LogStorage

/// Durable commands in process: decide, encode, compress, sync, with callers that each wait for their answer.
struct AppendBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "append",
        abstract: "Durable commands in process, against one caller's sync rate on the same disk."
    )

    @Option(help: "Where to write; a directory of its own is made there.")
    var directory = "/tmp"

    @Option(help: "Seconds for each measurement.")
    var duration = 3.0

    @Option(help: "How many customers the commands are about.")
    var customers = 10_000

    func run() async throws {
        let root = "\(directory)/patron-append-\(getpid())"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        // The disk has moods: the better of two, so that the limit is one.
        let syncRate = try max(
            SyncLimit.rate(in: root, duration: .seconds(duration)),
            SyncLimit.rate(in: root, duration: .seconds(duration))
        )
        defer { try? FileManager.default.removeItem(atPath: root) }
        row(
            "personal data",
            "callers",
            "events/s",
            "p50 ms",
            "p99 ms",
            "processor µs an event",
            "× one caller's sync rate (\(rounded(syncRate, 0))/s)",
            "bar"
        )
        row("---", "---", "---", "---", "---", "---", "---", "---")
        let log = try SegmentedLog.open(directory: root + "/organization")
        try await measure(try Organization(name: "benchmark", log: log, now: systemTime), "in the clear", syncRate)
        log.close()
        let data = try DataDirectory.open(root + "/sealed", program: "benchmark")
        defer { data.close() }
        let sealed = try Organization.open(in: data)
        defer { sealed.close() }
        try await measure(sealed, "sealed", syncRate)
    }

    private func measure(_ organization: Organization, _ kind: String, _ syncRate: Double) async throws {
        let load = try await CommandLoad(organization, customerCount: customers)
        for (callers, bar) in [(1, "–"), (64, "≥ 18"), (256, "≥ 45")] {
            let start = processTime()
            let result = try await load.run(callers: callers, for: .seconds(duration))
            let used = processTime() - start
            row(
                kind,
                String(callers),
                rounded(result.rate, 0),
                rounded(inSeconds(result.latency(0.5)) * 1_000, 2),
                rounded(inSeconds(result.latency(0.99)) * 1_000, 2),
                rounded(used / Double(result.latencies.count) * 1_000_000, 2),
                rounded(result.rate / syncRate),
                bar
            )
        }
    }
}
