import ArgumentParser
import CustomerRecords
import CustomerService
import EventSourcing
import Foundation
import LogStorage

/// A shop's story written and replayed with personal data sealed, against the same in the clear.
struct SealingBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sealing",
        abstract: "Writing and replaying a shop with personal data sealed, against the same in the clear."
    )

    @Option(help: "Where to write; a directory of its own is made there.")
    var directory = "/tmp"

    @Option(help: "How many customers the shop has.")
    var customers = 50_000

    @Option(help: "How often each is measured; the median counts.")
    var runs = 3

    /// What one run took.
    private struct Run {
        var events = 0.0
        var writing = 0.0
        var replaying = 0.0
        var storedBytes = 0
    }

    func run() async throws {
        var clear: [Run] = []
        var sealed: [Run] = []
        for number in 0..<runs {
            // In turns, since the disk has moods.
            clear.append(try await measure(isSealed: false, number))
            sealed.append(try await measure(isSealed: true, number))
        }
        row("what", "in the clear", "sealed", "ratio", "bar")
        row("---", "---", "---", "---", "---")
        compare("written, events/s", clear, sealed, "≥ 0.75") { $0.events / $0.writing }
        compare("replayed on one core, events/s", clear, sealed, "≥ 0.6") { $0.events / $0.replaying }
        compare("bytes an event", clear, sealed, "–") { Double($0.storedBytes) / $0.events }
    }

    private func compare(_ what: String, _ clear: [Run], _ sealed: [Run], _ bar: String, _ value: (Run) -> Double) {
        let (one, other) = (median(clear.map(value)), median(sealed.map(value)))
        row(what, rounded(one), rounded(other), rounded(other / one, 2), bar)
    }

    private func measure(isSealed: Bool, _ number: Int) async throws -> Run {
        let root = "\(directory)/patron-sealing-\(getpid())-\(isSealed)-\(number)"
        defer { try? FileManager.default.removeItem(atPath: root) }
        let data = try DataDirectory.open(root, program: "benchmark")
        defer { data.close() }
        var options = SampleShop.Options(customerCount: customers, seed: 1)
        options.end = Timestamp(microseconds: 1_767_225_600_000_000)
        let clock = SampleClock(options.start)
        let organization =
            isSealed
            ? try Organization.open(in: data, now: { clock.now })
            : try Organization(
                name: Organization.defaultName,
                log: try SegmentedLog.open(directory: data.organizationDirectory(Organization.defaultName)),
                now: { clock.now }
            )
        let scope = Scope.local(tool: "benchmark", organization: Organization.defaultName)
        var shop = SampleShop(options, in: organization, clock: clock, scope: scope)
        var run = Run()
        let watch = ContinuousClock()
        let start = watch.now
        try await shop.run { _ in }
        run.writing = inSeconds(watch.now - start)
        run.events = Double(shop.eventCount)
        run.storedBytes = organization.status.statistics?.storedBytes ?? 0
        organization.close()
        let log = try SegmentedLog.openReadOnly(directory: data.organizationDirectory(Organization.defaultName))
        defer { log.close() }
        let keys = try PersonalReader.holder().keys(of: Organization.defaultName, in: root, log: log)
        run.replaying = try processorSeconds { _ = try LogReading.replay(log, keys: keys) }
        return run
    }
}
