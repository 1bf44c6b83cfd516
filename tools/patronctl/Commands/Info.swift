import ArgumentParser
import CustomerProjections
import CustomerRecords
import CustomerService
import EventSourcing
import LogStorage

/// The command `patronctl info`.
struct Info: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says how much a log holds, its Merkle root, its newest checkpoint, and the hash of its state.",
        discussion: """
            Only reads, and works beside a running server. Exit status: 0 done, 1 the log is damaged or its newest \
            checkpoint contradicts it, 2 wrong usage, 4 cannot read.

            Example: patronctl info --data /var/lib/patron --json
            """
    )

    @OptionGroup var options: DataOptions
    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        try await ToolFailure.catching {
            let checkpoint = try NewestCheckpoint(options)
            let snapshots = try SnapshotStore.list(besideLogIn: options.directory)
            let log = try SegmentedLog.openReadOnly(directory: options.directory)
            let organization = try Organization(
                name: options.organization,
                log: log,
                keys: WithheldKeys(),
                now: systemTime
            )
            let hash = Hexadecimal.text(organization.peek { state, _ in state.stateHash() })
            let standing = try checkpoint?.standing(in: log)
            let figures = Figures(
                statistics: log.statistics,
                treeHead: log.treeHead,
                stateHash: hash,
                snapshot: SnapshotInspection.inspect(log, snapshots).first { $0.misfit == nil }
            )
            print(json ? jsonText(figures, checkpoint, standing) : text(figures, checkpoint, standing))
            guard log.recovery.damage.isEmpty else {
                for finding in log.recovery.damage { standardError.write("patronctl: damaged: \(finding)\n") }
                throw ToolFailure(
                    .findings,
                    "the log is damaged; these are the figures of what comes before the damage"
                )
            }
            guard [.agrees, .unchecked, nil].contains(standing) else {
                throw ToolFailure(
                    .findings,
                    "the newest checkpoint does not agree with the log; run 'patronctl verify'"
                )
            }
        }
    }

    private struct Figures {
        var statistics: LogStatistics
        var treeHead: TreeHead
        var stateHash: String
        /// The newest that fits.
        var snapshot: SnapshotInspection?
    }

    private func jsonText(
        _ figures: Figures,
        _ checkpoint: NewestCheckpoint?,
        _ standing: NewestCheckpoint.Standing?
    ) -> String {
        let statistics = figures.statistics
        var object = JSONText()
        object.add("format", 1)
        object.add("head", statistics.head.value)
        object.add("events", statistics.events)
        object.add("segments", statistics.segments)
        object.add("storedBytes", statistics.storedBytes)
        object.add("rawBytes", statistics.rawBytes)
        object.add("firstAt", statistics.firstAt?.rfc3339)
        object.add("lastAt", statistics.lastAt?.rfc3339)
        object.add("stateHash", figures.stateHash)
        object.add("rootHash", "\(figures.treeHead.root)")
        object.add("checkpointSize", checkpoint?.checkpoint.head.size)
        object.add("checkpointRootHash", checkpoint.map { "\($0.checkpoint.head.root)" })
        object.add("checkpointStanding", standing?.rawValue)
        object.add("snapshot", figures.snapshot?.sequence.value)
        object.add("snapshotAt", figures.snapshot?.createdAt?.rfc3339)
        return object.closed
    }

    private func text(
        _ figures: Figures,
        _ checkpoint: NewestCheckpoint?,
        _ standing: NewestCheckpoint.Standing?
    ) -> String {
        let statistics = figures.statistics
        let ratio = Double(statistics.rawBytes) / Double(max(1, statistics.storedBytes))
        let perEvent = Double(statistics.storedBytes) / Double(max(1, statistics.events))
        return """
            organization  \(options.organization)
            events        \(grouped(statistics.events)), the last is number \(statistics.head)
            segments      \(grouped(statistics.segments))
            stored        \(grouped(statistics.storedBytes)) bytes, \(decimal(perEvent)) an event
            raw           \(grouped(statistics.rawBytes)) bytes, \(decimal(ratio, 2)) times what is stored
            recorded      \(statistics.firstAt?.rfc3339 ?? "-") to \(statistics.lastAt?.rfc3339 ?? "-")
            state hash    \(figures.stateHash)
            root hash     \(figures.treeHead.root), of all \(grouped(figures.treeHead.size)) records
            checkpoint    \(checkpoint.map { $0.text(standing) } ?? "none yet")
            snapshot      \(figures.snapshot?.standingText ?? "none that fits")
            """
    }
}
