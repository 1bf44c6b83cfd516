import ArgumentParser
import CustomerDomain
import CustomerService
import EventSourcing
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
            SyncLimit.rate(in: root, duration: duration),
            SyncLimit.rate(in: root, duration: duration)
        )
        defer { try? FileManager.default.removeItem(atPath: root) }
        let log = try SegmentedLog.open(directory: root + "/organization")
        defer { log.close() }
        let organization = try Organization(name: "benchmark", log: log, now: systemTime)
        let scope = Scope.local(tool: "benchmark", organization: "benchmark")
        let ids = try await prepare(organization, scope)

        row(
            "callers",
            "events/s",
            "p50 ms",
            "p99 ms",
            "processor µs an event",
            "× one caller's sync rate (\(rounded(syncRate, 0))/s)",
            "bar"
        )
        row("---", "---", "---", "---", "---", "---", "---")
        for (callers, bar) in [(1, "–"), (64, "≥ 18"), (256, "≥ 45")] {
            let start = processTime()
            let (rate, latencies) = try await measure(organization, scope, ids, callers: callers)
            let used = processTime() - start
            row(
                String(callers),
                rounded(rate, 0),
                rounded(percentile(latencies, 0.5) * 1_000, 2),
                rounded(percentile(latencies, 0.99) * 1_000, 2),
                rounded(used / Double(latencies.count) * 1_000_000, 2),
                rounded(rate / syncRate),
                bar
            )
        }
    }

    private func prepare(_ organization: Organization, _ scope: Scope) async throws -> [CustomerID] {
        _ = try organization.submit(.configureLoyalty(LoyaltyProgram()), scope: scope)
        var ids: [CustomerID] = []
        for index in 0..<customers {
            let id = organization.identifiers.next(CustomerKind.self)
            ids.append(id)
            let created = CustomerCreated(
                id: id,
                accountType: .registered,
                profile: Profile(
                    email: EmailAddress("customer\(index)@example.com"),
                    firstName: "Ann",
                    lastName: "Customer \(index)"
                )
            )
            _ = try organization.submit(.createCustomer(CreateCustomer(created)), scope: scope)
            let result = try organization.submit(.enrollInLoyalty(id, cardNumber: "FC\(index)"), scope: scope)
            if index % 1_000 == 999 { try await organization.waitUntilDurable(result.sequence) }
        }
        return ids
    }

    private func measure(
        _ organization: Organization,
        _ scope: Scope,
        _ ids: [CustomerID],
        callers: Int
    ) async throws -> (rate: Double, latencies: [Double]) {
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + .seconds(duration)
        let latencies = try await withThrowingTaskGroup(of: [Double].self) { group in
            for caller in 0..<callers {
                group.addTask {
                    var latencies: [Double] = []
                    var index = caller
                    while clock.now < end {
                        let begun = clock.now
                        let earned = PointsEarned(points: 1 + Int64(index % 500), reason: "visit")
                        _ = try await organization.execute(
                            .earnPoints(ids[index % ids.count], earned),
                            scope: scope
                        )
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
