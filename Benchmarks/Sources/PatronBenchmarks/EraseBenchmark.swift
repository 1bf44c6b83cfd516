import ArgumentParser
import CustomerDomain
import CustomerProjections
import CustomerService
import Foundation
import LogStorage

/// Erasing people of a large shop, and taking snapshots of it, and what others notice of that.
struct EraseBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erasing people, and taking snapshots, beside others' commands."
    )

    @Option(help: "Where to write; a directory of its own is made there.")
    var directory = "/tmp"

    @Option(help: "How many customers there are.")
    var customers = 1_000_000

    @Option(help: "Seconds for each measurement.")
    var duration = 5.0

    func run() async throws {
        let root = "\(directory)/patron-erase-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: root) }
        let data = try DataDirectory.open(root, program: "benchmark")
        defer { data.close() }
        let organization = try Organization.open(in: data)
        defer { organization.close() }
        let load = try await CommandLoad(organization, customerCount: customers)
        row("what", "times", "p50 ms", "p99 ms", "p99.9 ms", "most ms")
        row("---", "---", "---", "---", "---", "---")
        for callers in [1, 16] {
            let quiet = try await load.run(callers: callers, for: .seconds(duration))
            show("commands of \(callers) callers", quiet.latencies)
            async let erasures = erase(organization)
            let besideErasures = try await load.run(callers: callers, for: .seconds(duration))
            show("the same beside erasures", besideErasures.latencies)
            show("erasures", try await erasures)
            let snapshots = Task {
                while !Task.isCancelled { _ = try await organization.takeSnapshot() }
            }
            let besideSnapshots = try await load.run(callers: callers, for: .seconds(duration))
            show("the same beside snapshots, one after another", besideSnapshots.latencies)
            snapshots.cancel()
            _ = await snapshots.result
        }
    }

    private func show(_ what: String, _ latencies: [Duration]) {
        let times = latencies.map { inSeconds($0) * 1_000 }
        row(
            what,
            String(times.count),
            rounded(percentile(times, 0.5), 2),
            rounded(percentile(times, 0.99), 2),
            rounded(percentile(times, 0.999), 2),
            rounded(times.max() ?? 0, 2)
        )
    }

    /// Erases the last customers, twenty a second; the load is about the first ones.
    private func erase(_ organization: Organization) async throws -> [Duration] {
        let scope = Scope.local(tool: "benchmark", organization: organization.name)
        let clock = ContinuousClock()
        let end = clock.now + .seconds(duration)
        var latencies: [Duration] = []
        var row = organization.peek { state, _ in state.customerCount } - 1
        while clock.now < end {
            let customer = organization.peek { state, _ in state.standing(of: CustomerOrdinal(UInt32(row))) }
            row -= 1
            guard customer.status == .active else { continue }
            let begun = clock.now
            _ = try await organization.execute(.eraseCustomer(customer.id, reason: "asked"), scope: scope)
            latencies.append(begun.duration(to: clock.now))
            try await Task.sleep(for: .milliseconds(50))
        }
        return latencies
    }
}
