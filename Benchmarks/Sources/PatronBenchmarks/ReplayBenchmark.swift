import ArgumentParser
import CustomerDomain
import CustomerProjections
import CustomerRecords
import CustomerService
import EventSourcing
import LogStorage

/// Replay: the log to all projections on one core, against the walk over the records alone; in processor time.
struct ReplayBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Replay of a log, against decompression, checksums and record walk alone."
    )

    @Argument(help: "Data directories, as `patronctl generate` makes them.")
    var directories: [String]

    @Option(help: "How often each is measured; the median counts.")
    var runs = 3

    func run() throws {
        row("customers", "events", "walk events/s", "decode events/s", "replay events/s", "replay ÷ walk", "bar")
        row("---", "---", "---", "---", "---", "---", "---")
        for directory in directories {
            try measure(directory)
        }
    }

    private func measure(_ directory: String) throws {
        let log = try SegmentedLog.openReadOnly(
            directory: DataDirectory.organizationDirectory(Organization.defaultName, in: directory)
        )
        defer { log.close() }
        let keys = try PersonalReader.holder().keys(of: Organization.defaultName, in: directory, log: log)
        let events = Double(log.head.durable.value)
        var walks: [Double] = []
        var decodes: [Double] = []
        var replays: [Double] = []
        var customers = 0
        for _ in 0..<runs {
            walks.append(try processorSeconds { _ = try LogReading.walk(log) })
            decodes.append(try processorSeconds { try decode(log, RecordCodec(keys: keys)) })
            replays.append(
                try processorSeconds { customers = try LogReading.replay(log, keys: keys) }
            )
        }
        let walkRate = events / median(walks)
        let replayRate = events / median(replays)
        row(
            String(customers),
            rounded(events, 0),
            rounded(walkRate, 0),
            rounded(events / median(decodes), 0),
            rounded(replayRate, 0),
            rounded(replayRate / walkRate, 3),
            "≥ 0.25, ≥ 3,000,000 events/s"
        )
    }

    private func decode(_ log: SegmentedLog, _ codec: RecordCodec) throws {
        var sum: UInt64 = 0
        try log.read(from: SequenceNumber(1), through: nil) { sequence, body in
            sum &+= try codec.decode(body, sequence: sequence).sequence.value
            return true
        }
        precondition(sum > 0)
    }
}
