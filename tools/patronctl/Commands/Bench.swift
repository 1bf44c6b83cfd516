import ArgumentParser
import CustomerService
import EventSourcing
import LogStorage

/// The command `patronctl bench`.
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures this disk and this machine: append, replay, verify and open, each beside its limit.",
        discussion: """
            Appends go to a log of its own in DIR/bench.tmp, which is removed afterwards. The others read the organization's \
            log if there is one, and otherwise that one, from the system's cache when it fits. Works beside a running \
            server, and then measures what that leaves.

            Example: patronctl bench --data /var/lib/patron
            """
    )

    @OptionGroup var options: DataOptions
    @OptionGroup var masterKey: MasterKeyOptions
    @Option(help: "Seconds for each measurement of appends.")
    var seconds = 2.0
    @Option(help: "How many customers the commands are about.")
    var customers = 10_000
    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard seconds > 0, seconds <= 600 else { throw ValidationError("--seconds is above 0 and at most 600.") }
        guard (1...1_000_000).contains(customers) else { throw ValidationError("--customers is 1 to 1000000.") }
    }

    func run() async throws {
        try await ToolFailure.catching {
            let scratch = try ScratchDirectory(options.data + "/bench.tmp")
            defer { scratch.remove() }
            var figures = try await appends(scratch)
            let own = try? SegmentedLog.openReadOnly(directory: options.directory)
            let isOwn = (own?.head.durable.value ?? 0) > 0
            own?.close()
            figures +=
                try isOwn
                ? reads(options.organization, in: options.data)
                : reads(Organization.defaultName, in: scratch.path)
            print(json ? BenchFigure.json(figures) : figures.map(\.text).joined(separator: "\n"))
        }
    }

    private func appends(_ scratch: ScratchDirectory) async throws -> [BenchFigure] {
        var progress = ProgressLine()
        defer { progress.clear() }
        progress.show { _ in "measuring the disk" }
        let duration = Duration.seconds(seconds)
        // The disk has moods: the better of two, so that the limit is one.
        let limit = try max(
            SyncLimit.rate(in: scratch.path, duration: duration),
            SyncLimit.rate(in: scratch.path, duration: duration)
        )
        let organization = try Organization.open(in: scratch.data)
        defer { organization.close() }
        let load = try await CommandLoad(organization, customerCount: customers)
        var figures: [BenchFigure] = []
        for callers in [1, 64, 256] {
            progress.show { _ in "appending with \(callers) callers" }
            let result = try await load.run(callers: callers, for: duration)
            let latency = decimal(result.latency(0.99) / .milliseconds(1), 2)
            figures.append(
                BenchFigure(
                    name: "append\(callers)",
                    value: result.rate,
                    unit: "events/s",
                    limit: limit,
                    limitName: "one caller's sync rate",
                    note: "99 of 100 within \(latency) ms"
                )
            )
        }
        return figures
    }

    private func reads(_ name: String, in data: String) throws -> [BenchFigure] {
        let directory = DataDirectory.organizationDirectory(name, in: data)
        var progress = ProgressLine()
        defer { progress.clear() }
        let clock = ContinuousClock()
        func seconds(_ what: String, _ body: (SegmentedLog) throws -> Void) throws -> Double {
            progress.show { _ in what }
            // Opened anew each time, since a log remembers what it read.
            let log = try SegmentedLog.openReadOnly(directory: directory)
            defer { log.close() }
            return try max(clock.measure { try body(log) } / .seconds(1), 1e-9)
        }
        var events = 0.0
        // The first walk only brings the files into memory.
        _ = try seconds("reading") { log in
            events = Double(log.head.durable.value)
            _ = try LogReading.walk(log)
        }
        let walk = try seconds("walking") { _ = try LogReading.walk($0) }
        let replay = try seconds("replaying") { log in
            _ = try LogReading.replay(
                log,
                keys: try PersonalReader.holder(data == options.data ? masterKey.keys() : nil)
                    .keys(of: name, in: data, log: log)
            )
        }
        let verify = try seconds("verifying") { _ in _ = try LogVerifier.verify(directory: directory) }
        let opened = try seconds("opening") { _ in
            try SegmentedLog.openReadOnly(directory: directory).close()
        }
        return [("replay", replay), ("verify", verify), ("open", opened)]
            .map { name, seconds in
                BenchFigure(
                    name: name,
                    value: events / seconds,
                    unit: "events/s",
                    limit: events / walk,
                    limitName: "decompression, checksums and record walk",
                    note: "\(grouped(Int(events))) events in \(decimal(seconds, 3)) s"
                )
            }
    }
}

/// A data directory that is made, and taken away with all that is in it.
private struct ScratchDirectory {
    let path: String
    let data: DataDirectory

    /// - Throws: When another measurement uses it, or it cannot be made.
    init(_ path: String) throws {
        self.path = path
        data = try DataDirectory.open(path, program: "patronctl bench")
        // What an interrupted measurement left.
        removeTree(path + "/organizations")
    }

    func remove() {
        data.close()
        removeTree(path)
    }
}
